"""The `rejoinder` command."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

import rejoinder
from rejoinder.project.commands import COMMANDS
from rejoinder.project.terminal import let_go_of_stdout, note

EPILOG = """\
Settings come from the environment or from rejoinder.toml in the present folder; docs/reference/settings.md lists them.
Start with:  rejoinder serve"""
FAILED = 1
INTERRUPTED = 130  # what a shell gives for Ctrl-C


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """All commands with their one line; only the chosen one is loaded in full."""
    parser = argparse.ArgumentParser(
        prog="rejoinder",
        description="Publishes a news story and hosts the argument beneath it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"rejoinder {rejoinder.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module, summary in COMMANDS:
        sub = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            importlib.import_module(f"rejoinder.project.commands.{module}").configure(sub)
    return parser


def _chosen(words: Sequence[str]) -> str | None:
    return next((word for word in words if not word.startswith("-")), None)


def _run(arguments: argparse.Namespace) -> int:
    module = {name: module for name, module, _ in COMMANDS}[arguments.command]
    try:
        return int(importlib.import_module(f"rejoinder.project.commands.{module}").run(arguments))
    except BrokenPipeError:
        let_go_of_stdout()
        return FAILED
    except KeyboardInterrupt:
        note("Stopped.")
        return INTERRUPTED
    except Exception as error:
        from rejoinder.project.failures import sentence

        said = sentence(error)
        if said is None:
            raise
        note(f"rejoinder {arguments.command}: {said}")
        return FAILED


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 1 failed with a sentence on stderr, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = _parser(_chosen(words)).parse_args(words)
    except SystemExit as end:  # argparse has said it: 0 for --help, 2 for wrong usage
        return end.code if isinstance(end.code, int) else 2
    return _run(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
