"""Threads that get another key, or become one: nothing is lost, and whoever has the old address is led there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.accounts.models import Authorship, Commenter
from rejoinder.core import clock
from rejoinder.core.errors import Conflict, InvalidInput, NotFound
from rejoinder.core.models import Event
from rejoinder.discussion.actions import cast_vote, change_thread, delete_comment, open_thread
from rejoinder.discussion.actions.moves import merge_threads, move_thread
from rejoinder.discussion.models import Admission, Alias, Comment, Thread, Vote
from rejoinder.discussion.orders import rank_of
from rejoinder.discussion.queries import access_thread, counts_by_key, find_drift
from rejoinder.discussion.standings import Standing
from rejoinder.discussion.windows import build
from rejoinder.moderation.actions import decide_thread
from rejoinder.moderation.models import Decision
from rejoinder.transfer.models import Import
from tests import factories as make
from tests.discussion.walking import listed_by_hand, visited

pytestmark = pytest.mark.django_db
ORDERS = ("best", "newest", "oldest", "most-replied")


def address_of(thread: Thread, key: str, page: str = "window", **more: Any) -> str:
    return f"{reverse(f'rejoinder:{page}', args=[thread.site.key])}?{urlencode({'key': key, **more})}"


def test_old_key_leads_to_the_moved_thread_everywhere() -> None:
    thread = make.thread(key="old")
    found = make.comment(thread, "Said before the move.")
    move_thread(thread=thread, key="new")
    browser = make.guest()
    for key in ("old", "new"):
        for page in ("thread", "window", "feed"):
            assert "Said before the move." in browser.get(address_of(thread, key, page)).content.decode()
    assert "key=new" in browser.get(f"/comments/{found.public_id}/")["Location"]
    shown = browser.get(address_of(thread, "old", "thread")).content.decode()
    assert 'rel="canonical"' in shown and "key=new" in shown
    assert counts_by_key(thread.site.pk, {"old", "new", "none"}) == {"old": 1, "new": 1}


def test_whoever_writes_under_the_old_key_writes_in_the_moved_thread() -> None:
    thread = make.thread(key="old")
    moved = move_thread(thread=thread, key="new")
    answer = make.guest().write(thread, "Under the old key.")
    assert answer.status_code == 201
    assert Comment.objects.get().thread_id == moved.pk
    assert Thread.objects.count() == 1


def test_a_retry_after_the_move_finds_the_first_comment() -> None:
    thread, browser = make.thread(key="old"), make.guest()
    key = {"idempotency-key": "a-key-of-sixteen-letters"}
    first = browser.write(thread, "Once.", headers=key)
    move_thread(thread=thread, key="new")
    again = browser.write(thread, "Once.", headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_moving_back_leaves_the_key_between_leading_there() -> None:
    thread = make.thread(key="a")
    move_thread(thread=thread, key="b")
    move_thread(thread=thread, key="a")
    assert Thread.objects.get().key == "a"
    assert list(Alias.objects.values_list("key", flat=True)) == ["b"]


def test_a_key_that_led_elsewhere_leads_to_the_thread_that_takes_it() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    move_thread(thread=first, key="c")
    move_thread(thread=second, key="a")
    assert access_thread(site, "a").pk == second.pk
    assert access_thread(site, "b").pk == second.pk


def test_a_key_in_use_is_refused_and_nothing_changes() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    with pytest.raises(Conflict, match="merged"):
        move_thread(thread=first, key="b")
    assert {first.key, second.key} == set(Thread.objects.values_list("key", flat=True))
    assert not Alias.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "a" * 501, "a\nb", "a\x00b"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        move_thread(thread=make.thread(), key=key)


def test_the_address_of_a_page_moves_with_its_key() -> None:
    site = make.site(key="courier")
    page = make.thread(site, "https://courier.example/a", url="https://courier.example/a")
    named = make.thread(site, "post-7", url="https://courier.example/b")
    assert move_thread(thread=page, key="HTTPS://courier.example/c/").url == "https://courier.example/c"
    assert move_thread(thread=named, key="post-8").url == "https://courier.example/b"


def test_a_story_goes_on_under_its_key_after_a_move() -> None:
    """Whoever opens the thread of a key does not make a second one."""
    thread = make.thread(key="story-7")
    move_thread(thread=thread, key="moved")
    assert open_thread(site=thread.site, key="story-7", title="Another title").pk == thread.pk
    assert Thread.objects.get().title == ""


def test_what_was_merged_is_found_under_both_keys() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    make.comment(first, "In the first.")
    found = make.comment(second, "In the second.")
    merge_threads(source=second, into=first)
    for key in ("a", "b"):
        shown = make.guest().get(address_of(first, key)).content.decode()
        assert "In the first." in shown and "In the second." in shown
    assert f"at={found.public_id}" in make.guest().get(f"/comments/{found.public_id}/")["Location"]
    assert [event.kind for event in Event.objects.order_by("-pk")[:1]] == ["ThreadsMerged"]


def test_a_reader_of_the_merged_thread_is_told_to_begin_again() -> None:
    """Its cursors are of a thread that is no more: a sentence, not another's comments."""
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    for _ in range(60):
        make.comment(second)
    more = build.first(site, second, "newest").more
    merge_threads(source=second, into=first)
    assert more is not None
    answer = make.guest().get(address_of(first, "b", sort="newest", cursor=more.cursor))
    assert answer.status_code == 400
    assert "beginning" in answer.content.decode()


def test_what_other_apps_keep_about_a_thread_goes_along() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    decide_thread(viewer=make.viewer(site, make.staff(site)), thread=second, action="close", reason="Enough.")
    Import.objects.create(
        site=site, identity="1", file_name="f", digest="d", thread=second, report={}, created=clock.now()
    )
    merge_threads(source=second, into=first)
    assert Decision.objects.get().thread_id == first.pk
    assert Import.objects.get().thread_id == first.pk


def test_the_author_of_the_story_stays_its_author() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    author = make.account()
    for key in ("a", "b"):
        Authorship.objects.create(site=site, commenter=author, key=key)
    move_thread(thread=second, key="c")
    assert Authorship.objects.filter(commenter=author, key="c").exists()
    merge_threads(source=second, into=first)
    assert Authorship.objects.filter(commenter=author, key="a").count() == 1


def test_the_same_import_in_both_is_known_once() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    for thread in (first, second):
        found = make.comment(thread)
        Comment.objects.filter(pk=found.pk).update(import_key="page-1")
    merge_threads(source=second, into=first)
    assert sorted(map(str, Comment.objects.values_list("import_key", flat=True))) == ["None", "page-1"]


@pytest.mark.parametrize("of_another_site", [False, True])
def test_only_two_threads_of_one_site_are_merged(of_another_site: bool) -> None:
    thread = make.thread()
    with pytest.raises(InvalidInput):
        merge_threads(source=thread, into=make.thread() if of_another_site else thread)


def test_a_thread_that_is_no_more_is_not_merged_again() -> None:
    site = make.site()
    first, second, third = (make.thread(site, key) for key in "abc")
    merge_threads(source=second, into=first)
    with pytest.raises(NotFound):
        merge_threads(source=second, into=third)
    with pytest.raises(NotFound):
        move_thread(thread=second, key="d")


def test_votes_that_waited_count_where_the_voter_was_let_in() -> None:
    site = make.site()
    first, second = make.thread(site, "a"), make.thread(site, "b")
    here, there = make.comment(first), make.comment(second)
    voter = make.commenter()
    for found in (here, there):
        cast_vote(viewer=make.viewer(site, voter), comment=found, value=1)
    Admission.objects.filter(thread=second).update(admitted=None)
    Vote.objects.filter(comment=there).update(counted=False)
    Comment.objects.filter(pk=there.pk).update(ups=0, rank=rank_of(0, 0))
    merge_threads(source=second, into=first)
    assert make.again(there).ups == 1
    assert Admission.objects.get().admitted is not None
    assert find_drift() == []


class Scene:
    """Two threads in which the same five people write and vote."""

    def __init__(self) -> None:
        self.site = make.site()
        self.threads = [make.thread(self.site, key) for key in ("a", "b")]
        Thread.objects.filter(pk=self.threads[1].pk).update(prior_up=3.5, prior_down=1.5)
        self.threads[1].refresh_from_db()
        self.people: list[Commenter] = [make.commenter() for _ in range(5)]
        self.staff = make.staff(self.site)
        self.made: list[Comment] = []

    def act(self, what: str, where: int, which: int, who: int) -> None:
        author, thread = self.people[who], self.threads[where]
        here = [found for found in self.made if found.thread_id == thread.pk]
        if what == "post" or not here:
            self.made.append(make.comment(thread, by=author))
            return
        found = make.again(here[which % len(here)])
        if what == "reply" and found.state == "public":
            self.made.append(make.comment(thread, by=author, parent=found))
        elif what in {"up", "down"} and found.state == "public" and found.author_id != author.pk:
            # All from one address: most of them wait to be let in.
            viewer = make.viewer(self.site, author)
            same = type(viewer)(site=self.site, commenter=author, block=f"home-{self.site.pk}")
            cast_vote(viewer=same, comment=found, value=1 if what == "up" else -1)
        elif what == "remove" and found.state == "public":
            make.decide(found, "remove", by=self.staff)
        elif what == "delete" and found.state == "public":
            assert found.author
            delete_comment(viewer=make.viewer(self.site, found.author), comment=found)
        elif what == "hold":
            change_thread(thread=thread, hold=not thread.hold)
            thread.refresh_from_db()


def kept(comment: Comment) -> tuple[Any, ...]:
    """What no merge may change about a comment."""
    names = (
        "parent_id",
        "depth",
        "branch_id",
        "author_id",
        "author_name",
        "body",
        "html",
        "created",
        "state",
    )
    more = ("listed", "place", "tie", "reply_count", "branch_count")
    return tuple(getattr(comment, name) for name in (*names, *more))


ACTS = st.tuples(
    st.sampled_from(["post", "reply", "reply", "reply", "up", "up", "down", "remove", "delete", "hold"]),
    st.integers(0, 1), st.integers(0, 30), st.integers(0, 4),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, min_size=1, max_size=30), which=st.integers(0, 1))
def test_nothing_is_lost_when_two_threads_become_one(acts: list[Any], which: int) -> None:
    with transaction.atomic():
        scene = Scene()
        for act in acts:
            scene.act(*act)
        source, into = scene.threads[which], scene.threads[1 - which]
        before = {row.pk: kept(row) for row in Comment.objects.all()}
        votes = set(Vote.objects.values_list("comment", "voter", "value"))
        public = Comment.objects.filter(state="public").count()

        merged = merge_threads(source=source, into=into)

        merged = access_thread(scene.site, merged.key)
        rows = list(Comment.objects.all())
        assert {row.pk: kept(row) for row in rows} == before
        assert {row.thread_id for row in rows} <= {merged.pk}
        assert set(Vote.objects.values_list("comment", "voter", "value")) == votes
        assert merged.comment_count == public
        assert find_drift() == []
        for row in rows:
            assert row.rank == rank_of(row.ups, row.downs, merged.prior_up, merged.prior_down)
        admitted = Admission.objects.filter(thread=merged, admitted__isnull=False).values("voter")
        assert not Vote.objects.filter(counted=False, voter__in=admitted).exists()
        assert not Standing.objects.filter(thread=source.pk).exists()
        assert access_thread(scene.site, source.key).pk == merged.pk
        for order in ORDERS:
            assert sorted(visited(merged, order)) == sorted(listed_by_hand(merged))
        oldest = [shown.number for shown in build.first(scene.site, merged, "oldest").roots]
        places = {row.pk: row.place for row in rows}
        assert oldest == sorted(oldest, key=lambda number: places[number])
        transaction.set_rollback(True)


def test_pages_kept_in_memory_are_old_after_a_move() -> None:
    """They are told to be by the revision."""
    thread = make.thread(key="old")
    make.comment(thread)
    before = Thread.objects.get().revision
    move_thread(thread=thread, key="new")
    assert Thread.objects.get().revision == before + 1
