"""Events: stored with the change, delivered after it, to every listener."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from rejoinder.core import events, jobs
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


def test_who_is_told_together_hears_all_in_their_order_by_one_job_and_what_is_too_much_by_the_next(
    heard: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MANY", 3)
    together: list[list[int]] = []
    events.listen_together(BellRung, name="test.together")(
        lambda rung: together.append([bell.times for bell in rung])
    )
    for times in range(5):
        events.publish(BellRung(times=times))
    assert Job.objects.filter(task="listener:test.together").count() == 1
    jobs.work_once()
    assert together == [[0, 1, 2], [3, 4]]
    events.publish(BellRung(times=5))
    jobs.work_once()
    assert together[2:] == [[5]]


def test_event_numbered_before_those_that_a_waiting_job_reaches_back_to_is_told_all_the_same(
    heard: list[Any],
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite nobody writes beside another")
    together: list[int] = []
    events.listen_together(BellRung, name="test.late")(
        lambda rung: together.extend(bell.times for bell in rung)
    )
    with transaction.atomic():
        # Somebody whose event has a later number was first to store the job.
        jobs.enqueue("listener:test.late", key="listener:test.late", since=2**40)
    events.publish(BellRung(times=7))
    jobs.work_once()
    assert together == [7]
