"""`rejoinder assist`: its parts, one a file, each with `configure(parser)` and `run(arguments)`."""

from __future__ import annotations

import argparse

from rejoinder.project.commands import parts

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
    parts.configure(parser, __name__, PARTS)


def run(arguments: argparse.Namespace) -> int:
    return parts.run(arguments, __name__, PARTS)
