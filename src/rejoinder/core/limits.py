"""Limits that protect: counted in the database, never per process.

Success and failure count alike, and a limit never locks longer than its window. One statement a use: it is on the
way of every comment and every vote.
"""

from __future__ import annotations

import hashlib
import math
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import ngettext

from rejoinder.core import clock, jobs, rows
from rejoinder.core.db import ask, kept, writing
from rejoinder.core.errors import TooMany
from rejoinder.core.models import Tally

# By how much the clocks of several hosts may differ.
SKEW = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    window: timedelta


# A window that is over, or that ends later than a whole one from now: that was written under another clock.
_OVER = "(t.ends <= %(now)s OR t.ends > %(strange)s)"
_COUNT = f"""
    INSERT INTO rejoinder_tally AS t (key, count, ends) VALUES (%(key)s, %(uses)s, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN {_OVER} THEN %(uses)s ELSE t.count + %(uses)s END,
        ends = CASE WHEN {_OVER} THEN excluded.ends ELSE t.ends END
    WHERE {_OVER} OR t.count + %(uses)s <= %(most)s
    RETURNING count"""  # noqa: S608  (constants)


# Keys that were refused by this process: where it pays to look before anything is done. What counts is the row.
_refused: set[str] = set()
_MOST_REFUSED = 10_000


def key_of(limit: Limit, *who: str) -> str:
    """Under what the uses of a limit by somebody are counted."""
    return f"{limit.name}:{hashlib.sha256('|'.join(who).encode()).hexdigest()[:48]}"


def take(limit: Limit, *who: str, uses: int = 1) -> int | None:
    """Count one use, or several, where all have room. Returns None, or the seconds until there is room again."""
    key = key_of(limit, *who)
    # On its own it waits its turn to write; within a change it is a part of that.
    with nullcontext() if connection.in_atomic_block else writing():
        moment = clock.now()
        if _count(limit, key, moment, uses):
            return None
        ends = Tally.objects.filter(key=key).values_list("ends", flat=True).first()
    return _seconds(ends - moment if ends is not None else timedelta(), limit)


def _seconds(wait: timedelta, limit: Limit) -> int:
    return max(1, math.ceil(min(wait, limit.window).total_seconds()))


def _count(limit: Limit, key: str, moment: datetime, uses: int) -> bool:
    """Whether there was room, and now is so much less."""
    values = {
        "key": key,
        "uses": uses,
        "most": limit.most,
        "now": kept(moment),
        "ends": kept(moment + limit.window),
        "strange": kept(moment + limit.window + SKEW),
    }
    return bool(ask(_COUNT, values))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a limit: `remaining` uses, and `reset` seconds until all of it is there again."""

    limit: Limit
    remaining: int
    reset: int


def standing(limit: Limit, *who: str) -> Standing:
    """How much of a limit somebody has left. Reads, and counts nothing."""
    moment = clock.now()
    found = (
        Tally.objects.filter(key=key_of(limit, *who), ends__gt=moment).values_list("count", "ends").first()
    )
    if found is None:
        return Standing(limit, limit.most, 0)
    return Standing(limit, max(0, limit.most - found[0]), _seconds(found[1] - moment, limit))


def spend(limit: Limit, *who: str) -> None:
    """Count one use. Raises TooMany when the window holds as many as it may."""
    wait = take(limit, *who)
    if wait is None:
        return
    if len(_refused) >= _MOST_REFUSED:
        _refused.clear()
    _refused.add(key_of(limit, *who))
    raise _too_many(wait)


def check_room(limit: Limit, *who: str) -> None:
    """Refuse what `spend` would refuse, before anything dear is done. Counts nothing, and finds not all of it.

    The row is looked at only where this process has refused somebody already: who was never refused pays nothing.
    Raises TooMany.
    """
    key = key_of(limit, *who)
    if key not in _refused:
        return
    row, moment = rows.one(Tally, "key = %s", [key]), clock.now()
    if row is None or row.count < limit.most or not moment < row.ends <= moment + limit.window + SKEW:
        _refused.discard(key)
        return
    raise _too_many(_seconds(row.ends - moment, limit))


def _too_many(wait: int) -> TooMany:
    minutes = math.ceil(wait / 60)
    return TooMany(
        ngettext(
            "That was a lot in a short time. Wait %(n)d minute and try again; your text is kept.",
            "That was a lot in a short time. Wait %(n)d minutes and try again; your text is kept.",
            minutes,
        )
        % {"n": minutes},
        retry_after=wait,
    )


@jobs.periodic("core.forget_tallies", every=timedelta(hours=1))
def forget_tallies() -> None:
    rows.forget(Tally.objects.filter(ends__lt=clock.now()))
