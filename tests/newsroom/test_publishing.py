"""From draft to published: the hour, the thread, the pictures."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from rejoinder.core import clock, jobs
from rejoinder.discussion.models import Thread
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.newsroom.wording import parts
from rejoinder.sourcing.models import Document
from rejoinder.sourcing.queries import text_of
from tests import factories
from tests.newsroom import papers

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def test_scheduled_story_appears_at_its_hour_by_our_own_worker(front: FrontPage) -> None:
    hour = clock.now() + timedelta(hours=2)
    page = papers.story(front, published=hour)
    jobs.work_once()
    assert Client().get(page.address).status_code == 404
    assert not Thread.objects.filter(key=page.thread_key).exists()
    with time_machine.travel(hour + timedelta(seconds=70)):
        jobs.work_once()
        assert Client().get(page.address).status_code == 200
        assert papers.thread_of(page, front).title == page.title


def test_story_is_withdrawn_at_its_hour_and_its_thread_stays(front: FrontPage) -> None:
    page = papers.story(front)
    factories.comment(papers.thread_of(page, front))
    page.expire_at = clock.now() + timedelta(hours=1)
    page.save_revision().publish()
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        jobs.work_once()
        assert Client().get(page.address).status_code == 404
        thread = papers.thread_of(page, front)
        assert (thread.closed, thread.comment_count) == (None, 1)


def test_thread_survives_a_new_slug_and_headline(front: FrontPage) -> None:
    page = papers.story(front, "The quay moved")
    before = papers.thread_of(page, front)
    page.title, page.slug = "The quay moved twice", "twice"
    page.save_revision().publish()
    after = papers.thread_of(page, front)
    assert after.pk == before.pk
    assert (after.title, after.url) == ("The quay moved twice", "http://testserver/stories/twice/")


def test_thread_learns_a_new_host_name(front: FrontPage) -> None:
    page = papers.story(front)
    papers.newsroom(front.publication, hostname="courier.example", port=443)
    assert papers.thread_of(page, front).url == f"https://courier.example{page.address}"


def test_copy_of_a_story_has_a_thread_of_its_own(front: FrontPage) -> None:
    page = papers.story(front)
    twin = page.copy(update_attrs={"slug": "twin"}, keep_live=False)
    twin.save_revision().publish()
    assert papers.thread_of(twin, front).pk != papers.thread_of(page, front).pk


def test_words_of_a_published_story_are_what_passages_point_to(front: FrontPage) -> None:
    body = [
        (
            "text",
            "<h2>At  the quay</h2><p>Ten <b>ships</b><br/>wait &amp; see.</p><ul><li>One</li><li>Two</li></ul>",
        ),
        ("quote", {"text": "We saw nothing.", "attribution": "A pilot"}),
        ("pull_out", {"text": "Ten ships wait."}),
        ("text", "<p></p><p>The end.</p>"),
    ]
    page = papers.story(front, standfirst="A quay is shut.", body=body)
    document = Document.objects.get(site=front.publication, key=page.thread_key)
    words = "A quay is shut.|At the quay|Ten ships\nwait & see.|One|Two|We saw nothing.|A pilot|The end."
    assert text_of(document) == words.replace("|", "\n\n")
    read = parts(StoryPage.objects.get(pk=page.pk))
    assert all(text_of(document)[part.begin :].startswith(part.text) for part in read)
    assert [part.kind for part in read] == ["standfirst", *["text"] * 4, "quote", "quote", "text"]
    page.title = "Another headline"
    page.save_revision().publish()
    draft = papers.story(front, publish=False)
    document.refresh_from_db()
    assert document.version == 1
    assert not Document.objects.filter(key=draft.thread_key).exists()


def test_pictures_are_ready_before_readers_ask(front: FrontPage) -> None:
    from rejoinder.newsroom.composing import Lead

    photograph = papers.photograph(900, 600)
    papers.story(front, lead=Lead(photograph, "A quay"))
    jobs.work_once()
    made = set(photograph.renditions.values_list("filter_spec", flat=True))
    assert made == {"width-480|format-webp", "width-800|format-webp", "fill-1200x630|format-jpeg"}


def test_imported_time_of_publication_is_no_update(front: FrontPage) -> None:
    page = papers.story(front, published=clock.now() - timedelta(days=900))
    assert StoryPage.objects.get(pk=page.pk).updated is None


def test_idle_worker_looks_without_writing(front: FrontPage, django_assert_num_queries: object) -> None:
    from rejoinder.newsroom.jobs import publish_scheduled

    with django_assert_num_queries(2):  # type: ignore[operator]
        publish_scheduled()
