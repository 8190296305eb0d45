"""What those who moderate look at: how much there is, how fast it is decided, where people and rules disagree.

Nothing here grows with the site: days are counted beforehand (days), all else looks at the newest rows only, at most
SAMPLE of them, and says at how many it looked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Subquery

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions.comments import LEADS_TO
from rejoinder.moderation.models import Card, Day, Decision
from rejoinder.moderation.reports.figures import restrictions_by_rule

_A = Decision.Action
DAYS, SAMPLE = 30, 2000
# Cards that are counted one by one; more are "more than".
MOST_CARDS = 10_000
STORIES = 10
# On which side a decision of a person stands: the words may be seen, or not.
SIDES: dict[str, bool] = {action: state == "public" for action, state in LEADS_TO.items()} | {
    _A.IGNORE_FLAGS: True,
    _A.APPEAL_REJECTED: False,
}


@dataclass(frozen=True, slots=True)
class Speed:
    """How long what was held waited for a person: minutes at the middle and for nine of ten, of `count` of them."""

    count: int = 0
    median: float = 0.0
    p90: float = 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Comments that a second person decided about, and how often both were on the same side."""

    count: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits. `more`: there are more cards than were counted."""

    cards: int = 0
    more: bool = False
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """All of it. `days` has one row a day, the oldest first, days without anything among them."""

    days: list[Day]
    sums: dict[str, int]
    backlog: Backlog
    speed: Speed
    agreement: Agreement
    rules: list[dict[str, Any]] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)


def board(site: Site) -> Board:
    """The last thirty days of a site, and what waits now."""
    moment = clock.now()
    since = moment - timedelta(days=DAYS)
    days = _days(site, moment.astimezone(UTC).date())
    names = ("written", "held", "approved", "removed", "restored", "flags")
    lately = Decision.objects.filter(site=site, created__gt=since, comment__isnull=False)
    by_people = lately.filter(actor__isnull=False, action__in=list(SIDES)).order_by("-pk")
    return Board(
        days=days,
        sums={name: sum(getattr(day, name) for day in days) for name in names},
        backlog=_backlog(site),
        speed=_speed(by_people),
        agreement=_agreement(by_people),
        rules=restrictions_by_rule(lately.filter(actor=None, action=_A.HOLD).order_by("-pk")[:SAMPLE]),
        stories=_stories(lately),
    )


def _days(site: Site, today: date) -> list[Day]:
    first = today - timedelta(days=DAYS - 1)
    known = {row.day: row for row in Day.objects.filter(site=site, day__gte=first)}
    every = [first + timedelta(days=number) for number in range(DAYS)]
    return [known.get(day) or Day(site=site, day=day) for day in every]


def _backlog(site: Site) -> Backlog:
    cards = Card.objects.filter(site=site)
    count = cards.order_by()[: MOST_CARDS + 1].count()
    oldest = cards.order_by("changed").values_list("created", flat=True).first()
    return Backlog(min(count, MOST_CARDS), count > MOST_CARDS, oldest)


def _speed(by_people: Any) -> Speed:
    """From the rule's hold to the person's decision, of the newest that followed one."""
    held = Decision.objects.filter(
        comment=OuterRef("comment"), pk__lt=OuterRef("pk"), action=_A.HOLD, actor=None
    ).order_by("-pk")
    decided = by_people.filter(action__in=[_A.APPROVE, _A.REMOVE])
    rows = decided.annotate(held=Subquery(held.values("created")[:1])).values_list("held", "created")
    minutes = sorted((end - start).total_seconds() / 60 for start, end in rows[:SAMPLE] if start is not None)
    if not minutes:
        return Speed()
    return Speed(
        len(minutes), minutes[len(minutes) // 2], minutes[min(len(minutes) - 1, len(minutes) * 9 // 10)]
    )


def _agreement(by_people: Any) -> Agreement:
    """Of neighbouring decisions about one comment by two people, how many stand on the same side."""
    steps: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for comment, actor, action in by_people.values_list("comment", "actor", "action")[:SAMPLE]:
        steps[comment].append((actor, SIDES[action]))
    pairs = [
        one[1] == other[1]
        for decided in steps.values()
        for one, other in pairwise(decided)
        if one[0] != other[0]
    ]
    return Agreement(len(pairs), sum(pairs))


def _stories(lately: Any) -> list[dict[str, Any]]:
    """Where most was held and removed, of the newest decisions."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = lately.filter(action__in=[_A.HOLD, _A.REMOVE]).order_by("-pk").values_list("thread", "action")
    for thread, action in rows[:SAMPLE]:
        counts[thread][action] += 1
    top = sorted(counts, key=lambda number: -counts[number].total())[:STORIES]
    threads = Thread.objects.in_bulk(top)
    return [
        {
            "thread": threads[number],
            "title": threads[number].title or threads[number].key,
            "held": counts[number][_A.HOLD],
            "removed": counts[number][_A.REMOVE],
            "written": threads[number].comment_count,
        }
        for number in top
        if number in threads
    ]
