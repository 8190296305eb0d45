"""How fast Perspective's clients are answered: `python -m bench.door` prints milliseconds for 16 clients at once.

A server of its own on SQLite, two processes, one site without decisions: the shipped prior and all that a request
passes. Each client asks again as soon as it is answered, for one attribute of a comment of its own. Promised: 95 of
100 within 50 ms.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import percentile
from bench.ours import SITE, Ours
from bench.servers import HOST, ends_on_signals

CLIENTS, SECONDS, WARM = 16, 10.0, 2.0
LIMIT_MS = 50.0
WORDS = """the mayor said that nobody would pay for this bridge twice and yet here we are again with a letter from the
council which asks us what we think of it as if they had ever listened to anybody but their own friends you fool"""


def main() -> int:
    ends_on_signals()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours("sqlite", Path(folder))
        ours.command("site", "add", SITE, "--name", "Bench")
        said = ours.command("assist", "key", "--site", SITE, "--quota", "600000")
        key = next(line for line in said.splitlines() if line.startswith("rjp_"))
        with ours.serving() as server:
            times = load(server.port, key)
    return tell(times)


def load(port: int, key: str) -> list[float]:
    """Seconds of each answer after the warm-up, of all clients. Raises RuntimeError for an answer that is an error."""
    times: list[list[float]] = [[] for _ in range(CLIENTS)]
    wrong: list[int] = []
    began = time.monotonic()
    asking = [
        threading.Thread(target=_ask, args=(port, key, began, (number, times[number], wrong)))
        for number in range(CLIENTS)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} answers were errors, the first: {wrong[0]}")
    return [one for client in times for one in client]


def _ask(port: int, key: str, began: float, into: tuple[int, list[float], list[int]]) -> None:
    number, times, wrong = into
    words = WORDS.split()
    chance, connection = random.Random(number), HTTPConnection(HOST, port, timeout=30)
    while (now := time.monotonic()) < began + WARM + SECONDS:
        text = " ".join(chance.choices(words, k=chance.randint(5, 80)))
        body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}
        connection.request(
            "POST",
            f"/v1alpha1/comments:analyze?key={key}",
            json.dumps(body),
            {"Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            wrong.append(answer.status)
            return
        if now > began + WARM:
            times.append(time.monotonic() - now)
    connection.close()


def tell(times: list[float]) -> int:
    """Print the table. 1 where the promise is not kept."""
    table = Table(
        "answers a second", "p50 ms", "p95 ms", "p99 ms", title=f"{CLIENTS} clients, {SECONDS:.0f} s"
    )
    shown = [1_000 * percentile(times, share) for share in (0.5, 0.95, 0.99)]
    table.add_row(f"{len(times) / SECONDS:,.0f}", *(f"{ms:.1f}" for ms in shown))
    Console().print(table)
    return 1 if shown[1] > LIMIT_MS else 0


if __name__ == "__main__":
    sys.exit(main())
