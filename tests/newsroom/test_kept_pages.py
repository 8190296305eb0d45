"""Stories and lists in front of Django: what the desk or a reader changes shows at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory

from tests import factories
from tests.discussion.readers import Door, door
from tests.newsroom import papers

pytestmark = papers.LEFT_OPEN


@pytest.fixture
def server(transactional_db: None) -> Iterator[Door]:
    with door() as opened:
        yield opened


@pytest.fixture
def paper(transactional_db: None) -> Any:
    return papers.newsroom()


def test_a_story_is_drawn_once_for_many_readers(server: Door, paper: Any) -> None:
    story = papers.story(paper, "The tide came in")
    answers = [server.get(story.address) for _ in range(4)]
    assert {answer.status for answer in answers} == {200}
    assert server.django.drawn == 1


def test_a_comment_shows_under_its_story_at_once(server: Door, paper: Any) -> None:
    story = papers.story(paper)
    server.get(story.address)
    factories.comment(papers.thread_of(story, paper), "I saw that tide.")
    assert "I saw that tide" in server.get(story.address).text


def test_a_story_that_is_published_again_shows_its_new_words(server: Door, paper: Any) -> None:
    story = papers.story(paper, "The tide came in")
    server.get(story.address)
    story.title = "The tide went out"
    story.save_revision().publish()
    assert "The tide went out" in server.get(story.address).text


def test_a_story_taken_back_is_gone_at_once(server: Door, paper: Any) -> None:
    story = papers.story(paper)
    assert server.get(story.address).status == 200
    story.unpublish()
    assert server.get(story.address).status == 404
    story.save_revision().publish()
    assert server.get(story.address).status == 200


def test_a_new_story_stands_on_the_front_page_at_once(server: Door, paper: Any) -> None:
    server.get("/")
    papers.story(paper, "Harbour master resigns")
    assert "Harbour master resigns" in server.get("/").text


def test_a_new_section_stands_in_the_masthead_of_a_story(server: Door, paper: Any) -> None:
    story = papers.story(paper)
    server.get(story.address)
    papers.section(paper, "Weather").save_revision().publish()
    assert "Weather" in server.get(story.address).text


def test_a_section_made_by_a_command_stands_in_the_masthead_of_a_thread_page(
    server: Door, paper: Any
) -> None:
    thread = papers.thread_of(papers.story(paper), paper)
    page = f"/threads/{thread.site.key}/", urlencode({"key": thread.key})
    assert "Weather" not in server.get(*page).text
    papers.section(paper, "Weather")
    assert "Weather" in server.get(*page).text


def test_a_preview_is_kept_nowhere(paper: Any) -> None:
    preview = papers.story(paper).serve_preview(RequestFactory().get("/"), "")
    assert not hasattr(preview, "stamp")
