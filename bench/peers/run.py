"""The peers beside ours: the same comments, each read as its own page reads them, all in the same rounds."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.asking import fetch
from bench.figures import Row
from bench.ours import Ours, window
from bench.peers.isso import Isso
from bench.peers.peer import Peer, Said, our_comments
from bench.peers.waline import Waline
from bench.peers.xtd import Xtd
from bench.plan import Plan
from bench.programs import Skipped
from bench.read import Case, measure
from bench.servers import DidNotStart
from bench.telling import tell
from bench.threads import key_of
from bench.walking import comments, read_all

READ_ALL = 1_000  # comments, all read by one reader
TIMES = 3
LONELY = 4  # requests before the load, one at a time


def measure_peers(asked: Plan, ours: Ours, results: Row) -> Row:
    """Requests/s of the first reading at each size, and the time to read all of a thread."""
    threads = {size: our_comments(ours, size) for size in asked.peer_sizes}
    told: Row = {
        "rejoinder": {"setup": f"rejoinder serve, {ours.db}, {ours.workers} processes; the first window"}
    }
    with contextlib.ExitStack() as stack:
        served: list[tuple[Peer, int]] = []
        for peer in (Isso(), Waline(), Xtd()):
            tell(f"peers: {peer.name} {peer.version}")
            try:
                served.append((peer, _start(peer, asked, threads, stack)))
                told[peer.name] = {"version": peer.version, "setup": peer.setup}
            except (Skipped, DidNotStart, RuntimeError, ValueError, OSError) as error:
                reason = (str(error).strip().splitlines() or [type(error).__name__])[-1]
                told[peer.name] = {"version": peer.version, "left_out": reason}
                results["left_out"].append(f"{peer.name}: {reason}")
                tell(f"left out: {results['left_out'][-1]}")
        cases = _cases(asked, ours, served)
        rows = measure(cases, rounds=asked.rounds, seconds=asked.seconds, label="peers: the first reading")
        told["all"] = _all(asked, ours, served)
    return {"who": told, "read": rows}


def _start(peer: Peer, asked: Plan, threads: dict[int, list[Said]], stack: contextlib.ExitStack) -> int:
    """Install, fill and serve it; its port. ValueError where it does not answer with the comments it was given."""
    peer.install(asked.cache)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-bench-")))
    peer.fill(folder, threads)
    port = stack.enter_context(peer.serving(folder)).port
    for size in threads:
        if not peer.count(fetch(port, peer.first(size)).plain):
            raise ValueError(f"its thread of {size} comments shows none")
    return port


def _cases(asked: Plan, ours: Ours, served: list[tuple[Peer, int]]) -> list[Case]:
    cases = []
    for size in asked.peer_sizes:
        cases.append(_case(Case("first", size, window(key_of(size)), port=ours.port), _drawn))
        for peer, port in served:
            cases.append(_case(Case("first", size, peer.first(size), who=peer.name, port=port), peer.count))
    return cases


def _drawn(body: bytes) -> int:
    return len(comments(body.decode()))


def _case(case: Case, count: Callable[[bytes], int]) -> Case:
    """The case with what its answers say; the fastest, as each process has to warm up."""
    found = min((fetch(case.port, case.path) for _ in range(LONELY)), key=lambda answer: answer.ms)
    case.known = {"bytes": len(found.body), "comments": count(found.plain), "ms": round(found.ms, 2)}
    return case


def _all(asked: Plan, ours: Ours, served: list[tuple[Peer, int]]) -> list[Row]:
    size = READ_ALL if READ_ALL in asked.peer_sizes else asked.peer_sizes[-1]
    rows = []
    best: dict[str, Row] = {}
    for _ in range(TIMES):
        # One after the other in each turn; the first turn is told, and the fastest, of ours as of the peers.
        found = {"rejoinder": read_all(ours.port, key_of(size))}
        found.update({peer.name: peer.read_all(port, size) for peer, port in served})
        for who, row in found.items():
            first = best.get(who, row)
            row["first_seconds"] = first.get("first_seconds", first["seconds"])
            best[who] = min(first, row, key=lambda one: float(one["seconds"]))
    for who, row in best.items():
        rows.append({"who": who, "size": size, **row})
    return rows
