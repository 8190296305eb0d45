"""Writing: comments posted through HTTP on one thread, each acknowledged one looked up afterwards, and votes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from bench.asking import Asker
from bench.bound import bound
from bench.figures import Row, spread, times
from bench.ours import ROOT, SITE, Ours, window
from bench.telling import Steps
from bench.threads import HOT
from bench.walking import comments

WRITERS = (1, 8, 64)
VOTERS = 8


def write(ours: Ours, *, rounds: int, seconds: float) -> list[Row]:
    """A row for each number of writers, of rounds that take turns, with the raw database's bound beside it."""
    cases = [("post", writers) for writers in WRITERS]
    with Steps(f"{ours.db}: writing", (rounds + 1) * len(cases) + 1) as step:
        rows = _in_turns(ours, cases, rounds=rounds, seconds=seconds, step=step)
        for row in rows:
            step(f"the database alone, {row['writers']} writers")
            row["bound"] = bound(ours, writers=row["writers"], seconds=min(seconds, 5.0))
        step("are all of them stored?")
        stored = exported(ours, HOT)
        for row in rows:
            ids = row.pop("ids")
            row["acknowledged"], row["lost"] = len(ids), len(set(ids) - stored)
    return rows


def votes(ours: Ours, *, rounds: int, seconds: float) -> list[Row]:
    """Eight voters, on one comment and on many."""
    cases = [("vote-one", VOTERS), ("vote-many", VOTERS)]
    with Steps(f"{ours.db}: votes", rounds * len(cases)) as step:
        rows = _in_turns(ours, cases, rounds=rounds, seconds=seconds, step=step)
    for row in rows:
        del row["ids"]
    return rows


def _in_turns(
    ours: Ours, cases: Sequence[tuple[str, int]], *, rounds: int, seconds: float, step: Callable[[str], None]
) -> list[Row]:
    """A row for each kind and number of writers, of as many rounds."""
    found: list[list[Row]] = [[] for _ in cases]
    for number in range(1, rounds + 1):
        for rows, (kind, writers) in zip(found, cases, strict=True):
            step(f"round {number}: {kind}, {writers} writers")
            row, _ = storm(ours, HOT, kind, writers=writers, seconds=seconds)
            rows.append(row)
    return [together(rows) for rows in found]


def together(rows: Sequence[Row]) -> Row:
    """Rounds of one kind as one row: medians, of the longest the longest, all that was refused and acknowledged."""

    def times_of(rows: Sequence[Row]) -> Row:
        shares = {name: median(row[name] for row in rows) for name in ("p50", "p95", "p99")}
        return {"n": sum(row["n"] for row in rows), **shares, "max": max(row["max"] for row in rows)}

    return {
        **{name: rows[0][name] for name in ("kind", "writers")},
        "rps": spread([row["rps"] for row in rows]),
        **times_of(rows),
        "reader": times_of([row["reader"] for row in rows]),
        "refused": dict(sum((Counter(row["refused"]) for row in rows), Counter())),
        "sentence": next((row["sentence"] for row in rows if row["sentence"]), ""),
        "ids": [number for row in rows for number in row["ids"]],
    }


def storm(ours: Ours, key: str, kind: str, *, writers: int, seconds: float) -> tuple[Row, Row]:
    """One run of bench.posting: what to tell, and everything it counted."""
    asker = Asker(ours.port)
    parents = comments(asker.get(window(key)).plain.decode())
    asker.close()
    job = {
        "port": ours.port,
        "site": SITE,
        "key": key,
        "kind": kind,
        "writers": writers,
        "seconds": seconds,
        "parents": parents,
        "reader": window(key),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "bench.posting", json.dumps(job)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + 120, start_new_session=True,
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError((ran.stderr.strip().splitlines() or ["the writers said nothing"])[-1])
    said: Row = json.loads(ran.stdout)
    if not said["ms"]:
        raise RuntimeError(f"no {kind} was taken: {said['refused']} {said['sentence']}")
    row = {
        "kind": kind,
        "writers": writers,
        "rps": round(len(said["ms"]) / said["seconds"], 1),
        **times(said["ms"]),
        "reader": times(said["reader_ms"]),
        "refused": said["refused"],
        "sentence": said["sentence"],
        "ids": said["ids"],
    }
    return row, said


def exported(ours: Ours, key: str) -> set[str]:
    """The ids of all comments of a thread that are stored, read from the database by the export."""
    lines = ours.command("export", "--site", SITE, "--format", "jsonl", "--thread", key).splitlines()
    return {row["id"] for row in map(json.loads, lines) if row["type"] == "comment"}
