"""Load, made by wrk: one thread, connections that are kept, and its summary as numbers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from bench.figures import Row
from bench.programs import program
from bench.servers import HOST

CONNECTIONS = 32
SUMMARY = Path(__file__).with_name("wrk.lua")


def load(
    port: int,
    path: str,
    *,
    seconds: float,
    connections: int = CONNECTIONS,
    headers: Mapping[str, str] | None = None,
    script: Path = SUMMARY,
    words: tuple[str, ...] = (),
) -> Row:
    """Ask for one path as fast as it is answered. Requests/s, milliseconds, and how many answers were no 2xx or 3xx.

    Raises Skipped without wrk, RuntimeError where it cannot reach the server at all.
    """
    given = [text for name, value in (headers or {}).items() for text in ("-H", f"{name}: {value}")]
    command = [program("wrk"), "-t1", f"-c{connections}", f"-d{max(round(seconds), 1)}s", "--timeout", "60s"]
    command += ["-s", str(script), *given, f"http://{HOST}:{port}{path}", *(("--", *words) if words else ())]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=seconds + 60, start_new_session=True
    )
    for line in ran.stdout.splitlines():
        if line.startswith("SUMMARY "):
            return _row(json.loads(line.removeprefix("SUMMARY ")))
    raise RuntimeError(f"wrk says: {(ran.stderr or ran.stdout).strip()[-300:]}")


def fitting(ms: float, seconds: float) -> tuple[int, float]:
    """Connections and seconds for an address that answers one lonely request in so many milliseconds.

    What is too slow to answer all connections within the time would count as no requests at all: it gets fewer
    connections, which keep all cores busy still, and time for at least four answers to each.
    """
    answers_each = 1_000 * seconds / max(ms, 0.001)
    connections = min(max(int(answers_each / 2), 2), CONNECTIONS)
    return connections, max(seconds, 4 * ms / 1_000)


def _row(said: Row) -> Row:
    seconds = said["duration"] / 1e6
    return {
        "rps": said["requests"] / seconds,
        "p50": said["p50"] / 1e3,
        "p99": said["p99"] / 1e3,
        "max": said["max"] / 1e3,
        "requests": said["requests"],
        "failed": said["bad"] + said["broken"],
        **({"posted": said["posted"]} if "posted" in said else {}),
    }
