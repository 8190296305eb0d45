"""What happens on a site day by day, counted by a job, so that no page has to count comments.

The present day and the one before are counted anew each time: from the last comment of the day before those on, which
at twenty million comments a year are some hundred thousand rows, by their primary key.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from rejoinder.core import clock, jobs
from rejoinder.core.db import writing
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Day, Decision, Flag

# How far back the very first count goes.
FIRST = 31
_A = Decision.Action
# What is counted of decisions, by the column that holds it.
COLUMNS: dict[str, str] = {
    _A.HOLD: "held",
    _A.APPROVE: "approved",
    _A.REMOVE: "removed",
    _A.RESTORE: "restored",
}


@jobs.periodic("moderation.count_days", every=timedelta(minutes=10))
def count_days() -> None:
    """Bring the rows of today and yesterday up to date; the first time, those of a month."""
    today = clock.now().astimezone(UTC).date()
    settled = Day.objects.filter(day__lt=today - timedelta(days=1)).order_by("-day").first()
    since = settled.day + timedelta(days=1) if settled is not None else today - timedelta(days=FIRST)
    before = Day.objects.filter(day__lt=since).aggregate(last=Max("last"))["last"] or 0
    counts = _count(since, before)
    with writing():
        for (site, day), values in sorted(counts.items()):
            Day.objects.update_or_create(site_id=site, day=day, defaults=values)


def _count(since: date, before: int) -> dict[tuple[Any, date], dict[str, int]]:
    """The columns of each site and day from `since` on. `before`: the last comment of the day before."""
    moment = datetime.combine(since, time(), tzinfo=UTC)
    found: dict[tuple[Any, date], dict[str, int]] = defaultdict(dict)
    on = TruncDate("created", tzinfo=UTC)
    written = Comment.objects.filter(pk__gt=before, created__gte=moment).order_by()
    rows = written.values("thread__site", on=on).annotate(count=Count("pk"), last=Max("pk"))
    for site, day, count, last in rows.values_list("thread__site", "on", "count", "last"):
        found[site, day] |= {"written": count, "last": last}
    decided = Decision.objects.filter(created__gte=moment, action__in=list(COLUMNS)).order_by()
    lines = decided.values("site", "action", on=on).annotate(count=Count("pk"))
    for site, action, day, count in lines.values_list("site", "action", "on", "count"):
        found[site, day][COLUMNS[action]] = count
    flags = Flag.objects.filter(created__gte=moment).order_by()
    reported = flags.values("comment__thread__site", on=on).annotate(count=Count("pk"))
    for site, day, count in reported.values_list("comment__thread__site", "on", "count"):
        found[site, day]["flags"] = count
    return found
