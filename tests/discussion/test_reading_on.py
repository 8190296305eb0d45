"""Whoever goes from window to window loses nothing and meets nothing twice, whatever others do meanwhile."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.core import clock
from rejoinder.discussion import standings
from rejoinder.discussion.actions import cast_vote
from rejoinder.discussion.jobs import forget_standings
from rejoinder.discussion.models import Comment, Standing, Thread
from rejoinder.discussion.orders import ORDERS
from rejoinder.discussion.queries import find_drift
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.cursor import parse
from tests import factories as make
from tests.discussion.crowd import Crowd, small_windows
from tests.discussion.walking import cursors_of, drawn_in, walk


def _listed(thread: Thread) -> set[int]:
    return set(thread.comments.filter(listed=True).values_list("pk", flat=True))


def _tree(size: int, chance: random.Random) -> list[int | None]:
    """Half of them roots; the others answer the newest, or anything before."""
    return [
        None if number == 0 or chance.random() < 0.5 else number - 1 - int(number * chance.random() ** 3)
        for number in range(size)
    ]


def _walk_all(thread: Thread, crowd: Crowd, acts: int) -> None:
    """One reader in each order, window by window in turn, while the crowd acts between any two of them."""
    readers = {order: walk(thread, order) for order in ORDERS}
    seen: dict[str, list[int]] = {order: [] for order in ORDERS}
    throughout = _listed(thread)
    while readers:
        for order, reader in list(readers.items()):
            window = next(reader, None)
            if window is None:
                del readers[order]
                continue
            seen[order] += drawn_in(window)
            for _ in range(acts):
                crowd.act()
                throughout &= _listed(thread)
    for order, numbers in seen.items():
        assert len(numbers) == len(set(numbers)), f"{order}: nothing twice"
        assert throughout <= set(numbers), f"{order}: nothing lost"


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [6, pytest.param(100, marks=pytest.mark.long)])
def test_walking_meets_what_stays_exactly_once_while_a_crowd_changes_the_thread(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 10**9), size=st.integers(10, 50), acts=st.integers(1, 3))
    def whatever_happens(seed: int, size: int, acts: int) -> None:
        chance = random.Random(seed)
        thread = make.thread()
        make.rows_of(thread, _tree(size, chance))
        with small_windows():
            _walk_all(thread, Crowd(thread, chance), acts)

    whatever_happens()
    assert find_drift() == []


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["best", "most-replied"])
def test_what_rises_past_the_reader_is_met_and_what_falls_past_him_is_not_met_again(order: str) -> None:
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 150)
    reader = walk(thread, order)
    seen = drawn_in(next(reader))
    crowd = Crowd(thread, random.Random(1))
    for number in (seen[0], seen[10]):
        crowd.vote(make.again(Comment(pk=number)), -1)
    for row in (rows[0], rows[5]):
        assert row.pk not in seen
        crowd.vote(make.again(row), 1)
        crowd.reply(make.again(row))
    for window in reader:
        seen += drawn_in(window)
    assert sorted(number for number in seen if number <= rows[-1].pk) == [row.pk for row in rows]


@pytest.mark.django_db
def test_first_window_shows_the_order_of_this_moment() -> None:
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 150)
    first = build.first(thread.site, thread, "best")
    assert first.more
    crowd = Crowd(thread, random.Random(1))
    crowd.vote(rows[0], 1)
    assert build.first(thread.site, thread, "best").roots[0].number == rows[0].pk


@pytest.mark.django_db
def test_window_says_the_revision_that_it_shows_and_not_the_one_of_a_thread_read_before() -> None:
    stale = make.thread()
    found = make.comment(stale)
    for order in ORDERS:
        for window in (
            build.first(stale.site, stale, order),
            build.context(stale.site, stale, found, order),
        ):
            assert (window.revision, window.comment_count) == (1, 1)


@pytest.mark.django_db
def test_cursor_from_before_cursors_knew_revisions_goes_on_in_the_present_order() -> None:
    thread = make.thread()
    make.rows_of(thread, [None] * 120)
    more = build.first(thread.site, thread, "best").more
    assert more
    cursor = parse(more.cursor, thread=thread.pk, order="best")
    assert cursor.revision == 1
    old = more.cursor.replace("best~1", "best")
    at = parse(old, thread=thread.pk, order="best")
    assert at.revision is None
    same = build.further(thread.site, thread, cursor)
    assert drawn_in(build.further(thread.site, thread, at)) == drawn_in(same)


def _go_on(thread: Thread, cursor: str) -> list[int]:
    return drawn_in(build.further(thread.site, thread, parse(cursor, thread=thread.pk, order="best")))


def _left(thread: Thread) -> tuple[str, Comment]:
    """A cursor after fifty of a hundred and twenty roots, and one of the fifty, which has fallen behind it since."""
    make.rows_of(thread, [None] * 120)
    first = build.first(thread.site, thread, "best")
    assert first.more
    fallen = make.again(Comment(pk=drawn_in(first)[0]))
    Crowd(thread, random.Random(1)).vote(fallen, -1)
    return first.more.cursor, fallen


@pytest.mark.django_db
def test_after_an_hour_a_list_is_read_on_as_it_is() -> None:
    thread = make.thread()
    with time_machine.travel(clock.now(), tick=False) as time:
        cursor, fallen = _left(thread)
        time.shift(standings.KEEP)
        forget_standings()
        assert fallen.pk not in _go_on(thread, cursor)
        time.shift(timedelta(seconds=1))
        forget_standings()
    thread.refresh_from_db()
    assert (Standing.objects.count(), thread.settled) == (0, thread.revision)
    window = build.further(thread.site, thread, parse(cursor, thread=thread.pk, order="best"))
    assert window.more
    assert f"best~{thread.revision}." in window.more.cursor, "and from here on it stays as it is now"
    seen = drawn_in(window) + _go_on(thread, window.more.cursor)
    assert fallen.pk in seen
    assert find_drift() == []


@pytest.mark.django_db
def test_who_left_off_too_many_changes_ago_goes_on_in_the_present_order() -> None:
    thread = make.thread()
    cursor, fallen = _left(thread)
    again = cursor
    Thread.objects.filter(pk=thread.pk).update(revision=1 + standings.REACH)
    assert fallen.pk not in _all(thread, again)
    Thread.objects.filter(pk=thread.pk).update(revision=2 + standings.REACH)
    assert fallen.pk in _all(thread, again)
    forget_standings()
    assert Standing.objects.count() == 1, "one that nobody reads is no reason to write"


def _all(thread: Thread, cursor: str) -> list[int]:
    window = build.further(thread.site, thread, parse(cursor, thread=thread.pk, order="best"))
    return drawn_in(window) + [number for more in cursors_of(window) for number in _all(thread, more)]


@pytest.mark.django_db
def test_of_a_crowded_thread_what_nobody_can_reach_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings, "REACH", 10)
    monkeypatch.setattr(standings, "BATCH", 4)
    thread = make.thread()
    found = make.comment(thread)
    for _ in range(25):
        cast_vote(viewer=make.viewer(thread.site, make.commenter()), comment=found, value=1)
    forget_standings()
    thread.refresh_from_db()
    assert list(Standing.objects.order_by("pk").values_list("until", flat=True)) == list(range(17, 27))
    assert thread.settled == thread.revision - 10 == 16
    assert find_drift() == []


@pytest.mark.django_db
def test_cursor_of_a_revision_that_has_not_been_goes_on_in_the_present_order() -> None:
    thread = make.thread()
    cursor, fallen = _left(thread)
    ahead = cursor.replace("best~1", f"best~{2**63 - 1}")
    assert fallen.pk in _all(thread, ahead)


@pytest.mark.django_db
def test_change_that_moves_very_many_ends_what_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from rejoinder.discussion import counters

    monkeypatch.setattr(standings, "MANY", 2)
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 3)
    moved = [standings.Moved(row.pk, thread.pk, None, Standing.Key.REPLY_COUNT, 0) for row in rows]
    counters.touch(thread.pk, moved=moved[:2])
    assert Standing.objects.count() == 2
    assert counters.touch(thread.pk, moved=moved).revision == 3
    thread.refresh_from_db()
    assert (Standing.objects.count(), thread.settled, thread.revision) == (2, 3, 3)


@pytest.mark.django_db
def test_uncounted_vote_and_vote_that_changes_nothing_write_no_standing() -> None:
    found, address = make.comment(make.thread()), make.an_address()
    first = make.guest(address)
    first.vote(found, 1)
    first.vote(found, 1)
    assert make.guest(address).vote(found, -1).json()["counted"] is False
    assert [(row.value, row.since, row.until) for row in Standing.objects.all()] == [(-500_000_000, 0, 2)]


@pytest.mark.django_db
def test_page_read_as_it_was_uses_the_indices_and_as_many_statements_as_any() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by statistics, which a fresh table has none of")
    from django.test.utils import CaptureQueriesContext

    thread = make.thread()
    cursor, _fallen = _left(thread)
    make.comment(thread, parent=thread.comments.order_by("pk")[0])
    counts, plans = [], []
    for text in (cursor, cursor.replace("best~1", "best")):
        at = parse(text, thread=thread.pk, order="best")
        with CaptureQueriesContext(connection) as captured:
            build.further(thread.site, thread, at)
        counts.append(len(captured))
        with connection.cursor() as asked:
            for query in captured.captured_queries:
                asked.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                plans += [step[3] for step in asked.fetchall()]
    assert counts[0] == counts[1] <= 6
    assert any("standing_siblings" in step for step in plans)
    assert any("root_best" in step for step in plans)
    assert not any(step.startswith(("SCAN c", "SCAN rejoinder")) for step in plans)
