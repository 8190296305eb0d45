"""Imported pages and the demo become stories as the desk would write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html

from rejoinder.core.errors import NotFound
from rejoinder.newsroom.importing import Writer
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.transfer.importers.found import Block, Page
from rejoinder.transfer.ports import StoryWritten, story_writer
from tests import factories
from tests.newsroom import papers

pytestmark = pytest.mark.django_db

PAGE = Page(
    title="The quay moved",
    standfirst="Nobody pushed.",
    byline=("Ada Brook", "A Stringer"),
    published=datetime(2019, 3, 14, 9, 30),  # noqa: DTZ001 (as a page shows it, zone unknown)
    language="en",
    section="harbour",
    blocks=(
        Block("paragraph", "It moved *eleven* centimetres, see [the log](https://example.org/log)."),
        Block("heading", "Who measured"),
        Block("list", "- the office\n- the crews"),
        Block("quote", "It was the \\*tide\\*."),
        Block("image", "The quay", url="https://example.org/quay.jpg", credit="Ada Brook"),
        Block("image", "No address", url="quay.jpg"),
        Block("paragraph", "<script>alert(1)</script> and [bad](javascript:alert(1))"),
    ),
)


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def write(front: FrontPage, page: Page = PAGE, *, publish: bool = True) -> StoryWritten:
    return Writer().write(site=front.publication, page=page, identity="file:1", publish=publish)


def test_newsroom_is_registered_as_the_writer() -> None:
    assert isinstance(story_writer(), Writer)


def test_page_becomes_a_published_story_of_its_own_time(front: FrontPage) -> None:
    papers.section(front)
    ada = papers.author(front)
    written = write(front)
    page = StoryPage.objects.get(title="The quay moved")
    assert written == StoryWritten(
        key=page.thread_key,
        url=f"http://testserver{page.address}",
        title=page.title,
        made=True,
        published=True,
    )
    assert page.first_published_at == datetime(2019, 3, 14, 9, 30, tzinfo=UTC)
    assert page.section.title == "Harbour"
    assert [line.author for line in page.bylines.all()] == [ada, None]
    tree = html.fromstring(Client().get(page.address).content)
    assert tree.xpath("//div[@class='prose']//i/text()") == ["eleven", "No address"]
    assert "https://example.org/log" in tree.xpath("//div[@class='prose']//a/@href")
    assert tree.xpath("//div[@class='prose']/h2/text()") == ["Who measured"]
    assert tree.xpath("//figure[@class='quoted']//p/text()") == ["It was the *tide*."]
    assert tree.xpath("//aside[@class='link-card']/a/@href") == ["https://example.org/quay.jpg"]


def test_imported_text_runs_nothing(front: FrontPage) -> None:
    written = write(front)
    text = Client().get(written.url).content.decode()
    assert "<script>alert" not in text
    assert 'href="javascript' not in text


def test_page_is_a_draft_unless_published(front: FrontPage) -> None:
    written = write(front, publish=False)
    assert not written.published
    assert Client().get(written.url).status_code == 404


def test_same_page_again_finds_the_story_as_the_desk_left_it(front: FrontPage) -> None:
    first = write(front, publish=False)
    page = StoryPage.objects.get()
    page.title = "Mended at the desk"
    page.save_revision()
    again = write(front)
    assert (again.key, again.made, again.published) == (first.key, False, True)
    assert StoryPage.objects.get().title == "Mended at the desk"


def test_site_without_a_newsroom_is_told_so() -> None:
    with pytest.raises(NotFound, match="no newsroom"):
        Writer().write(site=factories.site(), page=PAGE, identity="file:1", publish=False)


def test_two_pages_of_one_title_have_two_addresses(front: FrontPage) -> None:
    first = papers.story(front, "Same words")
    assert papers.story(front, "Same words").slug == f"{first.slug}-2"


def test_demo_is_written_once(front: FrontPage, django_assert_max_num_queries: Any) -> None:
    from rejoinder.newsroom import demo
    from rejoinder.project.demo.content import PICTURES, load_publication

    publication = load_publication()
    stories = demo.load(publication, site=front.publication, pictures=Path(PICTURES))
    assert set(stories) == {story.slug for story in publication.stories}
    for story in publication.stories:
        text = Client().get(stories[story.slug].address).content.decode()
        assert html.fromstring(text).xpath("//h1/text()") == [story.headline]
    with django_assert_max_num_queries(25):
        demo.load(publication, site=front.publication, pictures=Path(PICTURES))
    assert StoryPage.objects.count() == len(publication.stories)
