"""Pages that do not mean well, or not know: their styles, scripts and habits do not reach the discussion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.embed import hosts
from tests.embed.test_reading import comments, read

if TYPE_CHECKING:
    from tests.embed.places import Place

pytestmark = pytest.mark.browser

STYLES = """
html { font-size: 62.5% }
* { display: none !important; float: left; animation: none !important }
html, head, body, main, h1, p, footer { display: block !important }
rejoinder-thread { text-transform: uppercase; letter-spacing: 9px; font: 40px / 4 fantasy; direction: ltr }
p, h2, button, textarea { color: red !important; transform: rotate(180deg) !important; position: fixed !important }
"""
SCRIPTS = """
Object.prototype.credentials = "include"; Object.prototype.method = "POST"; Object.prototype.body = "stolen";
Object.prototype.mode = "no-cors"; Object.prototype.root = "body"; Object.prototype.slotAssignment = "odd";
Object.prototype.signal = "never"; Object.prototype.headers = { "X-Stolen": "1" };
Object.prototype.timeZone = "Nowhere";
Array.prototype.extra = function () {};
Function.prototype.extra = 1; String.prototype.extra = "more";
var start = 1, find = 2, text = 3, say = 4, page = 5, parse = 6, home = 7, root = 8, count = 9, Thread = 10;
window.$thread = window.$place = "taken"; window.rejoinder = "an older thing";
"""
NAMES = [
    "createElement",
    "querySelector",
    "documentElement",
    "adoptNode",
    "currentScript",
    "body",
    "addEventListener",
]
CLOBBERED = "".join(f'<form name="{name}"></form><img name="{name}" alt="">' for name in NAMES)


def hostile(place: Place, *, head: str = "", above: str = "", **more: Any) -> str:
    style = place.host.put("/hostile.css", STYLES, kind="text/css")
    script = place.host.put("/hostile.js", SCRIPTS, kind="text/javascript")
    policy = f"default-src 'none'; script-src {place.home} {place.host.foreign}; connect-src {place.home}"
    policy += f"; style-src {place.host.foreign}"
    head = f'<link rel="stylesheet" href="{style}"><script src="{script}"></script>{place.script}{head}'
    return place.article(
        head=head, above=above + hosts.TEXT, headers={"Content_Security_Policy": policy}, **more
    )


def test_hostile_styles_do_not_reach_in(discussed: Place) -> None:
    page = discussed.open(hostile(discussed))
    page.locator("rejoinder-thread .folds").wait_for()
    body = page.locator("rejoinder-thread .body p").first
    expect(body).to_be_visible()
    style = body.evaluate(
        "p => { const s = getComputedStyle(p); return ['fontSize', 'textTransform', 'letterSpacing', 'position',"
        " 'transform'].map(name => s[name]) }"
    )
    assert style == ["17px", "none", "normal", "static", "none"]


def test_hostile_scripts_and_names_do_not_reach_in(discussed: Place) -> None:
    """Prototypes with additions, global names, elements that stand before the document's own methods."""
    page = discussed.open(hostile(discussed, above=CLOBBERED))
    page.locator("rejoinder-thread .folds").wait_for()
    expect(comments(page)).to_have_count(3)
    page.locator("rejoinder-thread .fold").first.click()
    expect(page.get_by_text("The log does.")).to_be_hidden()
    page.locator("rejoinder-thread textarea").fill("Written nevertheless.")
    page.locator("rejoinder-thread [name=name]").fill("Runa")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Written nevertheless.").wait_for()


def test_one_name_is_left_on_the_page(discussed: Place) -> None:
    names = "Object.getOwnPropertyNames(window)"
    bare = discussed.open(discussed.article("/bare", head="", tag="<p></p>"))
    before = set(bare.evaluate(names))
    page = discussed.open(discussed.article())
    read(page)
    assert set(page.evaluate(names)) - before == {"rejoinder"}
    assert page.evaluate("Object.isFrozen(rejoinder)")


def test_nothing_of_the_page_is_read_but_what_is_ours(discussed: Place) -> None:
    context = discussed.context()
    page = discussed.open(discussed.article(), context=context)
    page.evaluate("localStorage.setItem('secret', 'of the page'); document.cookie = 'session=of-the-page'")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data} {request.headers}"))
    page.reload()
    read(page)
    assert not [
        request
        for request in sent
        if "of the page" in request or ("of-the-page" in request and discussed.home in request)
    ]
    assert all(
        name == "secret" or name.startswith("rejoinder:")
        for name in page.evaluate("Object.keys(localStorage)")
    )


def test_quirks_mode(discussed: Place) -> None:
    html = hosts.page(discussed.tag(), head=discussed.script).removeprefix("<!doctype html>\n")
    page = discussed.open(discussed.host.put("/quirks", html))
    assert page.evaluate("document.compatMode") == "BackCompat"
    read(page)
    expect(comments(page)).to_have_count(3)


def test_a_page_that_wants_trusted_types(discussed: Place) -> None:
    policy = discussed.policy("require-trusted-types-for 'script'", "trusted-types rejoinder")
    page = discussed.open(discussed.article(headers={"Content_Security_Policy": policy}))
    read(page)
    expect(comments(page)).to_have_count(3)


def test_a_dark_page_that_does_not_say_so(discussed: Place) -> None:
    style = discussed.host.put("/dark.css", "body { background: #101216; color: #eee }", kind="text/css")
    policy = {"Content_Security_Policy": discussed.policy(f"style-src {discussed.host.foreign}")}
    head = f'<link rel="stylesheet" href="{style}">{discussed.script}'
    page = discussed.open(discussed.article(head=head, headers=policy))
    read(page)
    expect(page.locator("rejoinder-thread .name").first).to_have_css("color", "rgb(233, 231, 226)")
    page.evaluate("document.body.className = 'light'; document.body.style.background = '#fff'")
    expect(page.locator("rejoinder-thread .name").first).to_have_css("color", "rgb(26, 27, 30)")


def test_an_application_takes_the_element_out_and_puts_another_thread_in(discussed: Place) -> None:
    other = make.thread(discussed.site, "bridge", title="The bridge")
    make.comment(other, "Of another story.")
    page = discussed.open(discussed.article())
    read(page)
    page.evaluate("document.querySelector('rejoinder-thread').setAttribute('key', 'bridge')")
    expect(comments(page)).to_have_count(1)
    expect(page.get_by_text("Of another story.")).to_be_visible()
    page.evaluate("window.kept = document.querySelector('rejoinder-thread'); kept.remove()")
    assert comments(page).count() == 0
    page.evaluate("kept.setAttribute('key', 'ferry'); document.querySelector('main').append(kept)")
    expect(comments(page)).to_have_count(3)
    page.evaluate("document.querySelector('footer').before(kept)")  # moved: it goes on as it was
    expect(comments(page)).to_have_count(3)


def test_an_application_that_changes_its_mind_while_it_loads(discussed: Place) -> None:
    other = make.thread(discussed.site, "bridge", title="The bridge")
    make.comment(other, "Of another story.")
    page = discussed.open(discussed.article())
    page.evaluate(
        """async () => { const tag = document.querySelector('rejoinder-thread');
        for (const key of ['bridge', 'ferry', 'nowhere', 'bridge']) {
          tag.setAttribute('key', key); tag.scrollIntoView();
          await new Promise(done => setTimeout(done, 30)); } }"""
    )
    expect(page.get_by_text("Of another story.")).to_be_visible()
    expect(comments(page)).to_have_count(1)
