"""Who says so in the text of somebody else's page: marks at the right words or none, notes, comments about words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.models import Comment
from rejoinder.sourcing.actions import SourceWish, Statement, publish_document, replace_claims
from rejoinder.sourcing.models import Document, Passage
from rejoinder.sourcing.passages import Anchor
from tests.browser.asking import until, violations
from tests.embed.test_reading import read, shifted
from tests.embed.test_writing import form, write
from tests.sourcing import desks

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.embed.places import Place

SENT = (
    "The quay was closed on Monday.\n\n"
    'According to the harbour office, "20 ships" wait outside. The union puts it at 40.\n\n'
    "Nobody was hurt. The strike goes on.\n\n"
    "A crane fell into the water, a sailor said."
)
# As the page's own system has made it: curly quotes, markup within words, blanks, a paragraph more, one less.
MADE = (
    "<article><p>The quay was closed on Monday.</p>\n<p>According to the <b>harbour</b>\n   office, “20&nbsp;ships” "
    "wait <a href='#x'>outside</a>. The union puts it at 40.</p>\n<aside><p>The strike goes on.</p></aside>"
    "<p>Nobody was hurt.</p><p>The strike goes on.</p></article>"
)
MARKED = (
    "[...CSS.highlights.get('rejoinder-said') ?? []].map(range => range.toString().replace(/\\s+/g, ' '))"
)
UNCHANGED = """made => document.querySelector("article").innerHTML === new DOMParser()
  .parseFromString(made, "text/html").querySelector("article").innerHTML && !document.querySelector("style")"""
OFFICE = ('"20 ships" wait outside', "harbour office, ", "Harbour office")
UNION = ("The union puts it at 40.", "", "The union")
ACROSS = ("Nobody was hurt. The strike goes on.", "", "Harbour office")
ABSENT = ("A crane fell into the water", "", "A sailor")


def sourced(place: Place, text: str = SENT, *said: tuple[str, str, str]) -> Document:
    document = publish_document(site=place.site, key=place.thread.key, text=text).document
    statements = [
        Statement(anchor=Anchor(words, before), sources=[SourceWish(name=name, kind="party")], manner="says")
        for words, before, name in said or (OFFICE, UNION, ACROSS, ABSENT)
    ]
    done = replace_claims(viewer=desks.desk(place.site), document=document, statements=statements)
    assert not done.unplaced
    return document


def marked(page: Page) -> Any:
    return page.evaluate(MARKED)


@pytest.mark.browser
def test_words_of_a_foreign_page_are_marked_where_they_stand_and_nothing_of_it_changes(place: Place) -> None:
    sourced(place)
    filler = "<p>What happened before. </p>" * 40
    page = place.open(place.article(tag=place.tag(passages="article"), above=filler + MADE + filler))
    until(page, f"({MARKED}).length === 3")
    assert marked(page) == [
        "“20 ships” wait outside",
        "The union puts it at 40.",
        "Nobody was hurt.The strike goes on.",
    ]
    card = page.locator("rejoinder-thread [data-card]")
    page.locator("article p").nth(1).click(position={"x": 4, "y": 6})
    expect(card).to_be_hidden()
    box = page.evaluate(
        "(() => { const box = [...CSS.highlights.get('rejoinder-said')][1].getClientRects()[0];"
        " return [box.left + box.width / 2, box.top + box.height / 2] })()"
    )
    page.mouse.click(*box)
    expect(card).to_be_visible()
    expect(card.locator("summary")).to_contain_text("The union says")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert page.evaluate(UNCHANGED, MADE), "nothing is put into the page's own text"
    read(page)
    assert shifted(page) == []
    page.locator("rejoinder-thread .statements > summary").click()
    expect(page.locator("rejoinder-thread .statements blockquote").filter(visible=True)).to_have_count(4)
    expect(page.locator("rejoinder-thread [data-missing]").filter(visible=True)).to_have_count(1)
    page.locator("rejoinder-thread blockquote a").nth(1).click()
    until(page, "getSelection().toString() === 'The union puts it at 40.'")
    assert violations(page, within="rejoinder-thread") == []


@pytest.mark.browser
def test_words_selected_before_the_discussion_is_drawn_can_be_commented_on(discussed: Place) -> None:
    sourced(discussed)
    held: list[Route] = []
    context = discussed.context()
    context.route("**/embed/threads/**", lambda route, _request: held.append(route))
    page = discussed.open(
        discussed.article(tag=discussed.tag(passages="article"), above=MADE), context=context
    )
    until(page, f"({MARKED}).length === 3")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article > p'))")
    offer = page.get_by_role("button", name="Comment on these words")
    expect(offer).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.locator("rejoinder-thread form[data-compose]").first).to_be_attached()
    offer.click()
    expect(form(page).locator("blockquote")).to_have_text("The quay was closed on Monday.")


@pytest.mark.browser
def test_selected_words_of_a_foreign_page_are_commented_on(discussed: Place) -> None:
    sourced(discussed)
    page = discussed.open(discussed.article(tag=discussed.tag(passages="article"), above=MADE))
    until(page, f"({MARKED}).length === 3")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article > p'))")
    page.get_by_role("button", name="Comment on these words").click()
    expect(form(page).locator("blockquote")).to_have_text("The quay was closed on Monday.")
    write(page, "Until when?")
    expect(page.locator("rejoinder-thread article", has_text="Until when?")).to_have_count(1)
    passage = Passage.objects.get(quote="The quay was closed on Monday.")
    assert Comment.objects.get(body="Until when?").anchor
    assert passage.talked
