"""Every page that a person can open, looked at in a real browser: accessible, still, narrow enough, among ourselves."""

from __future__ import annotations

from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser

from rejoinder.project.static import without_comments
from tests.browser.asking import started
from tests.browser.visits import Paper, Visitor, names_of_addresses, publish

pytestmark = pytest.mark.browser

# Addresses that answer with data, a file or a redirect, or take forms only.
NO_PAGES = {
    "healthz", "readyz", "metrics", "rejoinder_desk_login", "rejoinder_media", "rejoinder_feed",
    "rejoinder_section_feed", "rejoinder_corrections_feed", "rejoinder_robots", "wagtail_serve",
    "rejoinder:window", "rejoinder:new",
    "rejoinder:mine", "rejoinder:feed", "rejoinder:comments", "rejoinder:votes", "rejoinder:fragment",
    "rejoinder:edits", "rejoinder:deletion", "rejoinder:flags", "rejoinder:decisions", "rejoinder:challenge",
    "rejoinder:claims", "rejoinder:download", "rejoinder:erasure", "rejoinder:mute", "rejoinder:unmute",
    "rejoinder:name", "rejoinder:sign-in-codes", "rejoinder:site-origins", "rejoinder:site-policies",
    "rejoinder:console-cards", "rejoinder:console-counts", "rejoinder:console-decide", "rejoinder:console-many",
    "rejoinder:console-undo", "rejoinder:console-watch", "rejoinder:appeals", "rejoinder:console-appeal-answer",
    "rejoinder:console-log-file", "rejoinder:console-rule-switch", "rejoinder:console-person-decisions",
    "rejoinder:console-thread-decisions", "rejoinder:notices", "rejoinder:notice-complaint",
    "rejoinder:console-notice-decision", "rejoinder:console-assist-change", "rejoinder:console-assist-file",
    "rejoinder:console-assist-key",
    "rejoinder:error-reports",
    "rejoinder:site-secret", "rejoinder:site-sign-on", "openid_connect_login", "openid_connect_callback",
}  # fmt: skip
# Looked at where there is somebody who may see them: tests/accounts, tests/console, test_sign_in_window.
ELSEWHERE = {"rejoinder:site", "rejoinder:sign-in-window"}
ELSEWHERE |= {f"rejoinder:console{part}" for part in ("", "-queue", "-search", "-watches", "-together")}
ELSEWHERE |= {"rejoinder:decided", "rejoinder:removed"}
ELSEWHERE |= {"rejoinder:console-assist", "rejoinder:console-assist-keys"}
ELSEWHERE |= {f"rejoinder:console-{part}" for part in ("log", "appeals", "terms", "reports")}
ELSEWHERE |= {
    f"rejoinder:{page}"
    for page in ("notice", "notice-status", "error-report-status", "console-notice", "console-notices")
}
ELSEWHERE |= {"rejoinder:transparency"} | {f"rejoinder:console-rule{part}" for part in ("", "s", "-new")}
BUDGET = 30_000  # bytes that a story's styles and scripts may take together, compressed


def looks(narrow: str, wide: str) -> list[Any]:
    """On a phone by every rule; on a desk by those about colours and sizes, and with --long by every one."""
    desk = {"scheme": wide, "width": 1280}
    return [
        pytest.param({"scheme": narrow, "width": 390}, id="phone"),
        pytest.param({**desk, "rules": ["color-contrast", "link-in-text-block", "target-size"]}, id="desk"),
        pytest.param(desk, id="desk-every-rule", marks=pytest.mark.long),
    ]


@pytest.fixture
def paper(live_server: Any) -> Paper:
    return publish(live_server.url)


def test_every_address_with_a_page_is_looked_at(paper: Paper) -> None:
    examples = {*paper.reading, *paper.acting, *paper.staff}
    # Pages of others, which tests/embed looks at; the desk's, which are for those who have it.
    data = ("rejoinder:api-", "rejoinder:embed", "rejoinder:perspective", "rejoinder_sourcing")
    pages = {name for name in names_of_addresses() if not name.startswith(data)}
    assert pages - NO_PAGES - ELSEWHERE <= examples


@pytest.mark.parametrize("look", looks("dark", "light"))
def test_readers_pages(browser: Browser, paper: Paper, live_server: Any, look: dict[str, Any]) -> None:
    visitor = Visitor(browser, live_server.url, **look)
    for path in paper.reading.values():
        visitor.look_at(path)
    assert visitor.context.cookies() == [], "reading sets none"
    visitor.page.goto(live_server.url + paper.long)
    visitor.page.locator(".window > .more a").evaluate("link => location.assign(link.href)")
    visitor.page.wait_for_url("**cursor=**")
    visitor.look()
    # What comes back is the form with what is missing, not a form that was never sent.
    visitor.page.locator("form[data-compose]").evaluate("form => form.submit()")
    visitor.page.locator(".errors").wait_for()
    visitor.look()
    for path in paper.acting.values():
        visitor.look_at(path)
    assert visitor.found == []


def test_the_front_of_a_server_without_a_publication(browser: Browser, live_server: Any) -> None:
    visitor = Visitor(browser, live_server.url, width=390, scheme="light")
    visitor.look_at("/")
    assert visitor.found == []


@pytest.mark.parametrize("look", looks("light", "dark"))
def test_pages_of_staff(browser: Browser, paper: Paper, live_server: Any, look: dict[str, Any]) -> None:
    visitor = Visitor(browser, live_server.url, **look)
    cookie = paper.moderator.cookies["rejoinder_session"].value
    visitor.context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": live_server.url}])
    for path in paper.staff.values():
        visitor.look_at(path)
    # On the smallest phone now: they end before the first comment begins.
    tools = visitor.page.locator("[data-tools] a").last.bounding_box()
    first = visitor.page.locator(".window article header").first.bounding_box()
    assert tools and first and tools["y"] + tools["height"] <= first["y"]
    assert visitor.found == []


def test_styles_and_scripts_of_a_story_keep_their_budget(
    browser: Browser, paper: Paper, live_server: Any
) -> None:
    """All that a story loads, scripts that come later too; without the comments, which are not collected."""
    page, came, sizes = browser.new_page(), list[Any](), dict[str, int]()
    page.on("requestfinished", lambda request: came.extend([request]))
    page.goto(live_server.url + paper.reading["rejoinder_story"])
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    page.wait_for_load_state("networkidle")
    for name, request in ((request.url.rpartition("/")[2], request) for request in came):
        if name.endswith((".css", ".js")):
            text = without_comments(request.response().text(), lines=name.endswith(".js"))
            sizes[name] = len(brotli.compress(text.encode()))
    assert {"newsroom.css", "discussion.js", "vote.js", "reply.js"} <= set(sizes)
    assert sum(sizes.values()) <= BUDGET, sizes


def test_a_printed_story_is_words_and_no_buttons(browser: Browser, paper: Paper, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(live_server.url + paper.reading["rejoinder_story"])
    page.emulate_media(media="print")
    shown = "list => list.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
    machinery = ":is(form, button, textarea, input, nav, .orders, .more, .skip, .colophon)"
    assert page.locator(machinery).evaluate_all(shown) == []
    assert len(page.locator("article .body").evaluate_all(shown)) == 10
