"""Words of a story that are selected, and what is written about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from rejoinder.core import ids
from rejoinder.discussion.models import Comment
from rejoinder.sourcing.models import Passage
from tests.browser.asking import started
from tests.browser.sourcing import BODY, sourced
from tests.browser.visits import SHIFTS, STILL
from tests.newsroom import papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# From the end of the first paragraph, where a note's number stands, to the start of the third.
SELECT = """() => {
  const blocks = document.querySelectorAll("article.story .prose p");
  const range = document.createRange();
  range.setStart(blocks[0].firstChild, 0);
  range.setEnd(blocks[0], blocks[0].childNodes.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_selected_words_go_with_the_comment_and_it_leads_back_to_them(
    browser: Browser, live_server: Any
) -> None:
    parts = urlsplit(live_server.url)
    front = papers.newsroom(hostname=parts.hostname or "", port=parts.port or 80)
    told = papers.story(front, section=papers.section(front), body=BODY)
    sourced(told, front)
    page = browser.new_page(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    page.add_init_script(SHIFTS)
    page.goto(f"/stories/{told.slug}/")
    started(page)
    page.evaluate(SELECT)
    page.get_by_role("button", name="Comment on these words").click()
    form = page.locator(".discussion > form[data-compose]")
    expect(form.locator(".about blockquote")).to_contain_text("11 centimetres, and its own log")
    expect(form.get_by_label("Your comment")).to_be_focused()
    form.get_by_label("Your comment").fill("Both say eleven.")
    form.get_by_label("Your name").fill("Wim")
    form.get_by_role("button", name="Post comment").click()
    quote = page.locator("[data-list] article .about blockquote a")
    expect(quote).to_have_count(1)
    comment = Comment.objects.get(body="Both say eleven.")
    passage = Passage.objects.get(pk=ids.decode(comment.anchor or ""))
    assert passage.quote.startswith("The port says")
    assert passage.quote.endswith("Nobody was there."), "without the number of the note"
    expect(form.locator(".about")).to_have_count(0)
    page.reload()
    assert page.locator(f"#p-{comment.anchor}").count() == 1, "its words have a mark now"
    note = page.locator(f'[data-note="{comment.anchor}"] .note-talk a').first
    assert note.text_content() == "1 comment on this passage"
    assert [shift for shift in page.evaluate("window.shifts") if shift[0] > STILL] == []
