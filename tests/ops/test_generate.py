"""A generated thread is a thread like any other: its counters count, its order is that of a written one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Max

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.core.text.render import render
from rejoinder.discussion.actions.post import branch_beneath
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.discussion.orders import rank_of, tie_of
from rejoinder.discussion.queries import find_drift
from rejoinder.transfer.generator import write
from rejoinder.transfer.generator.ballots import voters
from rejoinder.transfer.generator.write import generate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site.objects.create(key="demo", name="Demo", created=clock.now())


@pytest.fixture
def thread(site: Site, monkeypatch: pytest.MonkeyPatch) -> Thread:
    monkeypatch.setattr(write, "BATCH", 150)  # replies reach back across batches
    return generate(site=site, key="big", comments=700, seed=3)


def test_counters_equal_rows(thread: Thread) -> None:
    assert find_drift(700) == []
    assert thread.comment_count == thread.comments.count() == 700


def test_rows_are_as_if_they_had_been_posted(thread: Thread) -> None:
    rows = {row.pk: row for row in thread.comments.all()}
    for row in rows.values():
        parent = rows.get(row.parent_id or 0)
        assert row.depth == (parent.depth + 1 if parent else 0)
        assert row.branch_id == branch_beneath(parent)
        assert row.branch_count == sum(other.branch_id == row.pk for other in rows.values())
        assert row.place == clock.micros(row.created)
        assert row.tie == tie_of(row.place, root=parent is None)
        assert row.rank == rank_of(row.ups, row.downs, thread.prior_up, thread.prior_down)
        assert row.html == render(row.body)
        assert parent is None or (parent.pk < row.pk and parent.created <= row.created)


def test_it_looks_like_an_argument(thread: Thread) -> None:
    most = thread.comments.aggregate(Max("depth"), Max("reply_count"), Max("ups"))
    assert most["depth__max"] >= 8
    assert most["reply_count__max"] >= 10
    assert most["ups__max"] >= 10
    assert 100 < thread.comments.filter(parent=None).count() < 400
    assert thread.comments.values("author").distinct().count() > 50
    assert thread.comments.values("body").distinct().count() > 650


def test_nobody_votes_twice_or_for_himself(thread: Thread) -> None:
    votes = Vote.objects.filter(comment__thread=thread)
    assert votes.count() > 700
    assert not [vote for vote in votes.select_related("comment") if vote.voter_id == vote.comment.author_id]


def test_times_lie_before_now_and_rise_with_the_numbers(thread: Thread) -> None:
    times = list(thread.comments.order_by("pk").values_list("created", flat=True))
    assert times == sorted(times)
    assert thread.created <= times[0]
    assert times[-1] < clock.now()


def test_the_same_seed_gives_the_same_thread(site: Site) -> None:
    once, again, other = (
        list(
            generate(site=site, key=key, comments=60, seed=seed)
            .comments.order_by("pk")
            .values_list("body", "ups")
        )
        for key, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert once == again != other


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_thread_speaks_the_language_of_its_site(site: Site, language: str) -> None:
    english = generate(site=site, key="en", comments=20).comments.values_list("body", flat=True)
    site.language = language
    site.save()
    assert not set(english) & set(
        generate(site=site, key=language, comments=20).comments.values_list("body", flat=True)
    )


def test_thread_that_exists_is_left_alone(thread: Thread) -> None:
    with pytest.raises(Conflict):
        generate(site=thread.site, key="big", comments=5)
    assert thread.comments.count() == 700


@pytest.mark.parametrize("comments", [0, -1, 5_000_001])
def test_impossible_number_is_refused(site: Site, comments: int) -> None:
    with pytest.raises(InvalidInput):
        generate(site=site, key="no", comments=comments)
    assert not Thread.objects.exists()


@pytest.mark.parametrize("key", ["", "k" * 501, "a\x00b", "a\nb"])
def test_impossible_key_is_refused(site: Site, key: str) -> None:
    with pytest.raises(InvalidInput):
        generate(site=site, key=key, comments=5)
    assert not Thread.objects.exists()


class Interrupted(Exception):
    pass


def test_interrupted_thread_is_a_smaller_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "BATCH", 100)

    def stop(done: int) -> None:
        if done == 200:
            raise Interrupted

    with pytest.raises(Interrupted):
        generate(site=site, key="big", comments=500, tell=stop)
    assert Thread.objects.get().comment_count == Comment.objects.count() == 200
    assert find_drift(200) == []


@pytest.mark.parametrize("comments", [1, 400, 99_999, 10_000_000])
def test_number_of_voters_is_a_prime(comments: int) -> None:
    count: Any = voters(comments)
    assert all(count % divisor for divisor in range(2, int(count**0.5) + 1))
