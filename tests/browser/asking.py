"""A page of the gallery in a browser, and what a test asks of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tests.shared import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

Open = Callable[..., "Page"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MINE = "/threads/post/mine"
CHALLENGE = "/threads/post/challenge"
NOBODY = {"name": "", "account": False, "staff": False, "tools": [], "votes": {}, "own": {}, "held": []}


SCRIPTS = ROOT / "src/rejoinder/discussion/static/rejoinder/js"
BEHAVIOURS = re.findall(r'import\("\./(\w+\.js)"\)', (SCRIPTS / "discussion.js").read_text(encoding="utf-8"))
STARTED = "names => Promise.allSettled(names.map(name => import(`/static/rejoinder/js/${name}`)))"
# Watches after the page's own watch of the same element, so that the page knows it too.
SEEN = """() => new Promise(done => new IntersectionObserver((entries, watch) => {
  if (entries.some(entry => entry.isIntersecting)) done(watch.disconnect()) }).observe(
  document.querySelector("rejoinder-discussion") ?? document.querySelector("rejoinder-thread").shadowRoot
  .querySelector(".rejoinder")))"""
PATIENCE = 20.0  # seconds


def started(page: Page) -> None:
    """Waits until every behaviour of our own pages has begun: each is a file, and comes when it comes."""
    page.evaluate(STARTED, BEHAVIOURS)


def seen(page: Page) -> None:
    """Waits until the page, whose behaviours have begun, has noticed that the discussion is on the screen."""
    page.evaluate(SEEN)


def until(page: Page | Frame, expression: str) -> None:
    """Waits for an expression. `wait_for_function` evaluates within the page from the second look on, which our
    policies forbid."""
    give_up = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < give_up, f"waited in vain until {expression}"
        page.wait_for_timeout(50)


def heard(page: Page, told: Callable[[], Any]) -> None:
    """Waits for what the page tells this process: a request, a line of its console."""
    give_up = time.monotonic() + PATIENCE
    while not told():
        assert time.monotonic() < give_up, "waited in vain for what the page tells"
        page.wait_for_timeout(50)


def answer(data: Any, status: int = 200, seen: list[Any] | None = None) -> Callable[[Any], dict[str, Any]]:
    """A server's answer in JSON; requests are noted in `seen`."""

    def respond(request: Any) -> dict[str, Any]:
        if seen is not None:
            seen.append((dict(parse_qsl(request.post_data or "")), request.headers))
        return {"status": status, "body": json.dumps(data), "content_type": "application/json"}

    return respond


def violations(page: Page, rules: list[str] = RULES, within: str | None = None) -> list[str]:
    """`within`: a selector, where the rest of the page is another's. What is there is looked at with all its styles."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    # Collecting what is well takes as long as finding what is not.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def live(page: Page) -> Any:
    return page.locator("[data-live]")
