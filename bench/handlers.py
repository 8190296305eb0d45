"""Ways to run Django behind the short path, beside each other: `python -m bench.handlers [--db sqlite|postgres]`.

Django's own ASGI handler (a connection a request; on PostgreSQL also with psycopg's pool), and our threads that keep
theirs, in several numbers. Rounds are interleaved; printed are the medians and what they are of the first way.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.form import REGULARS
from bench.load import load
from bench.ours import ROOT, SITE, Ours
from bench.postgres import running_postgres
from bench.servers import Running, answers, ends_on_signals, free_port, running
from bench.write import storm

KEY = "handlers"
WAYS = ("django-asgi", "django-asgi-pool", "threads-1", "threads-2", "threads-4", "threads-8")
WRITERS = 8


def application() -> Any:
    """The ASGI application of a way, in the server's process. Limits stand before each, the short path before none."""
    from rejoinder.project.boot import start_django

    _way, _dash, number = os.environ["BENCH_WAY"].rpartition("-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.project.settings")
    from django.conf import settings

    if not number.isdigit():
        settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
        if number == "pool":
            settings.DATABASES["default"]["OPTIONS"]["pool"] = True
    start_django(server=True)
    from django.core.handlers.asgi import ASGIHandler

    from rejoinder.project.bridge import Bridge
    from rejoinder.project.intake import Intake

    async def nobody(_scope: Any) -> bool:
        return False

    behind: Any = Bridge(threads=int(number)) if number.isdigit() else ASGIHandler()
    return Intake(behind, is_signed_in=nobody)


def _serve(port: int, workers: int) -> None:
    from granian import Granian

    from bench.peers.hello import settings_of_ours

    settings = settings_of_ours(workers, port)
    settings.pop("log_dictconfig", None)
    Granian("bench.handlers:application", **settings).serve(target_loader=application, wrap_loader=False)


@contextlib.contextmanager
def _running(ours: Ours, way: str) -> Any:
    command = [sys.executable, "-m", "bench.handlers", "--serve", str(ours.port)]
    with running(
        command, port=ours.port, log=ours.folder / f"{way}.log", environment={**ours.environment, "BENCH_WAY": way},
        folder=ROOT, ready=lambda: answers(ours.port, "/readyz"),
    ) as server:  # fmt: skip
        yield server


def measure(ours: Ours, *, rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Medians by way: requests/s of the private request, posts/s of eight writers and their 99th percentile (ms)."""
    ways = [way for way in WAYS if ours.db == "postgres" or not way.endswith("pool")]
    found: dict[str, dict[str, list[float]]] = {way: {"reads": [], "posts": [], "p99": []} for way in ways}
    with contextlib.ExitStack() as stack:
        servers: dict[str, tuple[Ours, Running]] = {}
        for way in ways:
            own = replace(ours, port=free_port())
            servers[way] = (own, stack.enter_context(_running(own, way)))
        for number in range(rounds):
            for way, (own, _server) in servers.items():
                print(f"round {number + 1}: {way}", file=sys.stderr)
                read = load(own.port, f"/threads/{SITE}/mine?key={KEY}", seconds=seconds)
                row, _said = storm(own, KEY, "post", writers=WRITERS, seconds=seconds)
                found[way]["reads"].append(read["rps"])
                found[way]["posts"].append(row["rps"])
                found[way]["p99"].append(row["p99"])
    return {
        way: {name: statistics.median(values) for name, values in row.items()} for way, row in found.items()
    }


def _show(db: str, medians: dict[str, dict[str, float]]) -> None:
    first = next(iter(medians.values()))
    print(f"\n{db}: {'way':18}{'reads/s':>10}{'ratio':>8}{'posts/s':>10}{'ratio':>8}{'p99 ms':>9}")
    for way, row in medians.items():
        reads, posts = row["reads"] / first["reads"], row["posts"] / first["posts"]
        line = f"{way:18}{row['reads']:10.0f}{reads:8.2f}{row['posts']:10.0f}{posts:8.2f}{row['p99']:9.0f}"
        print(" " * (len(db) + 2) + line)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.handlers")
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        _serve(chosen.serve, 2)
        return 0
    ends_on_signals()
    with tempfile.TemporaryDirectory(prefix="rejoinder-bench-") as folder, contextlib.ExitStack() as stack:
        place = Path(folder)
        url = stack.enter_context(running_postgres(place)) if chosen.db == "postgres" else ""
        ours = Ours(chosen.db, place / "data", url)
        ours.folder.mkdir()
        ours.command("migrate")
        ours.command("site", "add", SITE, "--name", "Bench", "--origin", "http://127.0.0.1")
        ours.command("generate", "--site", SITE, "--key", KEY, "--comments", "1000")
        ours.inside("regulars", SITE, str(REGULARS))
        _show(chosen.db, measure(ours, rounds=chosen.rounds, seconds=chosen.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
