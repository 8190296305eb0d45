"""The badge “Author of the story”: for whom the desk has tied to the page of one of its authors, beneath that story."""

from __future__ import annotations

import pytest

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people.erasure import ask_to_be_erased, erase
from rejoinder.accounts.people.exports import lines_of
from rejoinder.discussion.models import Thread
from rejoinder.newsroom.models import AuthorIndex, AuthorPage, FrontPage, StoryPage
from rejoinder.newsroom.models.author import AuthorForm
from tests import factories as make
from tests.newsroom import papers

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]

BADGE = "Author of the story"


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


@pytest.fixture
def writer(front: FrontPage) -> Commenter:
    return make.staff(front.publication, "editor", name="Ada Brook")


def _signed_by(front: FrontPage, page: AuthorPage) -> tuple[StoryPage, Thread]:
    story = papers.story(front, authors=[(page, page.title)])
    return story, papers.thread_of(story, front)


def _window(thread: Thread) -> str:
    answer = make.guest().get(f"/threads/{thread.site.key}/window", {"key": thread.key})
    return answer.content.decode()


def test_author_carries_the_badge_beneath_their_own_story_alone(front: FrontPage, writer: Commenter) -> None:
    page = papers.author(front, "Ada Brook")
    page.person = writer
    page.save_revision().publish()
    _story, thread = _signed_by(front, page)
    other = papers.thread_of(papers.story(front, authors=[(None, "Ada Brook")]), front)
    # Another site calls a thread of its own by the same key.
    elsewhere = make.thread(key=thread.key)
    for of in (thread, other, elsewhere):
        make.comment(of, "I was there.", by=writer)
        make.comment(of, "So was I.", name="Ada B.")
    assert _window(thread).count(BADGE) == 1
    assert BADGE not in _window(other) and BADGE not in _window(elsewhere)


def test_badge_comes_and_goes_with_the_author_page_and_the_byline(
    front: FrontPage, writer: Commenter
) -> None:
    page = papers.author(front)
    story, thread = _signed_by(front, page)
    make.comment(thread, "I was there.", by=writer)
    assert BADGE not in _window(thread)
    page.person = writer
    page.save_revision().publish()
    assert BADGE in _window(thread)
    story.bylines = [story.bylines.model(name="Somebody else")]
    story.save_revision().publish()
    assert BADGE not in _window(thread)


def test_desk_offers_those_who_work_for_the_site_and_nobody_else(front: FrontPage, writer: Commenter) -> None:
    make.account("A reader")
    make.staff(make.site(), name="Somebody elsewhere")
    page = papers.author(front)
    form = AuthorPage.get_edit_handler().get_form_class()
    assert issubclass(form, AuthorForm)
    offered = (
        form(instance=page, parent_page=AuthorIndex.objects.child_of(front).get()).fields["person"].queryset
    )
    assert list(offered) == [writer]


def test_page_of_an_author_who_is_erased_is_tied_to_nobody(front: FrontPage) -> None:
    person, page = make.account(), papers.author(front)
    page.person = person
    page.save_revision().publish()
    assert "author page" in {line["type"] for line in lines_of(person)}
    erase(number=ask_to_be_erased(commenter=person, keeps_words=True).pk)
    page.refresh_from_db()
    assert (page.person, page.live) == (None, True)
