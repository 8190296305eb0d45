"""Jobs: a leased table. Enqueued in the change's own transaction, done at least once.

A worker leases a due job, runs it, deletes it. It renews the lease of a job that takes long; a worker that dies
leaves one that ends, and the job comes back. A job that fails waits longer each time, and after `TRIES` is
parked where `rejoinder doctor` shows it.
Periodic tasks are rows of `Schedule`: whoever advances the row first runs it.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection
from django.db.models import Q

from rejoinder.core import clock, metrics, rows
from rejoinder.core.db import locked, writing
from rejoinder.core.models import Job, Schedule

log = structlog.get_logger("rejoinder.jobs")

LEASE = timedelta(minutes=5)
RENEW = 100.0  # seconds between renewals of the lease of a job in hand
RENEWALS = 36  # an hour; a job that hangs longer is given to somebody else
TRIES = 8  # 10 s, 20 s, 40 s ... 21 min: about 45 minutes in all before a person has to look
FIRST_PAUSE = timedelta(seconds=10)
POLL = 1.0  # seconds between looks at an empty table

_tasks: dict[str, Callable[..., None]] = {}
_periodic: dict[str, timedelta] = {}
_looks: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Leased:
    id: int
    task: str
    arguments: dict[str, Any]
    attempts: int


_in_hand: list[Leased] = []


def register(name: str, function: Callable[..., None]) -> None:
    """Make a task known under a stable name: rows outlive releases."""
    _tasks[name] = function


def periodic(name: str, *, every: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a task that runs every so often, once whatever the number of processes."""

    def decorate(function: Callable[[], None]) -> Callable[[], None]:
        register(name, function)
        _periodic[name] = every
        return function

    return decorate


def at_each_look(function: Callable[[], None]) -> Callable[[], None]:
    """Register what a worker does about once a second, before it leases jobs. It may enqueue some."""
    _looks.append(function)
    return function


def enqueue(task: str, *, key: str | None = None, due: datetime | None = None, **arguments: Any) -> None:
    """Add a job within the present transaction. With a key, does nothing while one with that key waits untouched."""
    job = Job(task=task, arguments=arguments, key=key, due=due or clock.now())
    if key is None:
        rows.store(job)
    else:
        _store_once(job)


def _store_once(job: Job) -> None:
    """Store a job, or see to it that the one with its key waits until this transaction has ended.

    On PostgreSQL that one might otherwise be leased, and done, before it can see what was changed here. On SQLite
    nobody else writes meanwhile. All who enqueue under one key at once wait for each other, so it is not for what
    happens with every post (events.listen_together is).
    """
    locks = connection.features.has_select_for_update
    while not locks or not _waits(str(job.key)):
        rows.store_all([job], otherwise="ON CONFLICT (key) DO NOTHING")
        if not locks:
            return


def _waits(key: str) -> bool:
    """Whether a job waits with this key; it is locked against being leased, not against others who ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM rejoinder_job WHERE key = %s FOR KEY SHARE", [key])
        return cursor.fetchone() is not None


def lease() -> Leased | None:
    """Take the next due job, or None. The lease ends by itself when the worker dies."""
    moment = clock.now()
    # A lease much longer than a whole one was written under another clock. Much: clocks of hosts differ a little,
    # and who waited for the lock looked at theirs before.
    strange = Q(leased_until__gt=moment + 2 * LEASE)
    free = Q(leased_until=None) | Q(leased_until__lte=moment) | strange
    # Without a look first, an idle worker would take the write lock every second.
    waiting = Job.objects.filter(free, parked=None, due__lte=moment).order_by("due", "id")
    if not waiting.exists():
        return None
    with writing():
        due = waiting
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        # The key guards what waits; a job that runs no longer sees changes made after it began.
        job.key, job.leased_until, job.attempts = None, moment + LEASE, job.attempts + 1
        job.save(update_fields=["key", "leased_until", "attempts"])
    return Leased(job.id, job.task, job.arguments, job.attempts)


def run(job: Leased) -> None:
    """Run one leased job and settle it: done, later, or parked."""
    began = time.perf_counter()
    try:
        _tasks[job.task](**job.arguments)
    except Exception as error:  # whatever a task raises, the worker lives and the job is kept
        outcome = _postpone(job, error)
    else:
        outcome = "done"
        with writing():
            Job.objects.filter(id=job.id, attempts=job.attempts).delete()
    # A row may name a task that this version does not know.
    name = job.task if job.task in _tasks else "unknown"
    metrics.ran(name, outcome, time.perf_counter() - began)


def _postpone(job: Leased, error: Exception) -> str:
    moment = clock.now()
    pause = FIRST_PAUSE * 2 ** (job.attempts - 1) * random.uniform(0.9, 1.1)  # noqa: S311
    parked = moment if job.attempts >= TRIES else None
    log.error("job failed", task=job.task, attempt=job.attempts, parked=bool(parked), error=repr(error)[:500])
    with writing():
        Job.objects.filter(id=job.id, attempts=job.attempts).update(
            leased_until=None, due=moment + pause, parked=parked, last_error=repr(error)[:2000]
        )
    return "parked" if parked else "later"


def enqueue_periodic() -> None:
    """Enqueue each periodic task that is due; the row's lock lets one process do it."""
    moment = clock.now()
    # One look for all of them: a worker looks every second, and mostly finds nothing.
    known = dict(Schedule.objects.values_list("task", "next_due"))
    for name, every in _periodic.items():
        if name in known and not _is_due(known[name], moment, every):
            continue
        with writing():
            Schedule.objects.bulk_create([Schedule(task=name, next_due=moment)], ignore_conflicts=True)
            row = locked(Schedule.objects.filter(task=name)).get()
            if not _is_due(row.next_due, moment, every):
                continue
            row.next_due, row.last_run = moment + every, moment
            row.save(update_fields=["next_due", "last_run"])
            enqueue(name, key=f"periodic:{name}")


def _is_due(due: datetime, moment: datetime, every: timedelta) -> bool:
    """Whether a task's time has come. Due much later than after one whole pause was written under another clock."""
    return not moment < due <= moment + 2 * every


def work_once(stop: threading.Event | None = None) -> int:
    """Do all that is due now; once told to stop, no more than the job in hand. Returns the number of jobs run."""
    done, looked = 0, float("-inf")
    while not (stop and stop.is_set()):
        if time.monotonic() - looked >= POLL:
            looked = time.monotonic()
            enqueue_periodic()
            for look in _looks:
                look()
        job = lease()
        if job is None:
            break
        _in_hand.append(job)
        try:
            run(job)
        finally:
            _in_hand.remove(job)
        done += 1
    return done


def renew() -> None:
    """Renew the leases of this process's jobs in hand. A job that went to somebody else meanwhile stays theirs."""
    for job in list(_in_hand):
        with writing():
            Job.objects.filter(id=job.id, attempts=job.attempts).update(leased_until=clock.now() + LEASE)


def _keep_leases(stop: threading.Event) -> None:
    """Renew until told to stop, and until the job that is then in hand is done: the process ends with it."""
    held: dict[int, int] = {}
    while not stop.is_set() or _in_hand:
        time.sleep(RENEW)
        held = {job.id: held.get(job.id, 0) + 1 for job in list(_in_hand)}
        if max(held.values(), default=0) > RENEWALS:
            continue
        try:
            renew()
        except Exception as error:  # the database is away: the lease may end, the job is done at least once
            log.error("lease not renewed", error=repr(error)[:500])
            connection.close()


def work(stop: threading.Event, *, rest: Callable[[float], None] = time.sleep) -> None:
    """Work until told to stop. A failing database is waited for, not died of.

    Between looks it rests: what comes meanwhile is gathered together then. To look again at once, because the last look
    found something, would tell the events of a storm by threes and fours, at five times the work.
    """
    threading.Thread(target=_keep_leases, args=(stop,), name="leases", daemon=True).start()
    while not stop.is_set():
        try:
            work_once(stop)
        except Exception as error:  # the database is away or full: look again after the pause
            log.error("worker waits", error=repr(error)[:500])
            metrics.away("database")
            connection.close()
        rest(POLL)
