"""Through what is new since the last visit, from page to page of a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from rejoinder.discussion.models import Comment, Thread
from tests import factories as make
from tests.browser.asking import seen, started
from tests.browser.visits import LONG_AGO, SHIFTS, STILL
from tests.newsroom import papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser, live_server: Any) -> BrowserContext:
    made = browser.new_context(
        viewport={"width": 390, "height": 900}, reduced_motion="reduce", base_url=live_server.url
    )
    made.add_init_script(SHIFTS)
    return made


def settled(page: Page) -> None:
    page.locator("[data-votes] [aria-pressed]").first.wait_for()


def visit(context: BrowserContext, address: str) -> Page:
    """An hour after whatever was before."""
    page = context.new_page()
    page.goto("/healthz")
    page.evaluate(LONG_AGO)
    page.goto(address)
    settled(page)
    started(page)
    return page


def leave(page: Page) -> None:
    page.goto("/healthz")


def again(thread: Thread) -> Thread:
    return Thread.objects.select_related("site").get(pk=thread.pk)


def test_ten_new_comments_are_gone_through_wherever_they_stand(context: BrowserContext) -> None:
    """Some on the page, some far beneath what a window shows, one removed while the reader is on the way."""
    thread = make.thread()
    old = make.rows_of(thread, [None] * 70)
    address = f"{reverse('rejoinder:thread', args=[thread.site.key])}?key={thread.key}"
    first = visit(context, address)
    seen(first)
    leave(first)
    new = [make.comment(again(thread), parent=old[n] if n % 2 else None) for n in range(10)]
    page = visit(context, address)
    expect(page.locator(".news p")).to_have_text("New since your last visit: 10")
    make.decide(make.again(new[7]), "remove")
    for comment in (one for one in new if one != new[7]):
        page.locator(".news .next").click()
        expect(page.locator(":target")).to_have_id(f"c-{comment.public_id}")
        settled(page)
        expect(page.locator(":target")).to_be_in_viewport()
        assert [shift for shift in page.evaluate("window.shifts") if shift[0] > STILL] == []
    assert "at=" in page.url, "some stood on no page that was open"
    page.reload()
    settled(page)
    page.wait_for_load_state("networkidle")
    assert page.locator(".news").count() == 0, "all were gone through"


def test_a_story_marks_what_was_said_beneath_it_since_it_was_read(
    context: BrowserContext, live_server: Any
) -> None:
    parts = urlsplit(live_server.url)
    front = papers.newsroom(hostname=parts.hostname or "", port=parts.port or 80)
    told = papers.story(front, section=papers.section(front))
    thread = papers.thread_of(told, front)
    make.rows_of(thread, [None] * 3)
    address = f"/stories/{told.slug}/"
    first = visit(context, address)
    first.locator("#discussion").scroll_into_view_if_needed()
    seen(first)
    leave(first)
    last = Comment.objects.filter(thread=thread).latest("pk")
    reply = make.comment(again(thread), parent=make.again(last))
    page = visit(context, address)
    expect(page.locator(".news p")).to_have_text("New since your last visit: 1")
    page.locator(".news .next").click()
    expect(page.locator(f"#c-{reply.public_id}")).to_be_focused()


def test_who_does_not_reach_the_discussion_has_not_seen_it(context: BrowserContext) -> None:
    thread = make.thread()
    make.rows_of(thread, [None])
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 100})
    page.goto(f"{reverse('rejoinder:thread', args=[thread.site.key])}?key={thread.key}")
    settled(page)
    started(page)
    leave(page)
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('rejoinder:seen:'))") == []
