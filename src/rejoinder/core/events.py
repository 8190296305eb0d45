"""Events: what happened, told after commit.

An event is a frozen dataclass. `publish` stores it in the transaction of the change and enqueues one job for
each listener, or leaves it to be gathered by a worker for those who are told of many at once; so a listener may be
late or run twice, and no event is lost to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction

from rejoinder.core import clock, jobs, metrics, rows
from rejoinder.core.db import writing
from rejoinder.core.models import Event as Row

_kinds: dict[str, type[Event]] = {}
_listeners: dict[str, list[str]] = {}
_gathering: dict[str, list[str]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Fields are plain JSON values: ids as numbers, moments as ISO strings."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _kinds[cls.__name__] = cls


E = TypeVar("E", bound=Event)
KEEP = timedelta(days=30)  # longer than any listener waits, as long as other traces of an act are kept


def listen(kind: type[E], *, name: str) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a listener under a stable name. It must bear running twice for the same event."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        def deliver(*, payload: dict[str, Any]) -> None:
            function(kind(**payload))

        jobs.register(f"listener:{name}", deliver)
        _listeners.setdefault(kind.__name__, []).append(name)
        return function

    return register


MANY = 200  # events that are told together


def listen_together(
    kind: type[E], *, name: str
) -> Callable[[Callable[[list[E]], None]], Callable[[list[E]], None]]:
    """Register a listener that is told of many events at once: for what happens often, where a job each costs more
    than what it does.

    All that was committed since the last look, about a second's, in the order of their numbers. It must bear running
    twice for the same event, as all listeners do.
    """

    def register(function: Callable[[list[E]], None]) -> Callable[[list[E]], None]:
        def deliver(*, events: Sequence[int] = (), since: int | None = None) -> None:
            found = Row.objects.filter(kind=kind.__name__).order_by("id")
            # A job that an earlier version left names the first of its events only.
            told = found.filter(pk__in=events) if since is None else found.filter(pk__gte=since)
            function([kind(**row.payload) for row in told])

        jobs.register(f"listener:{name}", deliver)
        _gathering.setdefault(kind.__name__, []).append(name)
        return function

    return register


# What was committed is seen here, whatever its number; who writes at this moment neither waits nor is waited for. The
# first are chosen once: beneath IN alone, PostgreSQL may choose anew for each row, and so take more than LIMIT says.
_HAND_ON = """
    WITH first AS MATERIALIZED (SELECT id FROM rejoinder_event WHERE waits ORDER BY id LIMIT %s {free})
    UPDATE rejoinder_event SET waits = false WHERE id IN (SELECT id FROM first)
    RETURNING id, kind"""


@jobs.at_each_look
def gather() -> None:
    """Make jobs of the events that wait to be told together: one a listener for up to MANY events of a kind.

    Whoever publishes them stores the event and nothing else. A job that they shared would be a row on which all who
    write at once wait for each other (PostgreSQL), until the slowest of them has committed.
    """
    while Row.objects.filter(waits=True).exists():  # a look first: an idle worker takes no lock to write
        with writing():
            handed = _hand_on()
            for kind in dict.fromkeys(kind for _, kind in handed):
                numbers = [number for number, of in handed if of == kind]
                for name in _gathering.get(kind, ()):
                    jobs.enqueue(f"listener:{name}", events=numbers)
        if len(handed) < MANY:
            break


def _hand_on() -> list[tuple[int, str]]:
    """The first of the events that wait, which wait no more; those that another worker holds are left to it."""
    several = connection.features.has_select_for_update_skip_locked
    sql = _HAND_ON.format(free="FOR UPDATE SKIP LOCKED" if several else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [MANY])
        return sorted(cursor.fetchall())


@jobs.periodic("core.forget_events", every=timedelta(hours=6))
def forget_events() -> None:
    """The outbox is no archive: what was told long ago is dropped."""
    rows.forget(Row.objects.filter(created__lt=clock.now() - KEEP))


def publish(event: Event) -> None:
    """Store the event with the change and enqueue its listeners. Call inside the writing transaction, last."""
    payload = asdict(event)
    kind = type(event).__name__
    waits = kind in _gathering
    rows.insert(Row, {"kind": kind, "payload": payload, "created": clock.now(), "waits": waits})
    for name in _listeners.get(kind, ()):
        jobs.enqueue(f"listener:{name}", payload=payload)
    transaction.on_commit(partial(metrics.happened, kind))
