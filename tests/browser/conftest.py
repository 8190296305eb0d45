from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import gallery
from tests.browser.asking import CHALLENGE, MINE, NOBODY, Open, answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gallery's publication has sections, and no database."""
    from rejoinder.discussion import ports

    drawn = [ports.Section("Harbour", "/sections/harbour/"), ports.Section("Council", "/sections/council/")]
    monkeypatch.setattr(ports, "_sections", lambda _site: drawn)
    monkeypatch.setattr("rejoinder.newsroom.context._front", lambda _request: None)


@pytest.fixture
def open_page(browser: Browser, sections: None) -> Iterator[Open]:
    """Opens a page of the gallery; fails at the end on anything the page complained of."""
    complaints: list[str] = []

    def open_it(name: str, *, width: int = 1280, answers: dict[str, Any] | None = None, **given: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **given)
        gallery.serve(context, {MINE: answer(NOBODY), CHALLENGE: answer({}), **(answers or {})}, complaints)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if "Policy" in message.text else None
        )
        page.goto(f"{gallery.ORIGIN}/{name}")
        return page

    yield open_it
    assert complaints == []
