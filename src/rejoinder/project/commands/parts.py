"""A command of several parts, each a file of its own below it, with `configure(parser)` and `run(arguments)`."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

# Name, module, one line of help.
Part = tuple[str, str, str]


def configure(parser: argparse.ArgumentParser, package: str, parts: Sequence[Part]) -> None:
    what = parser.add_subparsers(dest="what", metavar="|".join(name for name, _, _ in parts), required=True)
    for name, module, summary in parts:
        sub = what.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        importlib.import_module(f"{package}.{module}").configure(sub)


def run(arguments: argparse.Namespace, package: str, parts: Sequence[Part]) -> int:
    module = {name: module for name, module, _ in parts}[arguments.what]
    return int(importlib.import_module(f"{package}.{module}").run(arguments))
