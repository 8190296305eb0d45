"""The panel beside a story's text, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from rejoinder.newsroom.models import FrontPage
from rejoinder.sourcing.models import Claim
from tests.browser.asking import violations
from tests.newsroom import papers
from tests.newsroom.sourcing_desk import Desk, desk

pytestmark = pytest.mark.browser

# As a mouse would: from the first to the last of these words, in the editor or in the text beside the forms.
SELECT = """(text, words) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let all = "";
  while (walker.nextNode()) { nodes.push([walker.currentNode, all.length]); all += walker.currentNode.data; }
  const spot = (at) => nodes.filter(([_, first]) => first <= at).map(([node, first]) => [node, at - first]).at(-1);
  const begin = all.indexOf(words);
  text.focus();
  getSelection().setBaseAndExtent(...spot(begin), ...spot(begin + words.length));
}"""
ARABIC = "قال مكتب الميناء إن ٢٠ سفينة تنتظر في الخارج. وقالت النقابة إن العدد أربعون."


@pytest.fixture
def front(live_server: Any) -> FrontPage:
    parts = urlsplit(live_server.url)
    return papers.newsroom(hostname=parts.hostname or "", port=parts.port or 80)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def visit(page: Page, home: str, at: Desk, path: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": at.browser.cookies[name].value, "url": home}])
    page.goto(home + path)


def test_words_are_sourced_beside_the_text_by_keyboard(
    page: Page, front: FrontPage, live_server: Any
) -> None:
    at = desk(front=front)
    visit(page, live_server.url, at, f"/desk/pages/{at.page.pk}/edit/")
    text, panel = page.locator(".public-DraftEditor-content"), page.locator("[data-sourcing]")
    text.evaluate(f"text => ({SELECT})(text, 'at least 20 ships wait')")
    page.keyboard.press("Alt+KeyS")
    who = panel.get_by_label("Who says so")
    expect(who).to_be_focused()
    expect(panel.get_by_label("Figure, in words or digits")).to_have_value("at least 20")
    page.keyboard.type("Harbour office")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("is not in the register yet")).to_be_visible()
    expect(who).to_be_focused()
    expect(who).to_have_value("Harbour office")
    panel.get_by_label("Its kind").select_option("official")
    who.press("Enter")
    expect(panel.locator("[data-said]")).to_be_focused()
    expect(panel.locator("ol.sourcing-list > li")).to_have_count(1)
    assert violations(page, within="[data-sourcing]") == []
    claim = Claim.objects.get()
    assert (claim.passage.quote, claim.figure_written) == ("at least 20 ships wait", "at least 20")


def test_selection_in_a_text_from_right_to_left(page: Page, front: FrontPage, live_server: Any) -> None:
    at = desk(front=front, language="ar", body=[("text", f"<p>😀 {ARABIC}</p>")])
    visit(page, live_server.url, at, at.address)
    text = page.locator("[data-sourcing-text]")
    expect(text).to_have_attribute("dir", "rtl")
    text.evaluate(f"text => ({SELECT})(text, '٢٠ سفينة')")
    page.keyboard.press("Alt+KeyS")
    expect(page.get_by_label("Figure, in words or digits")).to_have_value("٢٠")
    assert violations(page) == []
    page.locator("[name=source_0]").press("Enter")
    expect(page.locator("[data-sourcing-text] mark")).to_have_text("٢٠ سفينة")
    claim = Claim.objects.get()
    assert (claim.passage.quote, claim.figure_written) == ("٢٠ سفينة", "٢٠")
