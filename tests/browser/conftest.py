from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from tests.browser import gallery
from tests.browser.asking import CHALLENGE, MINE, NOBODY, Open, answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(scope="module")
def gallery_browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gallery's publication has sections, and no database."""
    from rejoinder.discussion import ports

    drawn = [ports.Section("Harbour", "/sections/harbour/"), ports.Section("Council", "/sections/council/")]
    monkeypatch.setattr(ports, "_sections", lambda _site: drawn)
    monkeypatch.setattr("rejoinder.newsroom.context._front", lambda _request: None)


@pytest.fixture
def open_page(gallery_browser: Browser, sections: None) -> Iterator[Open]:
    """Opens a page of the gallery; fails at the end on anything the page complained of."""
    complaints: list[str] = []
    contexts = []

    def open_it(name: str, *, width: int = 1280, answers: dict[str, Any] | None = None, **given: Any) -> Page:
        context = gallery_browser.new_context(viewport={"width": width, "height": 900}, **given)
        contexts.append(context)
        gallery.serve(context, {MINE: answer(NOBODY), CHALLENGE: answer({}), **(answers or {})}, complaints)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if "Policy" in message.text else None
        )
        page.goto(f"{gallery.ORIGIN}/{name}")
        return page

    with override_settings(STORAGES=STORAGES):
        yield open_it
        for context in contexts:
            context.close()
    assert complaints == []
