"""`rejoinder assist`: its parts, one a file, each with `configure(parser)` and `run(arguments)`."""

from __future__ import annotations

import argparse
import importlib

# Name, module, one line of help.
PARTS = (
    ("key", "key", "give a program a key to ask in Perspective's format, list them, or take one back"),
    ("train", "train", "learn now from what was decided, and say what came of it"),
    ("show", "show", "show what a site lets Assist do, its versions and who decides how"),
    ("change", "change", "set what Assist may do on a site, or go back to a version"),
    ("evaluate", "evaluate", "try Assist on a newsroom's own history, in a file, and write a report"),
    ("export", "export", "write a site's model into a file"),
    ("import", "import_", "take a model from such a file"),
    ("prior", "prior", "show what Assist knows before anything was decided, or ask it"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="|".join(name for name, _, _ in PARTS), required=True)
    for name, module, summary in PARTS:
        sub = what.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        importlib.import_module(f"{__name__}.{module}").configure(sub)


def run(arguments: argparse.Namespace) -> int:
    module = {name: module for name, module, _ in PARTS}[arguments.what]
    return int(importlib.import_module(f"{__name__}.{module}").run(arguments))
