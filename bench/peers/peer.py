"""What a peer is to the run: installed, filled with our comments, served, and read as its own page reads."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bench.figures import Row
from bench.ours import SITE, Ours
from bench.programs import Skipped
from bench.servers import Running
from bench.threads import key_of

INSTALLS_IN = 900  # seconds


@dataclass(frozen=True, slots=True)
class Said:
    """One comment, numbered from 1 as they were written. `root`: the one without a parent that it lies beneath."""

    number: int
    parent: int | None
    root: int
    depth: int
    name: str
    body: str
    created: float


class Peer(Protocol):
    """`setup`: how its own documentation has it run, in one sentence."""

    name: str
    version: str
    setup: str

    def install(self, cache: Path) -> None:
        """Install it from its registry where it is not yet. Raises Skipped."""

    def fill(self, folder: Path, threads: dict[int, list[Said]]) -> None:
        """Put a thread of each size into a new database."""

    def serving(self, folder: Path) -> contextlib.AbstractContextManager[Running]: ...

    def first(self, size: int) -> str:
        """The path that its page asks for first, as it stands in a thread of that size."""

    def count(self, body: bytes) -> int:
        """How many comments an answer to `first` holds."""

    def read_all(self, port: int, size: int) -> Row:
        """Read on as its page does until all is read: seconds, requests, bytes, comments."""


def our_comments(ours: Ours, size: int) -> list[Said]:
    """The comments of one of our generated threads, from its export."""
    lines = ours.command("export", "--site", SITE, "--format", "jsonl", "--thread", key_of(size)).splitlines()
    rows = [row for row in map(json.loads, lines) if row["type"] == "comment"]
    numbers = {row["id"]: number for number, row in enumerate(rows, 1)}
    found: dict[int, Said] = {}
    for row in rows:
        number, parent = numbers[row["id"]], numbers.get(row["parent"]) if row["parent"] else None
        above = found[parent] if parent else None
        found[number] = Said(
            number=number,
            parent=parent,
            root=above.root if above else number,
            depth=above.depth + 1 if above else 0,
            name=row["author"]["name"] or "Reader",
            body=row["body"],
            created=datetime.fromisoformat(row["created"]).timestamp(),
        )
    return list(found.values())


def install_python(cache: Path, name: str, packages: Sequence[str]) -> Path:
    """A virtual environment with these packages, made where it is not there yet. Its folder of programs."""
    folder = cache / name
    mark = folder / "installed.json"
    if not mark.exists() or json.loads(mark.read_text()) != list(packages):
        _run([sys.executable, "-m", "venv", str(folder)], cache, "a virtual environment could not be made")
        wanted = " ".join(packages)
        _run(
            [str(folder / "bin" / "pip"), "install", "-q", *packages],
            cache,
            f"pip could not install {wanted}",
        )
        mark.write_text(json.dumps(list(packages)))
    return folder / "bin"


def _run(command: list[str], cache: Path, failure: str) -> None:
    """Run a step of an installation. What it says goes to a file: it may name addresses that are nobody's business."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "install.log").open("ab") as log:
        try:
            ran = subprocess.run(
                command, cwd=cache, stdout=log, stderr=log, stdin=subprocess.DEVNULL, timeout=INSTALLS_IN,
                check=False, start_new_session=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Skipped(f"{failure} within {INSTALLS_IN} seconds") from error
    if ran.returncode:
        raise Skipped(f"{failure}; the reason is in install.log of the folder of the peers")


def install_node(cache: Path, name: str, package: str, *, builds: str = "") -> Path:
    """A folder with one package of npm; `builds` names a dependency of it that is compiled here. That folder."""
    from bench.programs import program

    folder = cache / name
    mark = folder / "installed.json"
    if not mark.exists() or json.loads(mark.read_text()) != package:
        npm = program("npm")
        folder.mkdir(parents=True, exist_ok=True)
        # Without a package.json of its own and --prefix, npm goes up and installs into the first project it finds.
        (folder / "package.json").write_text('{"private": true}\n')
        quiet = ["--no-audit", "--no-fund", "--prefix", str(folder)]
        _run(
            [npm, "install", "--ignore-scripts", *quiet, package], folder, f"npm could not install {package}"
        )
        if builds:
            _run(
                [npm, "rebuild", "--prefix", str(folder), builds],
                folder,
                f"{builds} could not be compiled here",
            )
        mark.write_text(json.dumps(package))
    return folder
