"""Limits that protect: counted in the database, never per process.

Success and failure count alike, and a limit never locks longer than its window.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import ngettext

from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import TooMany
from rejoinder.core.models import Tally

# By how much the clocks of several hosts may differ.
SKEW = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    window: timedelta


def take(limit: Limit, *who: str) -> int | None:
    """Count one use where there is room. Returns None, or the seconds until there is room again."""
    key = f"{limit.name}:{hashlib.sha256('|'.join(who).encode()).hexdigest()[:48]}"
    with writing():
        # The row first, then its lock: two first uses at once must not both be the first.
        fresh = Tally(key=key, count=0, ends=clock.now() + limit.window)
        Tally.objects.bulk_create([fresh], ignore_conflicts=True)
        row: Tally | None = locked(Tally.objects.filter(key=key)).first()
        if row is None:  # an ended window, forgotten this moment
            return take(limit, *who)
        # Behind the lock: who waited for it must not take the window of the one before for a strange one.
        moment = clock.now()
        # A window that ends later than a whole one from now was written under another clock.
        if row.ends <= moment or row.ends > moment + limit.window + SKEW:
            row.count, row.ends = 0, moment + limit.window
        if row.count < limit.most:
            Tally.objects.filter(key=key).update(count=row.count + 1, ends=row.ends)
            return None
        wait = min(row.ends - moment, limit.window)
        return max(1, math.ceil(wait.total_seconds()))


def spend(limit: Limit, *who: str) -> None:
    """Count one use. Raises TooMany when the window holds as many as it may."""
    wait = take(limit, *who)
    if wait is None:
        return
    minutes = math.ceil(wait / 60)
    raise TooMany(
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
    with writing():
        Tally.objects.filter(ends__lt=clock.now()).delete()
