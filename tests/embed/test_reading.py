"""Reading in pages of other origins: whole, still, alone, and without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.browser.asking import seen, violations
from tests.browser.visits import STILL
from tests.embed import hosts

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.embed.places import Place

pytestmark = pytest.mark.browser

SCHEMES = '<meta name="color-scheme" content="light dark">'


def comments(page: Page) -> Any:
    return page.locator("rejoinder-thread article")


def shifted(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("shifts.filter(([value]) => value > 0)")
    return found if sum(value for value, *_ in found) > STILL else []


def read(page: Page) -> None:
    """To the discussion, until all has come, and to the end of the page."""
    page.locator("rejoinder-thread").evaluate("element => element.scrollIntoView()")
    page.locator("rejoinder-thread .folds").wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("body > footer").scroll_into_view_if_needed()


@pytest.mark.parametrize(
    ("width", "scheme", "lang", "heading"),
    [
        (1280, "light", "en", "3 comments"),
        (390, "dark", "en", "3 comments"),
        (390, "light", "ar", "3 تعليقات"),
        (1280, "dark", "de", "3 Kommentare"),
    ],
)
def test_a_page_under_the_strictest_policy_shows_the_discussion(
    discussed: Place, width: int, scheme: str, lang: str, heading: str
) -> None:
    """Accessible, without moving anything, without another origin, without a cookie, in the page's language."""
    direction = "rtl" if lang == "ar" else "ltr"
    paper = ":root { color-scheme: light dark; background: light-dark(#fff, #111); color: light-dark(#111, #eee) }"
    head = f'<link rel="stylesheet" href="{discussed.host.put("/page.css", paper, kind="text/css")}">'
    policy = {"Content_Security_Policy": discussed.policy(f"style-src {discussed.host.foreign}")}
    address = discussed.article(head=head + discussed.script, headers=policy, lang=lang, dir=direction)
    page = discussed.open(address, width=width, color_scheme=scheme)
    read(page)
    expect(comments(page)).to_have_count(3)
    expect(page.locator("rejoinder-thread h2")).to_have_text(heading)
    assert shifted(page) == []
    assert violations(page) == []
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("rejoinder-thread .rejoinder").get_attribute("dir") == direction
    ink = {"light": "rgb(26, 27, 30)", "dark": "rgb(233, 231, 226)"}[scheme]
    expect(page.locator("rejoinder-thread .name").first).to_have_css("color", ink)


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(26, 27, 30)"), ("dark", "rgb(233, 231, 226)")])
def test_light_and_dark_of_a_page_that_says_so_in_its_head_alone(
    discussed: Place, scheme: str, ink: str
) -> None:
    page = discussed.open(discussed.article(head=SCHEMES + discussed.script), color_scheme=scheme)
    read(page)
    expect(page.locator("rejoinder-thread .name").first).to_have_css("color", ink)


@pytest.mark.parametrize("filled", [True, False], ids=["full", "empty"])
def test_a_short_page_does_not_move(place: Place, filled: bool) -> None:
    """The place of the discussion is in sight from the beginning."""
    if filled:
        make.rows_of(place.thread, [None] * 30)
    style = place.host.put(
        "/page.css", "rejoinder-thread { display: block; min-block-size: 100vh }", kind="text/css"
    )
    head = f'<link rel="stylesheet" href="{style}">{place.script}'
    policy = {"Content_Security_Policy": place.policy(f"style-src {place.host.foreign}")}
    page = place.open(place.article(head=head, above="", headers=policy))
    page.locator("rejoinder-thread .folds").wait_for()
    page.wait_for_load_state("networkidle")
    assert shifted(page) == []


def test_nothing_is_asked_for_before_the_reader_comes_near(discussed: Place) -> None:
    asked: list[str] = []
    page = discussed.context(width=1280).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(discussed.article(above=hosts.TEXT * 60))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.startswith(discussed.home)] == [f"{discussed.home}/embed.js"]
    read(page)
    ours = [
        url.removeprefix(discussed.home).partition("?")[0] for url in asked if url.startswith(discussed.home)
    ]
    assert sorted(url.rpartition("/")[2] for url in ours) == ["courier", "embed.css", "embed.js", "read.js"]


def test_more_comments_come_in_place_and_another_order_too(place: Place) -> None:
    make.rows_of(place.thread, [None] * 60)
    page = place.open(place.article())
    read(page)
    before = comments(page).count()
    page.locator("rejoinder-thread .window > .more a").click()
    expect(comments(page)).not_to_have_count(before)
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator("rejoinder-thread .orders [aria-current]")).to_have_text("Oldest")
    expect(comments(page).first).to_contain_text("Row 0.")
    assert page.url == f"{place.host.foreign}/story", "the page's address is the page's"


def test_replies_fold_away(discussed: Place) -> None:
    page = discussed.open(discussed.article())
    read(page)
    page.locator("rejoinder-thread .fold").first.click()
    expect(page.get_by_text("The log does.")).to_be_hidden()


def test_a_link_to_a_comment_leads_to_it_in_the_page(place: Place) -> None:
    """One beyond the first window; the page scrolls there, and the link to it is the page's own."""
    rows = make.rows_of(place.thread, [None] * 60)
    wanted = rows[3] if rows[3].pk != rows[-1].pk else rows[0]
    address = f"{place.article()}#comment-{wanted.public_id}"
    page = place.open(address)
    article = page.locator(f"#c-{wanted.public_id}")
    expect(article).to_be_in_viewport()
    expect(article).to_be_focused()
    assert article.locator("a[rel=bookmark]").get_attribute("href") == address


def test_a_link_to_a_comment_that_is_gone_shows_the_discussion(discussed: Place) -> None:
    page = discussed.open(f"{discussed.article()}#comment-zzzzzz")
    expect(comments(page)).to_have_count(3)


def test_an_address_names_the_thread_where_there_is_no_key(discussed: Place) -> None:
    address = f"{discussed.host.foreign}/elsewhere"
    make.comment(make.thread(discussed.site, address, url=address), "Of another page.")
    page = discussed.open(discussed.article(tag=discussed.tag(url=address).replace(' key="ferry"', "")))
    page.locator("body > footer").scroll_into_view_if_needed()
    expect(comments(page)).to_have_count(1)
    expect(comments(page)).to_contain_text("Of another page.")


def test_without_scripts_the_page_leads_to_the_discussion(discussed: Place) -> None:
    link = f'<a href="{discussed.home}/threads/courier/?key=ferry">Discussion</a>'
    tag = discussed.tag().replace("></", f">{link}</")
    page = discussed.open(discussed.article(tag=tag), java_script_enabled=False)
    page.get_by_role("link", name="Discussion").click()
    expect(page.get_by_text("The log does.")).to_be_visible()


def test_numbers_of_comments_for_a_list_come_in_one_request(discussed: Place) -> None:
    asked: list[str] = []
    counts = "".join(
        f'<li><rejoinder-count site="courier" {named}="{key}">some</rejoinder-count></li>'
        # Frameworks that keep "key" to themselves write "url".
        for named, key in (("key", "ferry"), ("url", "other"))
    )
    page = discussed.context().new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(discussed.article(tag=f"<ul>{counts}</ul>"))
    expect(page.locator("rejoinder-count").first).to_have_text("3")
    expect(page.locator("rejoinder-count").last).to_have_text("0")
    assert len([url for url in asked if "/counts?" in url]) == 1


def test_who_comes_back_is_told_what_is_new(discussed: Place) -> None:
    from tests.browser.visits import LONG_AGO

    context = discussed.context()
    page = discussed.open(discussed.article(), context=context)
    read(page)
    seen(page)
    page.goto(discussed.host.put("/nothing", ""))
    late = make.comment(discussed.thread, "Written in between.")
    page.evaluate(LONG_AGO)
    page.goto(discussed.article())
    page.locator("body > footer").scroll_into_view_if_needed()
    page.locator("rejoinder-thread .news .next").click()
    expect(page.locator(f"#c-{late.public_id}")).to_be_focused()
    assert page.context.cookies() == []


def test_a_server_that_is_away_is_said_and_tried_again(discussed: Place) -> None:
    page = discussed.context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    away = lambda route: route.abort()  # noqa: E731
    page.route("**/embed/threads/**", away)
    page.goto(discussed.article(lang="de"))
    page.locator("body > footer").scroll_into_view_if_needed()
    button = page.get_by_role("button", name="Noch einmal versuchen")
    button.wait_for()
    assert any(message.startswith("rejoinder: the discussion of site") for message in said)
    page.unroute("**/embed/threads/**", away)
    button.click()
    expect(comments(page)).to_have_count(3)


def test_a_site_that_is_not_there_is_said_to_the_developer(place: Place) -> None:
    page = place.open(place.article(tag='<rejoinder-thread site="nobodys" key="ferry"></rejoinder-thread>'))
    page.locator("body > footer").scroll_into_view_if_needed()
    page.get_by_role("button", name="Try again").wait_for()
    assert any("There is no publication of this name here." in said for said in place.said)


def test_a_closed_discussion_is_read_and_not_written_in(discussed: Place) -> None:
    from rejoinder.core import clock
    from rejoinder.discussion.models import Thread

    Thread.objects.filter(pk=discussed.thread.pk).update(closed=clock.now())
    page = discussed.open(discussed.article())
    read(page)
    expect(comments(page)).to_have_count(3)
    assert page.locator("rejoinder-thread form[data-compose]").count() == 0
    assert Comment.objects.count() == 3
