"""Events: stored with the change, delivered after it, to every listener."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from rejoinder.core import clock, events, jobs
from rejoinder.core.models import Event as Row
from rejoinder.core.models import Job
from rejoinder.discussion.events import CommentPosted
from tests import factories as make

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class BellRung(events.Event):
    times: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(events, "_listeners", {})
    monkeypatch.setattr(events, "_gathering", {})
    monkeypatch.setattr(jobs, "_periodic", {})
    calls: list[Any] = []
    events.listen(BellRung, name="test.first")(calls.append)
    events.listen(BellRung, name="test.second")(calls.append)
    return calls


def test_every_listener_hears_the_event_once_and_later(heard: list[Any]) -> None:
    events.publish(BellRung(times=3))
    assert heard == [], "after commit, not within"
    jobs.work_once()
    assert heard == [BellRung(times=3)] * 2
    row = Row.objects.get()
    assert (row.kind, row.payload) == ("BellRung", {"times": 3})


def test_event_of_a_change_that_is_rolled_back_is_heard_by_nobody(heard: list[Any]) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        events.publish(BellRung(times=1))
        raise ValueError
    jobs.work_once()
    assert heard == []
    assert not Row.objects.exists()


def test_listener_that_fails_hears_it_again_and_the_others_are_not_held_up(heard: list[Any]) -> None:
    def fail(_: BellRung) -> None:
        raise ValueError

    events.listen(BellRung, name="test.failing")(fail)
    events.publish(BellRung(times=1))
    jobs.work_once()
    assert len(heard) == 2
    assert Job.objects.get().task == "listener:test.failing"


def test_comment_tells_its_posting_without_its_words() -> None:
    found = make.comment(make.thread(), "Words that stay where they are.")
    row = Row.objects.get(kind=CommentPosted.__name__)
    assert row.payload["comment"] == found.pk
    assert "Words" not in str(row.payload)


def test_who_is_told_together_hears_all_in_their_order_many_at_a_time_whatever_came_last(
    heard: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MANY", 3)
    together: list[list[int]] = []
    events.listen_together(BellRung, name="test.together")(
        lambda rung: together.append([bell.times for bell in rung])
    )
    for times in range(5):
        events.publish(BellRung(times=times))
    assert not Job.objects.filter(task="listener:test.together").exists(), "who publishes shares no row"
    jobs.work_once()
    assert together == [[0, 1, 2], [3, 4]]
    # Committed late under an early number, as by somebody who wrote beside others.
    late = Row.objects.create(pk=-1, kind="BellRung", payload={"times": 5}, created=clock.now(), waits=True)
    jobs.work_once()
    assert together[2:] == [[5]]
    # As an earlier version left it: by the first event's number alone.
    jobs.enqueue("listener:test.together", since=late.pk)
    jobs.work_once()
    assert together[3:] == [[5, 0, 1, 2, 3, 4]]


def test_worker_rests_between_looks_however_much_it_found(heard: list[Any]) -> None:
    stop = threading.Event()
    order: list[int | str] = []

    def tell(rung: list[BellRung]) -> None:
        order.append(len(rung))
        for times in (1, 2):  # as if people went on posting
            events.publish(BellRung(times=times))

    def rest(_seconds: float) -> None:
        order.append("rest")
        if order.count("rest") == 3:
            stop.set()

    events.listen_together(BellRung, name="test.together")(tell)
    events.publish(BellRung(times=0))
    jobs.work(stop, rest=rest)
    assert order == [1, "rest", 2, "rest", 2, "rest"]
