"""`python -m bench.queue`: what the first card costs with so many waiting, and how fast a queue is cleared by keyboard.

Prints what was measured as JSON. See docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.figures import Row, times
from bench.ours import SITE, Ours
from bench.postgres import running_postgres
from bench.servers import HOST, ends_on_signals
from bench.telling import tell

ROUNDS = 60
QUEUE = f"/console/{SITE}/queue/?queue=held"
ASKED = {
    "first cards, all": f"/console/{SITE}/queue/",
    "first cards, held": QUEUE,
    "first cards, of a section": f"/console/{SITE}/queue/?section=Harbour",
    "first cards, of a language": f"/console/{SITE}/queue/?language=en",
    "first cards, of a rule": f"/console/{SITE}/queue/?queue=reported&rule=rule+3",
    # What asks for most: where nothing is found, however far one looks; the first page of such a walk.
    "stopped: a large section and a large rule": f"/console/{SITE}/queue/?section=Council&rule=rule+0",
    "none: appeals of a rule": f"/console/{SITE}/queue/?queue=appeal&rule=rule+3",
    "none: a section and a rule": f"/console/{SITE}/queue/?queue=held&section=Harbour&rule=rule+3",
    "none: a language and a rule": f"/console/{SITE}/queue/?language=en&rule=rule+9",
    "counts": f"/console/{SITE}/queue/counts",
    "search": f"/console/{SITE}/search/?q=harbour",
}


def main(words: list[str] | None = None) -> int:
    made = argparse.ArgumentParser(prog="python -m bench.queue", description=__doc__)
    made.add_argument("--cards", type=int, default=1_000_000, help="that wait while the first is asked for")
    made.add_argument("--clear", type=int, default=2_000, help="that a browser clears by keyboard; 0: none")
    made.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    asked = made.parse_args(words)
    ends_on_signals()
    with (
        tempfile.TemporaryDirectory(prefix="rejoinder-bench-") as name,
        _database(asked.db, Path(name)) as ours,
    ):
        print(json.dumps({"db": asked.db, **_measured(ours, asked.cards, asked.clear)}, indent=1))
    return 0


@contextlib.contextmanager
def _database(db: str, folder: Path) -> Iterator[Ours]:
    if db == "sqlite":
        yield Ours(db, folder)
        return
    with running_postgres(folder) as database:
        yield Ours(db, folder, database)


def _measured(ours: Ours, cards: int, clear: int) -> Row:
    # Nobody is there to show a second factor.
    (ours.folder / "rejoinder.toml").write_text('REJOINDER_STAFF_SECOND_FACTOR = "off"\n')
    ours.command("migrate")
    ours.command("site", "add", SITE, "--name", "Bench")
    found: Row = {}
    tell(f"{ours.db}: {cards:,} comments")
    ours.command("generate", "--site", SITE, "--key", "queue", "--comments", str(cards), shown=True)
    watch = ours.inside("cards", SITE).strip()
    cookie = ours.inside("moderator", SITE).strip()
    with ours.serving():
        watched = f"/console/{SITE}/queue/?queue=appeal&watch={watch}"
        for label, path in {**ASKED, "none: appeals of a watch list": watched}.items():
            tell(f"{ours.db}: {label}")
            found[label] = _asked(ours.port, path, cookie)
        if clear:
            tell(f"{ours.db}: {clear:,} cards by keyboard")
            found["cleared"] = cleared(ours.port, cookie, clear)
    return {"cards": cards, **found}


def _asked(port: int, path: str, cookie: str) -> Row:
    """Milliseconds of a page, asked for one after the other."""
    connection, took = HTTPConnection(HOST, port, timeout=60), list[float]()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"rejoinder_session={cookie}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        took.append((time.perf_counter() - began) * 1000)
    connection.close()
    return times(took[5:])


# Pressed keys, each as soon as the card before is gone; milliseconds from the key to the next card painted.
CLEARING = """async ([many, keys]) => {
  const root = document.querySelector("[data-cards]"), took = [], began = performance.now();
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const at = () => root.querySelector(".card.at:not([hidden])");
  for (let n = 0; n < many; n++) {
    for (let waited = 0; !at(); waited++) {
      if (waited > 500) return {took, seconds: (performance.now() - began) / 1000};
      await new Promise(done => setTimeout(done, 20));
    }
    const card = at(), pressed = performance.now();
    card.dispatchEvent(new KeyboardEvent("keydown", {key: keys[n % keys.length], bubbles: true}));
    await painted();
    took.push(performance.now() - pressed);
  }
  return {took, seconds: (performance.now() - began) / 1000};
}"""


def cleared(port: int, cookie: str, many: int) -> Row:
    """A browser decides about so many cards: three approved, one removed, and again."""
    from playwright.sync_api import sync_playwright

    from tests.browsers import require_chromium

    home = f"http://{HOST}:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": home}])
        page = context.new_page()
        refused: list[int] = []
        page.on("response", lambda answer: _note(answer, refused))
        page.goto(home + QUEUE)
        page.locator(".card.at").wait_for()
        found: dict[str, Any] = page.evaluate(CLEARING, [many, ["a", "a", "a", "4"]])
        page.wait_for_load_state("networkidle")
        browser.close()
    pace = len(found["took"]) / found["seconds"] * 60
    return {"ms": times(found["took"]), "a_minute": round(pace), "refused": len(refused)}


def _note(answer: Any, refused: list[int]) -> None:
    if answer.status >= 400:
        refused.append(answer.status)


if __name__ == "__main__":
    sys.exit(main())
