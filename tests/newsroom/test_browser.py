"""The newsroom in a real browser: accessible, still, and in touch with nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from rejoinder.core import clock
from rejoinder.newsroom.composing import Lead
from rejoinder.newsroom.models import FrontPage, StoryPage
from tests import factories
from tests.browser.asking import violations
from tests.newsroom import papers

pytestmark = pytest.mark.browser


@pytest.fixture
def front(live_server: Any) -> FrontPage:
    parts = urlsplit(live_server.url)
    return papers.newsroom(hostname=parts.hostname or "", port=parts.port or 80)


@contextmanager
def watched(browser: Browser, home: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it did that it should not: foreign requests, blocked by policy, errors of scripts."""
    context = browser.new_context(**options)
    page, seen = context.new_page(), []
    page.on("request", lambda request: seen.append(request.url) if not _own(request.url, home) else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on(
        "console", lambda line: seen.append(line.text) if "Content Security Policy" in line.text else None
    )
    yield page, seen
    context.close()


def _own(url: str, home: str) -> bool:
    return url.startswith((home, "data:", "blob:"))


def filled(front: FrontPage) -> StoryPage:
    """A newsroom with every kind of thing on its pages."""
    harbour, ada = papers.section(front), papers.author(front)
    image = {"image": papers.drawing().pk, "alt_text": "A quay", "decorative": False}
    for number in range(9):
        papers.story(front, section=harbour, published=clock.now() - timedelta(hours=number + 1))
    papers.story(front, "ليلة البوابة", language="ar", standfirst="أربع روايات")
    page = papers.story(
        front,
        "The quay moved eleven centimetres in one night",
        standfirst="Nobody pushed.",
        section=harbour,
        authors=[(ada, ada.title), (None, "A Stringer")],
        place="Brennick",
        lead=Lead(papers.photograph(1000, 600), "A quay", "The quay", "Ada Brook"),
        body=[
            ("text", "<p>One <b>bold</b> word, <a href='https://example.org/'>a link</a>.</p><h2>Two</h2>"),
            ("quote", {"text": "It was the tide.", "attribution": "The office"}),
            ("picture", {"image": image, "caption": "The quay", "credit": "Ada Brook"}),
            ("pull_out", {"text": "Nobody looked again."}),
            ("text", "<p>Three</p><ul><li>four</li></ul>"),
            (
                "link_card",
                {"url": "https://example.org/r", "title": "The report", "description": "Four pages"},
            ),
            ("correction", {"corrected": "2026-03-15T09:12:00+00:00", "text": "Eleven, not twelve."}),
        ],
    )
    factories.comment(papers.thread_of(page, front), "By whose chart?", name="Leena")
    return page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_are_accessible_and_stay_at_home(
    browser: Browser, front: FrontPage, live_server: Any, scheme: str, width: int
) -> None:
    story = filled(front)
    arabic = StoryPage.objects.get(language="ar").address
    size = {"width": width, "height": 900}
    with watched(browser, live_server.url, viewport=size, color_scheme=scheme) as (page, seen):
        # With every kind of thing on them; tests/browser/test_pages.py looks at all the others.
        for path in ("/", story.address, arabic):
            page.goto(live_server.url + path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert seen == []
        assert page.context.cookies() == []


def answered_by_us(route: Any) -> None:
    """The media folder as we serve it: the test server has a way of its own."""
    answer = Client().get(urlsplit(route.request.url).path)
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=body)


def test_drawing_with_a_script_runs_it_nowhere(browser: Browser, front: FrontPage, live_server: Any) -> None:
    image = papers.drawing()
    story = papers.story(front, lead=Lead(image, "A quay"))
    with watched(browser, live_server.url) as (page, _seen):
        page.route("**/media/**", answered_by_us)
        for path in (story.address, image.file.url):
            page.goto(live_server.url + path)
            assert page.evaluate("document.documentElement.dataset.ran") is None, path


def test_lead_picture_moves_nothing_when_it_arrives(
    browser: Browser, front: FrontPage, live_server: Any
) -> None:
    story = papers.story(front, lead=Lead(papers.photograph(1000, 600), "A quay"))
    place = "document.querySelector('.story-body').getBoundingClientRect().top"
    with watched(browser, live_server.url) as (page, _seen):
        page.route("**/media/**", lambda route: route.abort())
        page.goto(live_server.url + story.address)
        without = page.evaluate(place)
        page.unroute("**/media/**")
        page.goto(live_server.url + story.address)
        assert page.evaluate(place) == without


@pytest.mark.on_both
def test_desk_works_under_its_policy_and_stays_at_home(
    browser: Browser, front: FrontPage, live_server: Any
) -> None:
    story = filled(front)
    client = Client()
    client.force_login(factories.staff(front.publication, "editor").user)
    cookie = {"name": "rejoinder_session", "value": client.cookies["rejoinder_session"].value}
    with watched(browser, live_server.url, viewport={"width": 1280, "height": 900}) as (page, seen):
        page.context.add_cookies([{**cookie, "url": live_server.url}])  # type: ignore[list-item]
        for path in ("/desk/", "/desk/images/", f"/desk/pages/{story.pk}/edit/"):
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            assert page.locator("h1, h2").count() > 0, path
        page.locator("button[aria-label='Toggle preview']").first.click()
        headline = page.frame_locator("iframe[src*='/preview/']").last.locator("h1").first
        expect(headline).to_contain_text("eleven centimetres")
        assert seen == []
