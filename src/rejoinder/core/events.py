"""Events: what happened, told after commit.

An event is a frozen dataclass. `publish` stores it in the transaction of the change and enqueues one job for
each listener, so a listener may be late or run twice, and is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

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

    In the order in which they happened. It must bear running twice for the same event, as all listeners do.
    """

    def register(function: Callable[[list[E]], None]) -> Callable[[list[E]], None]:
        def deliver(*, since: int) -> None:
            found = list(Row.objects.filter(kind=kind.__name__, id__gte=since).order_by("id")[: MANY + 1])
            if found[MANY:]:
                with writing():
                    _gather(name, found[MANY].pk)
            function([kind(**row.payload) for row in found[:MANY]])

        jobs.register(f"listener:{name}", deliver)
        _gathering.setdefault(kind.__name__, []).append(name)
        return function

    return register


def _gather(name: str, since: int) -> None:
    """See to it that a listener is told of an event and all after it: by the job that waits, or by a new one.

    Where several write at once, one with a later event may have been first to store the job: what it does not reach
    back to has a job of its own.
    """
    waiting = jobs.enqueue(f"listener:{name}", key=f"listener:{name}", since=since)
    if waiting["since"] > since:
        jobs.enqueue(f"listener:{name}", since=since)


@jobs.periodic("core.forget_events", every=timedelta(hours=6))
def forget_events() -> None:
    """The outbox is no archive: what was told long ago is dropped."""
    with writing():
        Row.objects.filter(created__lt=clock.now() - KEEP).delete()


def publish(event: Event) -> None:
    """Store the event with the change and enqueue its listeners. Call inside the writing transaction, last."""
    payload = asdict(event)
    kind = type(event).__name__
    row = rows.store(Row(kind=kind, payload=payload, created=clock.now()))
    for name in _listeners.get(kind, ()):
        jobs.enqueue(f"listener:{name}", payload=payload)
    for name in _gathering.get(kind, ()):
        _gather(name, row.pk)
    transaction.on_commit(partial(metrics.happened, kind))
