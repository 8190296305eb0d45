"""The repository's own files, as the house tests walk them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.shared import ROOT

SRC = ROOT / "src" / "rejoinder"
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".jsonl",
    ".md",
    ".mjs",
    ".po",
    ".py",
    ".sh",
    ".svg",
}
TEXT |= {".toml", ".txt", ".xml", ".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the package. `path` is relative to src/rejoinder, such as `core/clock.py`."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def app(self) -> str:
        return self.path.split("/")[0]


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_module(path) for path in sorted(SRC.rglob("*.py")))


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text, str(path))
    except SyntaxError:
        # One test says so; the others go on with the rest.
        tree = ast.Module([], [])
    return Module(path.relative_to(SRC).as_posix(), tree, len(text.splitlines()))


def templates() -> Iterator[tuple[str, str]]:
    """Path relative to src/rejoinder and text of each template."""
    for path in sorted([*SRC.rglob("templates/**/*"), *SRC.rglob("jinja2/**/*")]):
        if path.is_file():
            yield path.relative_to(SRC).as_posix(), path.read_text(encoding="utf-8")


@cache
def tracked() -> tuple[tuple[str, str], ...]:
    """Path and text of each text file that git knows or would add."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return tuple(
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if path.is_file() and path.suffix in TEXT
    )
