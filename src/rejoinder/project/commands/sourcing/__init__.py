"""`rejoinder sourcing`: its parts, one a file, each with `configure(parser)` and `run(arguments)`."""

from __future__ import annotations

import argparse

from rejoinder.project.commands import parts

# Name, module, one line of help.
PARTS = (("suggest", "suggest", "show who says what in a plain text, by the words that show it"),)


def configure(parser: argparse.ArgumentParser) -> None:
    parts.configure(parser, __name__, PARTS)


def run(arguments: argparse.Namespace) -> int:
    return parts.run(arguments, __name__, PARTS)
