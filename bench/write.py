"""Writing: comments posted through HTTP on one thread, each acknowledged one looked up afterwards, and votes."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.asking import Asker
from bench.bound import bound
from bench.figures import Row, times
from bench.ours import ROOT, SITE, Ours, window
from bench.telling import Steps
from bench.threads import HOT
from bench.walking import comments

WRITERS = (1, 8, 64)
VOTERS = 8


def write(ours: Ours, *, seconds: float) -> list[Row]:
    """A row for each number of writers, with the raw database's bound beside it."""
    rows = []
    with Steps(f"{ours.db}: writing", 2 * len(WRITERS) + 1) as step:
        for writers in WRITERS:
            step(f"{writers} writers")
            row, _ = storm(ours, HOT, "post", writers=writers, seconds=seconds)
            step(f"the database alone, {writers} writers")
            rows.append({**row, "bound": bound(ours, writers=writers, seconds=min(seconds, 5.0))})
        step("are all of them stored?")
        stored = exported(ours, HOT)
        for row in rows:
            ids = row.pop("ids")
            row["acknowledged"], row["lost"] = len(ids), len(set(ids) - stored)
    return rows


def votes(ours: Ours, *, seconds: float) -> list[Row]:
    """Eight voters, on one comment and on many."""
    rows = []
    with Steps(f"{ours.db}: votes", 2) as step:
        for kind in ("vote-one", "vote-many"):
            step(kind)
            row, _ = storm(ours, HOT, kind, writers=VOTERS, seconds=seconds)
            del row["ids"]
            rows.append(row)
    return rows


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
