"""Jobs: stored with the change, done at least once, tried again with growing pauses, parked in the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from rejoinder.core import clock, jobs
from rejoinder.core.models import Job, Schedule
from tests.parallel import at_once

START = "2027-03-01T10:00:00Z"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the test's own task was called with; other periodic tasks are out of the way."""
    calls: list[Any] = []
    monkeypatch.setattr(jobs, "_tasks", {"test.note": lambda **more: calls.append(more)})
    monkeypatch.setattr(jobs, "_periodic", {})
    yield calls


def _fail(**_: Any) -> None:
    raise ValueError("not today")


@pytest.mark.django_db
def test_job_runs_once_with_its_arguments(ran: list[Any]) -> None:
    jobs.enqueue("test.note", text="hello", number=7)
    assert (jobs.work_once(), jobs.work_once()) == (1, 0)
    assert ran == [{"text": "hello", "number": 7}]
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_job_of_a_change_that_is_rolled_back_was_never_there(ran: list[Any]) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        jobs.enqueue("test.note")
        raise ValueError
    assert jobs.work_once() == 0
    assert ran == []


@pytest.mark.django_db
def test_job_waits_until_it_is_due(ran: list[Any]) -> None:
    with time_machine.travel(START, tick=False) as time:
        jobs.enqueue("test.note", due=clock.now() + timedelta(minutes=5))
        assert jobs.work_once() == 0
        time.shift(timedelta(minutes=5))
        assert jobs.work_once() == 1


@pytest.mark.django_db
def test_failing_job_waits_longer_each_time_and_is_parked_after_eight(
    ran: list[Any], monkeypatch: Any
) -> None:
    monkeypatch.setitem(jobs._tasks, "test.fail", _fail)
    with time_machine.travel(START, tick=False) as time:
        jobs.enqueue("test.fail")
        jobs.enqueue("test.note")
        pauses = []
        for attempt in range(1, jobs.TRIES + 1):
            jobs.work_once()
            job = Job.objects.get(task="test.fail")
            assert (job.attempts, job.leased_until) == (attempt, None)
            assert "not today" in job.last_error
            pauses.append((job.due - clock.now()).total_seconds())
            assert jobs.work_once() == 0, "not before its time"
            time.shift(timedelta(seconds=pauses[-1] + 1))
        for number, pause in enumerate(pauses):
            assert pause == pytest.approx(10 * 2**number, rel=0.11)
        assert job.parked is not None
        time.shift(timedelta(days=30))
        assert jobs.work_once() == 0, "a person has to look"
    assert ran == [{}], "the others went on"


@pytest.mark.django_db
def test_task_that_no_release_knows_any_more_is_kept_and_harms_no_other(ran: list[Any]) -> None:
    jobs.enqueue("test.forgotten")
    jobs.enqueue("test.note")
    jobs.work_once()
    assert ran == [{}]
    assert Job.objects.get().task == "test.forgotten"


@pytest.mark.django_db
def test_job_of_a_worker_that_died_comes_back_when_its_lease_ends(ran: list[Any]) -> None:
    with time_machine.travel(START, tick=False) as time:
        jobs.enqueue("test.note")
        assert jobs.lease() is not None
        time.shift(jobs.LEASE - timedelta(seconds=1))
        assert jobs.work_once() == 0
        time.shift(timedelta(seconds=1))
        assert jobs.work_once() == 1
    assert ran == [{}]


@pytest.mark.django_db
def test_worker_that_was_thought_dead_does_not_settle_what_another_took(
    ran: list[Any], monkeypatch: Any
) -> None:
    monkeypatch.setitem(jobs._tasks, "test.fail", _fail)
    with time_machine.travel(START, tick=False) as time:
        jobs.enqueue("test.fail")
        slow = jobs.lease()
        time.shift(jobs.LEASE)
        assert jobs.lease() is not None
        assert slow is not None
        jobs.run(slow)
        job = Job.objects.get()
        assert job.leased_until is not None, "the other still has it"
        assert (job.attempts, job.last_error) == (2, "")


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=-400), timedelta(days=365)])
def test_clock_that_jumps_keeps_no_lease_for_ever(ran: list[Any], jump: timedelta) -> None:
    with time_machine.travel(START, tick=False):
        jobs.enqueue("test.note", due=clock.now() - timedelta(days=500))
        jobs.lease()
    with time_machine.travel(START, tick=False) as time:
        time.shift(jump)
        assert jobs.work_once() == 1


@pytest.mark.django_db
def test_key_keeps_one_of_those_that_wait(ran: list[Any]) -> None:
    for _ in range(3):
        jobs.enqueue("test.note", key="one")
    jobs.enqueue("test.note", key="other")
    assert jobs.work_once() == 2


@pytest.mark.django_db
def test_key_of_a_job_that_runs_is_free_again(ran: list[Any]) -> None:
    """What changed after it began is for the next one."""
    jobs.enqueue("test.note", key="one")
    assert jobs.lease() is not None
    jobs.enqueue("test.note", key="one")
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_periodic_task_runs_when_it_is_due(ran: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setitem(jobs._periodic, "test.note", timedelta(hours=1))
    with time_machine.travel(START, tick=False) as time:
        counts = []
        for minutes in (0, 1, 58, 2, 60):
            time.shift(timedelta(minutes=minutes))
            counts.append(jobs.work_once())
        assert counts == [1, 0, 0, 1, 1]
        assert Schedule.objects.get().last_run == clock.now()
        time.shift(timedelta(days=9))
        assert jobs.work_once() == 1, "what was missed is done once"


@pytest.mark.django_db
def test_periodic_task_runs_again_after_the_clock_was_a_year_ahead(ran: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setitem(jobs._periodic, "test.note", timedelta(hours=1))
    with time_machine.travel("2028-03-01T10:00:00Z", tick=False):
        jobs.work_once()
    with time_machine.travel(START, tick=False):
        jobs.work_once()
        assert Schedule.objects.get().next_due == clock.now() + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_each_job_once_and_each_period_once(ran: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setitem(jobs._periodic, "test.note", timedelta(hours=1))
    for number in range(12):
        jobs.enqueue("test.note", number=number)
    at_once(6, lambda _: jobs.work_once())
    assert sorted(call.get("number", -1) for call in ran) == [-1, *range(12)]
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_idle_worker_asks_three_things_a_look(django_assert_num_queries: Any) -> None:
    """When tasks are due, whether events wait, whether a job does: not once for each task."""
    jobs.work_once()
    with django_assert_num_queries(3):
        assert jobs.work_once() == 0
