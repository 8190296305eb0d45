"""How comments stood: what lets a list whose order changes be read on as it was.

Whoever turns the page goes on at the revision at which his reading of that list began. A change of rank writes
down the key that was left, in its transaction, behind the thread's row: only then is its revision known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max
from django.db.models.functions import Greatest

from rejoinder.core import clock
from rejoinder.core.db import ask, kept, writing
from rejoinder.discussion.models import Comment, Standing, Thread

# Longer than anybody takes from one part of a discussion to the next, if he reads it at all.
KEEP = timedelta(hours=1)
# Changes of a thread that are looked through at most: twenty minutes of one in which four people vote or reply each
# second. Measured: 3 ms where all are votes on one comment, 10 where each is on another. Who began before that goes
# on in the present order.
REACH = 5_000
# One change that moves more than this (an import into a thread that people read) ends what is being read instead.
MANY = 500
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Moved:
    """A comment whose key became another in this transaction. `value`: what it was before."""

    comment: int
    thread: int
    parent: int | None
    key: Standing.Key
    value: int


def earliest(revision: int, settled: int) -> int:
    """The revision since which a thread may be read as it was."""
    return max(settled, revision - REACH)


def first_of_each(moved: Iterable[Moved]) -> list[Moved]:
    """What counts when something moved several times in one transaction: where it came from."""
    first: dict[tuple[int, int], Moved] = {}
    for one in moved:
        first.setdefault((one.comment, one.key), one)
    return list(first.values())


def record(moved: list[Moved], revision: int) -> None:
    """Write down where they stood before this revision. Their rows are locked by the caller. One statement."""
    if not moved:
        return
    moment = kept(clock.now())
    # It stood there since it last moved, or ever since where nobody remembers.
    since = "COALESCE((SELECT MAX(until) FROM rejoinder_standing WHERE comment_id = %s AND key = %s), 0)"
    row = f"(%s, %s, %s, %s, %s, {since}, %s, %s)"
    columns = "comment_id, thread_id, parent_id, key, value, since, until, created"
    values: list[Any] = []
    for one in moved:
        key = int(one.key)
        values += [one.comment, one.thread, one.parent, key, one.value, one.comment, key, revision, moment]
    rows = ", ".join([row] * len(moved))
    ask(f"INSERT INTO rejoinder_standing ({columns}) VALUES {rows}", values)  # noqa: S608


def forget() -> None:
    """Drop what is older than KEEP, and what lies beyond REACH; say in the threads that it is gone."""
    while _forget_old():
        pass
    crowded = Standing.objects.values("thread").annotate(n=Count("id")).filter(n__gt=REACH)
    for thread in Thread.objects.filter(pk__in=list(crowded.values_list("thread", flat=True))):
        while _forget_beyond(thread, thread.revision - REACH):
            pass


def _forget_old() -> bool:
    """One batch. Numbers grow with time, so the oldest are the first."""
    oldest = Standing.objects.order_by("pk").values_list("pk", "created")[:BATCH]
    old = [number for number, created in oldest if created < clock.now() - KEEP]
    if old:
        _drop(old)
    return len(old) == BATCH


def _forget_beyond(thread: Thread, revision: int) -> bool:
    beyond = Standing.objects.filter(thread=thread, until__lte=revision).order_by("until", "pk")
    numbers = list(beyond.values_list("pk", flat=True)[:BATCH])
    if numbers:
        _drop(numbers)
    return len(numbers) == BATCH


def _drop(numbers: list[int]) -> None:
    with writing():
        gone = Standing.objects.filter(pk__in=numbers)
        last = list(gone.values_list("thread").annotate(last=Max("until")).order_by("thread"))
        # Without a look at each row first, as the model's own way has it where anybody listens to deletions.
        marks = ", ".join(["%s"] * len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM rejoinder_standing WHERE id IN ({marks})", numbers)  # noqa: S608
        for thread, until in last:
            Thread.objects.filter(pk=thread).update(settled=Greatest(F("settled"), until))


def find_drift(comments: Iterable[Comment]) -> list[str]:
    """Sentences about comments that stood in two places at once, in none for a time, or in what is not yet."""
    drift = []
    rows = Standing.objects.filter(comment__in=comments).select_related("thread").order_by("until")
    ended: dict[tuple[int, int], int] = {}
    for row in rows:
        before = ended.get((row.comment_id, row.key))
        if not row.since < row.until <= row.thread.revision or (before is not None and row.since != before):
            drift.append(
                f"comment {row.comment_id}: stood from {row.since} to {row.until}, before to {before}"
            )
        ended[row.comment_id, row.key] = row.until
    return drift
