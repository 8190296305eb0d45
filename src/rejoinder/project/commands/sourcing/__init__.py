"""`rejoinder sourcing`: its parts, one a file, each with `configure(parser)` and `run(arguments)`."""

from __future__ import annotations

import argparse
import importlib

# Name, module, one line of help.
PARTS = (("suggest", "suggest", "show who says what in a plain text, by the words that show it"),)


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="|".join(name for name, _, _ in PARTS), required=True)
    for name, module, summary in PARTS:
        sub = what.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        importlib.import_module(f"{__name__}.{module}").configure(sub)


def run(arguments: argparse.Namespace) -> int:
    module = {name: module for name, module, _ in PARTS}[arguments.what]
    return int(importlib.import_module(f"{__name__}.{module}").run(arguments))
