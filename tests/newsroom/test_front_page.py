"""The front page, sections, authors: what stands where, at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from rejoinder.core import clock
from rejoinder.newsroom.models import FrontPage
from tests import factories
from tests.newsroom import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def read(address: str, **asked: Any) -> Any:
    return html.fromstring(Client().get(address, asked).content)


def headlines(tree: Any, within: str = "//article") -> list[str]:
    return [link.text for link in tree.xpath(f"{within}//*[self::h2 or self::h3]/a")]


def hours_ago(hours: float) -> Any:
    return clock.now() - timedelta(hours=hours)


def test_newest_story_leads(front: FrontPage) -> None:
    papers.story(front, "Older", published=hours_ago(5))
    papers.story(front, "Newest", published=hours_ago(1))
    assert headlines(read("/"), "//div[@class='first']/article") == ["Newest"]


def test_desk_chooses_the_lead_however_old(front: FrontPage) -> None:
    chosen = papers.story(front, "Chosen", published=hours_ago(500))
    for number in range(3):
        papers.story(front, f"Story {number}", published=hours_ago(number))
    front.lead = chosen
    front.save_revision().publish()
    tree = read("/")
    assert headlines(tree, "//div[@class='first']/article") == ["Chosen"]
    assert headlines(tree).count("Chosen") == 1


def test_withdrawn_lead_gives_way_to_the_newest(front: FrontPage) -> None:
    chosen = papers.story(front, "Chosen", published=hours_ago(5))
    papers.story(front, "Newest", published=hours_ago(1))
    front.lead = chosen
    front.save_revision().publish()
    chosen.unpublish()
    assert headlines(read("/")) == ["Newest"]


def test_story_says_how_many_comments_it_has(front: FrontPage) -> None:
    page = papers.story(front)
    factories.comment(papers.thread_of(page, front))
    assert read("/").xpath("//p[@class='meta']/a/text()") == ["1 comment"]
    assert read("/").xpath("//p[@class='meta']/a/@href") == [f"{page.address}#discussion"]


def test_later_stories_stand_in_their_sections(front: FrontPage) -> None:
    harbour = papers.section(front)
    for number in range(12):
        papers.story(front, f"Story {number}", section=harbour, published=hours_ago(number))
    (part,) = read("/").xpath("//div[@class='groups']/section")
    assert part.xpath("h2/a/@href") == ["/sections/harbour/"]
    assert headlines(part, ".//article") == ["Story 7", "Story 8", "Story 9", "Story 10"]


def test_front_page_costs_the_same_however_many_stories(front: FrontPage) -> None:
    harbour = papers.section(front)
    ada = papers.author(front)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get("/").status_code == 200
        return len(asked)

    for number in range(2):
        papers.story(front, section=harbour, authors=[(ada, "")], published=hours_ago(number))
    cost()
    few = cost()
    for number in range(20):
        papers.story(front, section=harbour, authors=[(ada, "")], published=hours_ago(number))
    assert cost() == few <= 10


def test_section_goes_on_to_older_stories_without_repeating(front: FrontPage) -> None:
    harbour = papers.section(front)
    for number in range(33):
        papers.story(front, f"Story {number}", section=harbour, published=hours_ago(number))
    first = read(harbour.address)
    (older,) = first.xpath("//a[@rel='next']/@href")
    rest = html.fromstring(Client().get(harbour.address + older[older.index("?") :]).content)
    assert headlines(first) + headlines(rest) == [f"Story {number}" for number in range(33)]
    assert not rest.xpath("//a[@rel='next']")


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 200), ("?before=0", 404), ("?before=x", 404), ("?before=", 400), ("?before=1&before=2", 400)],
)
def test_place_in_a_list_is_a_story_or_refused(front: FrontPage, asked: str, status: int) -> None:
    harbour = papers.section(front)
    assert Client().get(harbour.address + asked).status_code == status


def test_author_page_shows_who_and_their_stories_once(front: FrontPage) -> None:
    ada = papers.author(front)
    papers.story(front, "Hers", authors=[(ada, ""), (ada, "")])
    papers.story(front, "Not hers")
    tree = read(ada.address)
    assert tree.xpath("//h1/text()") == ["Ada Brook"]
    assert headlines(tree) == ["Hers"]


def test_byline_keeps_the_name_when_the_author_page_goes(front: FrontPage) -> None:
    ada = papers.author(front)
    page = papers.story(front, authors=[(ada, ada.title)])
    ada.delete()
    tree = read(page.address)
    assert tree.xpath("//span[@class='by']/bdi/text()") == ["Ada Brook"]


def test_lists_of_sections_and_authors_are_pages(front: FrontPage) -> None:
    papers.section(front)
    papers.author(front)
    assert read("/sections/").xpath("//ul[@class='names']//a/@href") == ["/sections/harbour/"]
    assert read("/authors/").xpath("//ul[@class='names']//a/@href") == ["/authors/ada-brook/"]


def test_list_of_stories_leads_to_the_front_page(front: FrontPage) -> None:
    response = Client().get("/stories/")
    assert (response.status_code, response["Location"]) == (301, "/")


def test_empty_newsroom_says_so(front: FrontPage) -> None:
    assert "Nothing has been published yet." in read("/").text_content()


def test_pages_answer_readers_only(front: FrontPage) -> None:
    page = papers.story(front)
    for address in ("/", page.address, "/feed/", "/robots.txt"):
        assert Client().post(address).status_code == 405, address
