"""mode="iframe": a page of ours in a frame of theirs, by messages that say a height and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.models import Comment
from tests.browser.asking import until
from tests.browser.visits import SETTLED
from tests.embed.test_reading import shifted

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from tests.embed.places import Place

pytestmark = pytest.mark.browser


def framed(place: Place, **more: str) -> tuple[Page, FrameLocator]:
    policy = f"default-src 'none'; script-src {place.home}; frame-src {place.home}"
    address = place.article(tag=place.tag(mode="iframe"), headers={"Content_Security_Policy": policy}, **more)
    page = place.open(address)
    page.locator("rejoinder-thread").evaluate("element => element.scrollIntoView()")
    return page, page.frame_locator("rejoinder-thread iframe")


def grown(page: Page) -> int:
    """Waits until the frame is as high as what is in it; returns how high."""
    frame = page.frames[-1]
    high = "innerHeight > 620 && Math.abs(document.body.scrollHeight - innerHeight) <= 1"
    until(frame, high)
    frame.evaluate(SETTLED)
    until(frame, high)
    height: int = page.locator("rejoinder-thread iframe").evaluate("frame => frame.offsetHeight")
    return height


def test_a_frame_shows_the_discussion_as_high_as_it_is(discussed: Place) -> None:
    page, frame = framed(discussed)
    expect(frame.locator("article")).to_have_count(3)
    box = page.locator("rejoinder-thread iframe")
    assert grown(page) > 620
    inside = frame.locator("body").evaluate("body => [body.scrollHeight, innerHeight]")
    assert abs(inside[0] - inside[1]) <= 1, "nothing scrolls within"
    assert box.get_attribute("title") == "Discussion"
    assert shifted(page) == []


def test_one_writes_in_a_frame(discussed: Place) -> None:
    page, frame = framed(discussed)
    frame.locator("textarea").first.fill("From within.")
    frame.locator("[name=name]").first.fill("Runa")
    frame.get_by_role("button", name="Post comment").click()
    expect(frame.get_by_text("From within.")).to_be_visible()
    assert Comment.objects.filter(body="From within.").exists()
    assert page.url.endswith("/story")


MESSAGES = """frame => {
  const odd = [null, 7, "height", [], { rejoinder: "height" }, { rejoinder: "height", height: "9000" },
    { rejoinder: "height", height: NaN }, { rejoinder: "code", code: "x", state: "y" }, { height: 9000 }];
  for (let n = 0; n < 1000; n++) window.postMessage(odd[n % odd.length], "*");
  window.postMessage({ rejoinder: "height", height: 9000 }, "*");
}"""


def test_messages_of_others_change_nothing(discussed: Place) -> None:
    page, frame = framed(discussed)
    expect(frame.locator("article")).to_have_count(3)
    before = grown(page)
    page.evaluate(MESSAGES)
    page.wait_for_timeout(200)
    assert grown(page) == before


def test_a_frame_tells_its_height_to_the_page_that_it_was_made_for(discussed: Place) -> None:
    """Framed by one registered origin with the name of another: that one is told nothing."""
    address = discussed.host.put(
        "/thief",
        f'<iframe src="{discussed.home}/embed/frame/courier?key=ferry&origin={discussed.host.near}"></iframe>'
        "<script>window.heard = []; addEventListener('message', event => heard.push(event.data))</script>",
    )
    page = discussed.context().new_page()
    page.goto(address)
    expect(page.frame_locator("iframe").locator("article")).to_have_count(3)
    assert page.evaluate("heard") == []


def test_another_page_may_not_frame_it(discussed: Place) -> None:
    discussed.site.origins.filter(origin=discussed.host.near).delete()
    discussed.host.put(
        "/frames",
        f'<iframe src="{discussed.home}/embed/frame/courier?key=ferry&origin={discussed.host.foreign}"></iframe>',
    )
    page = discussed.context().new_page()
    page.goto(discussed.host.near + "/frames")
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").locator("article").count() == 0
