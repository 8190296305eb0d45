"""A page of the gallery in a browser, and what a test asks of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MINE = "/threads/post/mine"
CHALLENGE = "/threads/post/challenge"
NOBODY = {"name": "", "account": False, "staff": False, "tools": [], "votes": {}, "own": {}, "held": []}


def answer(data: Any, status: int = 200, seen: list[Any] | None = None) -> Callable[[Any], dict[str, Any]]:
    """A server's answer in JSON; requests are noted in `seen`."""

    def respond(request: Any) -> dict[str, Any]:
        if seen is not None:
            seen.append((dict(parse_qsl(request.post_data or "")), request.headers))
        return {"status": status, "body": json.dumps(data), "content_type": "application/json"}

    return respond


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    # Collecting what is well takes as long as finding what is not.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def live(page: Page) -> Any:
    return page.locator("[data-live]")
