"""`python -m bench`: run all of it, print the table, write the JSON. See docs/benchmarks.md."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench import memory, report, threads
from bench.cold import cold
from bench.figures import Row
from bench.machine import describe
from bench.mixed import mixed
from bench.ours import Ours
from bench.peers.run import measure_peers
from bench.plan import Plan, plan
from bench.postgres import running_postgres
from bench.programs import Skipped
from bench.read import read
from bench.servers import DidNotStart, Running, ends_on_signals
from bench.telling import tell
from bench.write import votes, write

BESIDE = {"read": ("cold",), "write": ("votes",)}  # what a part measures beside what it is called after


def main(words: list[str] | None = None) -> int:
    asked = plan(words)
    ends_on_signals()
    results: Row = {"format": 1, "machine": describe(), "plan": _told(asked), "left_out": []}
    results["databases"], results["peers"] = {}, None
    try:
        with _folder(asked) as folder:
            _run(asked, folder, results)
    except KeyboardInterrupt:
        tell("interrupted; what was measured is told")
        results["left_out"].append("the run was interrupted")
    report.judge(results)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(results, indent=1) + "\n")
    report.show(results)
    tell(f"written: {asked.out}")
    return 0 if _ran(asked, results) else 1


def _ran(asked: Plan, results: Row) -> bool:
    """Whether there is a figure of any part that was asked for."""
    names = [name for part in asked.parts for name in (part, *BESIDE.get(part, ()))]
    found = [into.get(name) for into in results["databases"].values() for name in names]
    return any([*found, asked.has("peers") and results["peers"]])


def _told(asked: Plan) -> Row:
    """The plan without the paths of this machine."""
    names = (
        "parts",
        "databases",
        "seconds",
        "longer",
        "rounds",
        "cold",
        "sizes",
        "peer_sizes",
        "chain",
        "quick",
    )
    return {name: getattr(asked, name) for name in names}


@contextlib.contextmanager
def _folder(asked: Plan) -> Iterator[Path]:
    """Where data lie: kept where that was asked for, else gone afterwards."""
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
        yield asked.keep
        return
    with tempfile.TemporaryDirectory(prefix="rejoinder-bench-") as made:
        Path(made).chmod(0o755)  # PostgreSQL's user passes through
        yield Path(made)


def _run(asked: Plan, folder: Path, results: Row) -> None:
    for db in asked.databases:
        data = folder / (f"{db}-quick" if asked.quick else db)
        data.mkdir(exist_ok=True)
        with contextlib.ExitStack() as stack:
            database = ""
            if db == "postgres":
                database = _try(results, "PostgreSQL", partial(stack.enter_context, running_postgres(data)))
                if not database:
                    continue
            results["databases"][db] = {}
            _database(asked, Ours(db, data, database), results)


def _database(asked: Plan, ours: Ours, results: Row) -> None:
    """All parts of one database, on one server that lives through them."""
    into: Row = results["databases"][ours.db]
    first = ours.db == asked.databases[0]
    sizes = asked.needed(first=first)
    made = _try(
        results, f"{ours.db}, threads",
        lambda: threads.make(ours, sizes=sizes, chain=asked.chain if asked.has("read") else 0),
    )  # fmt: skip
    if made is None:
        return
    into["generate"] = made.generated
    if asked.parts == ("generate",):
        return
    with contextlib.ExitStack() as stack:
        server = _try(results, f"{ours.db}, the server", lambda: stack.enter_context(ours.serving()))
        if server is None:
            return
        if asked.has("read"):
            _read(asked, ours, made, results)
        if asked.has("peers") and first:
            results["peers"] = _try(results, "peers", lambda: measure_peers(asked, ours, results))
        _written(asked, ours, server, results)


def _read(asked: Plan, ours: Ours, made: threads.Made, results: Row) -> None:
    into: Row = results["databases"][ours.db]

    def warm() -> list[Row]:
        with tempfile.TemporaryDirectory(prefix="rejoinder-bench-") as scratch:
            rows, left = read(
                ours, made, asked.sizes, rounds=asked.rounds, seconds=asked.seconds, scratch=Path(scratch)
            )
        results["left_out"] += left
        return rows

    into["read"] = _try(results, f"{ours.db}, reading", warm)
    into["cold"] = _try(
        results, f"{ours.db}, cold", lambda: cold(ours, asked.sizes, asked.chain, times_each=asked.cold)
    )


def _written(asked: Plan, ours: Ours, server: Running, results: Row) -> None:
    into: Row = results["databases"][ours.db]
    if asked.has("write"):
        into["write"] = _try(
            results, f"{ours.db}, writing", lambda: write(ours, rounds=asked.rounds, seconds=asked.longer)
        )
        into["votes"] = _try(
            results, f"{ours.db}, votes", lambda: votes(ours, rounds=asked.rounds, seconds=asked.longer)
        )
    if asked.has("mixed"):
        into["mixed"] = _try(
            results, f"{ours.db}, mixed", lambda: mixed(ours, asked.hot, seconds=asked.longer)
        )
    if asked.has("memory"):
        into["memory"] = memory.memory(server.pid)


def _try(results: Row, what: str, run: Callable[[], Any]) -> Any:
    """A part, or None and the reason among what was left out: one part that fails does not take the others along."""
    try:
        return run()
    except (Skipped, DidNotStart, RuntimeError, ValueError, OSError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        results["left_out"].append(f"{what}: {said}")
        tell(f"left out: {results['left_out'][-1]}")
        return None


if __name__ == "__main__":
    sys.exit(main())
