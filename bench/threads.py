"""The threads that are read: made by `rejoinder generate`, all in one site of one database, kept where asked."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from bench.figures import Row
from bench.form import REGULARS
from bench.ours import SITE, Ours
from bench.telling import tell

SIZES = (100, 10_000, 100_000, 1_000_000)
QUICK = (100, 1_000)
PEER_SIZES = (100, 1_000, 10_000)
CHAIN = 10_000
HOT = "hot"  # written to; kept apart, so that what is read stays what it was
HOT_SIZE = 1_000
LARGE = 100_000  # what takes long shows its own progress
SEED = 11


@dataclass(frozen=True, slots=True)
class Made:
    """What there is to read. `story`: the path of a story's page, empty without the newsroom."""

    chain: int
    story: str
    generated: Row


def key_of(size: int) -> str:
    return f"of-{size}"


def make(ours: Ours, *, sizes: tuple[int, ...], chain: int) -> Made:
    """Make what is missing; with a chain, a page of a story too.

    `generated`: seconds for each size, of this run or of the one that made it.
    """
    ours.command("migrate")
    path = ours.folder / "generated.json"
    generated: Row = json.loads(path.read_text()) if path.exists() else {}
    story = _demo(ours) if chain else ""
    if "counts" not in generated:
        ours.command("site", "add", SITE, "--name", "Bench", "--origin", f"http://127.0.0.1:{ours.port}")
        generated = {"counts": {}}
        path.write_text(json.dumps(generated))
    if "regulars" not in generated:
        ours.inside("regulars", SITE, str(REGULARS))
        generated["regulars"] = REGULARS
    for size in sizes:
        _one(ours, generated, key_of(size), size)
    _one(ours, generated, HOT, HOT_SIZE)
    _one(ours, generated, "cold-100", 100)
    if chain and f"chain-{chain}" not in generated["counts"]:
        tell(f"{ours.db}: a chain {chain:,} deep")
        ours.inside("chain", SITE, f"chain-{chain}", str(chain))
        generated["counts"][f"chain-{chain}"] = {"comments": chain + 1}
    path.write_text(json.dumps(generated))
    return Made(chain, story, generated["counts"])


def _one(ours: Ours, generated: Row, key: str, size: int) -> None:
    if key in generated["counts"]:
        return
    tell(f"{ours.db}: generating {size:,} comments")
    generated["counts"][key] = {"comments": size, "seconds": generate(ours, key, size)}
    (ours.folder / "generated.json").write_text(json.dumps(generated))


def generate(ours: Ours, key: str, size: int) -> float:
    """Seconds of `rejoinder generate`, the start of the command included."""
    began = time.perf_counter()
    words = ("--site", SITE, "--key", key, "--comments", str(size), "--seed", str(SEED))
    try:
        ours.command("generate", *words, shown=size >= LARGE)
    except RuntimeError as error:
        raise RuntimeError(
            f"{error} (if an earlier run was interrupted, delete {ours.folder.name} there)"
        ) from error
    return round(time.perf_counter() - began, 2)


def _demo(ours: Ours) -> str:
    try:
        return ours.inside("demo", str(ours.folder), str(ours.port)).strip().splitlines()[-1]
    except RuntimeError as error:
        tell(f"{ours.db}: no page of a story ({error})")
        return ""
