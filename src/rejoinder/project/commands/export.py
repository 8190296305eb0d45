from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

FORMATS = ("jsonl",)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument("--format", required=True, choices=FORMATS, help="jsonl: one JSON object a line")
    parser.add_argument("--thread", metavar="KEY", help="this thread only")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there (default: the output)")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    from rejoinder.project.sites import access_site
    from rejoinder.transfer.exporters.jsonl import export

    lines = export(site=access_site(arguments.site), key=arguments.thread)
    if arguments.output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.writelines(lines)
        sys.stdout.flush()
    else:
        _write(arguments.output, lines)
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    """The whole file or none: under another name until it is complete."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)
