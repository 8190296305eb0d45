"""Reading in pages of other origins: whole, still, alone, and without a trace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.asking import violations
from tests.browser.visits import STILL
from tests.newsroom import papers

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.embed.places import Place

pytestmark = [pytest.mark.browser, papers.LEFT_OPEN, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def comments(page: Page) -> Any:
    return page.locator("rejoinder-thread article")


def shifted(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("shifts.filter(([value]) => value > 0)")
    return found if sum(value for value, *_ in found) > STILL else []


@pytest.mark.parametrize(
    ("width", "scheme", "lang"), [(1280, "light", "en"), (390, "dark", "en"), (390, "light", "ar"), (1280, "dark", "de")]
)
def test_a_page_under_the_strictest_policy_shows_the_discussion(
    discussed: Place, width: int, scheme: str, lang: str
) -> None:
    """Accessible, without moving anything, without another origin, without a cookie."""
    meta = '<meta name="color-scheme" content="light dark">'
    address = discussed.article(head=meta + discussed.script, lang=lang, dir="rtl" if lang == "ar" else "ltr")
    page = discussed.open(address, width=width, color_scheme=scheme)
    page.locator("footer").scroll_into_view_if_needed()
    expect(comments(page)).to_have_count(3)
    page.locator("rejoinder-thread .folds").wait_for()
    page.wait_for_load_state("networkidle")
    assert shifted(page) == []
    assert violations(page) == []
    assert page.context.cookies() == []
    heading = {"en": "3 comments", "de": "3 Kommentare", "ar": "3 تعليقات"}[lang]
    expect(page.locator("rejoinder-thread h2")).to_have_text(heading)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=f"/tmp/embed-{width}-{scheme}-{lang}.png", full_page=True)
