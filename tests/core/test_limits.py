"""Limits that protect: they count what happens, and never lock longer than their window."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.core import clock, rows
from rejoinder.core.errors import TooMany
from rejoinder.core.limits import Limit, check_room, forget_tallies, spend, take
from rejoinder.core.models import Tally
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

START = "2027-03-01T10:00:00Z"
THREE = Limit("test", most=3, window=timedelta(minutes=10))


def test_as_many_as_may_then_the_seconds_until_there_is_room() -> None:
    with time_machine.travel(START, tick=False) as time:
        assert [take(THREE, "a") for _ in range(3)] == [None] * 3
        assert take(THREE, "a") == 600
        time.shift(timedelta(minutes=9, seconds=59))
        assert take(THREE, "a") == 1
        time.shift(timedelta(seconds=1))
        assert take(THREE, "a") is None


def test_several_at_once_count_where_there_is_room_for_all_of_them() -> None:
    assert take(THREE, "a", uses=2) is None
    assert take(THREE, "a", uses=2) is not None
    assert take(THREE, "a") is None
    assert take(THREE, "a") is not None


def test_each_counts_alone() -> None:
    assert [take(THREE, "a") for _ in range(4)][-1] is not None
    assert take(THREE, "b") is None
    assert take(Limit("other", 3, THREE.window), "a") is None
    assert take(THREE, "a", "b") is None


def test_refusal_says_how_long_to_wait() -> None:
    with time_machine.travel(START, tick=False):
        for _ in range(3):
            spend(THREE, "a")
        with pytest.raises(TooMany, match="Wait 10 minutes") as refusal:
            spend(THREE, "a")
    assert refusal.value.retry_after == 600


def test_who_was_refused_is_refused_without_being_counted_until_there_is_room() -> None:
    with time_machine.travel(START, tick=False) as time:
        for _ in range(3):
            check_room(THREE, "full")
            spend(THREE, "full")
        with pytest.raises(TooMany):
            spend(THREE, "full")
        with pytest.raises(TooMany) as refusal:
            check_room(THREE, "full")
        assert refusal.value.retry_after == 600
        check_room(THREE, "another")
        time.shift(THREE.window)
        check_room(THREE, "full")
        assert take(THREE, "full", uses=3) is None


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=365)])
def test_clock_set_back_locks_nobody_longer_than_the_window(ahead: timedelta) -> None:
    with time_machine.travel(START, tick=False) as time:
        time.shift(ahead)
        for _ in range(4):
            take(THREE, "a")
    with time_machine.travel(START, tick=False):
        assert take(THREE, "a") is None


def test_clock_set_back_a_little_waits_at_most_the_window() -> None:
    with time_machine.travel(START, tick=False) as time:
        for _ in range(4):
            take(THREE, "a")
        time.shift(timedelta(seconds=-9))
        assert (take(THREE, "a") or 0) <= 600


def test_clock_a_year_forward_begins_a_new_window() -> None:
    with time_machine.travel(START, tick=False) as time:
        for _ in range(4):
            take(THREE, "a")
        time.shift(timedelta(days=365))
        assert take(THREE, "a") is None


def test_ended_windows_are_forgotten() -> None:
    with time_machine.travel(START, tick=False) as time:
        take(THREE, "a")
        forget_tallies()
        assert Tally.objects.exists()
        time.shift(timedelta(minutes=10, seconds=1))
        forget_tallies()
        assert not Tally.objects.exists()


def test_who_it_was_is_not_in_the_table() -> None:
    take(THREE, "192.0.2.7")
    assert "192.0.2.7" not in str(Tally.objects.values())


def test_who_waited_for_the_lock_does_not_begin_the_window_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their clock was read before that of the one who had it."""
    from rejoinder.core import clock

    moments = [clock.now() - timedelta(seconds=number) for number in range(20)]
    monkeypatch.setattr(clock, "now", lambda: moments.pop(0))
    assert [take(THREE, "a") is None for _ in range(5)].count(True) == 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly() -> None:
    limit = Limit("crowd", most=7, window=timedelta(hours=1))
    assert [wait is None for wait in at_once(16, lambda _: take(limit, "a"))].count(True) == 7


def test_many_that_are_over_are_forgotten_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who posts meanwhile waits for some of them."""
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    past, later = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    Tally.objects.bulk_create([Tally(key=f"old {number}", count=1, ends=past) for number in range(5)])
    Tally.objects.create(key="new", count=1, ends=later)
    with CaptureQueriesContext(connection) as asked:
        forget_tallies()
    assert list(Tally.objects.values_list("key", flat=True)) == ["new"]
    assert sum("DELETE" in statement["sql"] for statement in asked) == 3
