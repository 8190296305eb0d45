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


@jobs.periodic("core.forget_events", every=timedelta(hours=6))
def forget_events() -> None:
    """The outbox is no archive: what was told long ago is dropped."""
    with writing():
        Row.objects.filter(created__lt=clock.now() - KEEP).delete()


def publish(event: Event) -> None:
    """Store the event with the change and enqueue its listeners. Call inside the writing transaction, last."""
    payload = asdict(event)
    kind = type(event).__name__
    rows.store(Row(kind=kind, payload=payload, created=clock.now()))
    for name in _listeners.get(kind, ()):
        jobs.enqueue(f"listener:{name}", payload=payload)
    transaction.on_commit(partial(metrics.happened, kind))
