"""What is to be run: read from the command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from bench import threads

PARTS = ("generate", "read", "peers", "write", "mixed", "memory")
HOT = 100_000
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Plan:
    """`seconds`: of each warm measurement; writing and mixed take `longer`."""

    parts: tuple[str, ...]
    databases: tuple[str, ...]
    seconds: float
    longer: float
    rounds: int
    cold: int
    sizes: tuple[int, ...]
    peer_sizes: tuple[int, ...]
    chain: int
    quick: bool
    keep: Path | None
    out: Path
    cache: Path

    def has(self, *parts: str) -> bool:
        return not set(parts).isdisjoint(self.parts)

    @property
    def hot(self) -> int:
        """The size of the thread that is read and written at once."""
        return HOT if HOT in self.sizes else self.sizes[-1]

    def needed(self, *, first: bool) -> tuple[int, ...]:
        """The sizes of the threads that the parts want; the peers run beside the first database only."""
        wanted: set[int] = set()
        if self.has("read"):
            wanted.update(self.sizes)
        if self.has("generate"):
            wanted.add(self.sizes[-1])
        if self.has("peers") and first:
            wanted.update(self.peer_sizes)
        if self.has("mixed"):
            wanted.add(self.hot)
        return tuple(sorted(wanted))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures Rejoinder, what bounds it, and its peers; prints a table and writes JSON.",
    )
    made.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be given again")
    made.add_argument(
        "--quick", action="store_true", help="small threads and short runs: does it work at all?"
    )
    made.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    made.add_argument("--seconds", type=float, help="of each measurement of reading (default 3; writing 10)")
    made.add_argument("--rounds", type=int, help="of which the median is told (default 5)")
    made.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the generated threads for the next run"
    )
    made.add_argument("--out", type=Path, default=HERE / "results.json", help="where the JSON goes")
    made.add_argument(
        "--peers-folder", type=Path, default=HERE / ".cache", help="where the peers are installed"
    )
    return made


def plan(words: list[str] | None = None) -> Plan:
    given = parser().parse_args(words)
    quick = given.quick
    return Plan(
        parts=tuple(given.only or PARTS),
        databases=("sqlite", "postgres") if given.db == "both" else (given.db,),
        seconds=given.seconds or (1 if quick else 3),
        longer=given.seconds or (2 if quick else 10),
        rounds=given.rounds or (2 if quick else 5),
        cold=8 if quick else 80,
        sizes=threads.QUICK if quick else threads.SIZES,
        peer_sizes=threads.QUICK if quick else threads.PEER_SIZES,
        chain=300 if quick else threads.CHAIN,
        quick=quick,
        keep=given.keep.resolve() if given.keep else None,
        out=given.out.resolve(),
        cache=given.peers_folder.resolve(),
    )
