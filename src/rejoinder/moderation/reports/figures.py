"""The transparency report of a year: counted from the log of decisions, reports and appeals, and from nothing else.

After Articles 15 and 24 of Regulation (EU) 2022/2065. A year is the calendar's, in UTC. What is counted is what was
decided in the year; whether it was reversed is what is known when the report is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core.errors import InvalidInput
from rejoinder.moderation.decisions.comments import LEADS_TO
from rejoinder.moderation.flags import following
from rejoinder.moderation.models import Appeal, Decision, Flag, Notice
from rejoinder.moderation.reports.notices import notice_figures

_A = Decision.Action
FORMAT = "rejoinder-transparency-1"
# What takes something from somebody; warnings and messages do not.
RESTRICTS = (_A.REMOVE, _A.HOLD, _A.SUSPEND, _A.BAN)
# What ends a restriction of a comment in favour of its author.
REVERSES = {_A.APPROVE, _A.RESTORE, _A.APPEAL_UPHELD}
SOURCES = ("people", "rules", "flags", "notices")
FIRST_YEAR, LAST_YEAR = 1990, 2999
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction as it is counted. `source`: who saw a reason for it first (see SOURCES)."""

    type: str
    ground: str
    source: str
    by_rule: bool
    machine: bool
    # None: nobody decided about it again.
    reversed: bool | None
    hours: float | None


def span(year: int) -> tuple[datetime, datetime]:
    """The first moment of the year, and the first that is not in it. Raises InvalidInput."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(code="year", message=_("There is no such year."), field="year")
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)


def figures(site: Site | None, year: int) -> dict[str, Any]:
    """All figures of a year as plain JSON values; of one site, or of all of them. Raises InvalidInput."""
    start, end = span(year)
    within: dict[str, Any] = {"created__gte": start, "created__lt": end}
    decisions = Decision.objects.filter(**within)
    flags = Flag.objects.filter(**within)
    appeals = Appeal.objects.filter(**within)
    notices = Notice.objects.filter(**within)
    if site is not None:
        decisions, appeals = decisions.filter(site=site), appeals.filter(site=site)
        flags, notices = flags.filter(comment__thread__site=site), notices.filter(site=site)
    actions = _counts(decisions, "action")
    return {
        "format": FORMAT,
        "site": site.key if site is not None else "",
        "year": year,
        "from": start.isoformat(),
        "until": end.isoformat(),
        "decisions": {"total": sum(actions.values()), "by_action": actions},
        **_restrictions(restrictions(decisions)),
        "flags": _flags(flags),
        "notices": notice_figures(notices),
        "appeals": _appeals(appeals),
        "people": {name: actions.get(name, 0) for name in (_A.WARN, _A.SUSPEND, _A.BAN, _A.MISUSE)},
    }


def _counts(rows: QuerySet[Any], field: str) -> dict[str, int]:
    return dict(rows.order_by(field).values_list(field).annotate(count=Count("pk")))


def restrictions(decisions: QuerySet[Decision]) -> Iterator[Restriction]:
    """Those among these decisions, but for what its own maker took back; a few held in memory at a time."""
    undone, following_ = _undone(), _next()
    upheld = Decision.objects.filter(undoes=OuterRef("pk"), action=_A.APPEAL_UPHELD)
    rows = decisions.filter(action__in=RESTRICTS).exclude(Exists(undone))
    rows = rows.annotate(
        noticed=Exists(Notice.objects.filter(removal=OuterRef("pk"))),
        flagged=Exists(Flag.objects.filter(decision=OuterRef("pk"))),
        upheld=Exists(upheld),
        then=Subquery(following_.values("action")[:1]),
        then_at=Subquery(following_.values("created")[:1]),
    )
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        yield _restriction(row)


def _undone() -> QuerySet[Decision]:
    return Decision.objects.filter(undoes=OuterRef("pk"), action=_A.UNDO)


def _next() -> QuerySet[Decision]:
    """What was decided about the same comment after that, and not taken back."""
    later = Decision.objects.filter(
        comment=OuterRef("comment"), comment__isnull=False, pk__gt=OuterRef("pk"), action__in=list(LEADS_TO)
    )
    return later.exclude(Exists(_undone())).order_by("pk")


def restrictions_by_rule(held: QuerySet[Decision]) -> list[dict[str, Any]]:
    """Of these holds, by rule: {rule, count, confirmed, reversed, error_rate}, most first. They may be a slice."""
    counts: dict[str, Counter[str]] = {}
    then = Subquery(_next().values("action")[:1])
    for rule, after in Decision.objects.filter(pk__in=[row.pk for row in held.only("pk")]).values_list(
        "rule", then
    ):
        count = counts.setdefault(rule, Counter())
        count["count"] += 1
        count["reversed"] += after in REVERSES
        count["confirmed"] += after is not None and after not in REVERSES
    return [
        {"rule": rule, **{name: count[name] for name in ("count", "confirmed", "reversed")}}
        | {"error_rate": _share(count["reversed"], count["reversed"] + count["confirmed"])}
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1]["count"], item[0]))
    ]


def _restriction(row: Any) -> Restriction:
    by_rule = row.actor_id is None
    return Restriction(
        type=row.action,
        ground=row.code or "other",
        source=_source(row, by_rule),
        by_rule=by_rule,
        machine=bool(row.machine),
        reversed=_reversed(row),
        hours=_hours(row.created, row.then_at) if row.then else None,
    )


def _reversed(row: Any) -> bool | None:
    if row.comment_id is None:
        return True if row.upheld else None
    return row.then in REVERSES if row.then else None


def _source(row: Any, by_rule: bool) -> str:
    if by_rule:
        return "flags" if row.rule == following.RULE else "rules"
    if row.noticed:
        return "notices"
    return "flags" if row.flagged else "people"


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600


def _restrictions(found: Iterable[Restriction]) -> dict[str, Any]:
    lines: Counter[tuple[str, str, str]] = Counter()
    reversed_: Counter[tuple[str, str, str]] = Counter()
    rules: Counter[str] = Counter()
    waited: list[float] = []
    for one in found:
        line = (one.type, one.ground, one.source)
        lines[line] += 1
        reversed_[line] += one.reversed is True
        rules["machine"] += one.machine
        if one.type == _A.HOLD and one.hours is not None:
            waited.append(one.hours)
        # What is read first whatever it says is no judgement that could be wrong.
        if one.by_rule and one.ground != "first":
            rules["total"] += 1
            rules["reversed"] += one.reversed is True
            rules["confirmed"] += one.reversed is False
    drawn = [
        {
            "type": line[0],
            "ground": line[1],
            "source": line[2],
            "count": lines[line],
            "reversed": reversed_[line],
        }
        for line in sorted(lines)
    ]
    return {
        "restrictions": {
            "total": lines.total(),
            "lines": drawn,
            **{f"by_{name}": _summed(drawn, name) for name in ("type", "ground", "source")},
            "median_hours_held": _median(waited),
        },
        "automation": {
            "by_rules": rules["total"],
            "confirmed": rules["confirmed"],
            "reversed": rules["reversed"],
            "error_rate": _share(rules["reversed"], rules["reversed"] + rules["confirmed"]),
            "with_part_of_a_program": rules["machine"],
        },
    }


def _summed(lines: list[dict[str, Any]], name: str) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line[name]] += line["count"]
    return dict(sorted(sums.items()))


def _flags(flags: QuerySet[Flag]) -> dict[str, Any]:
    outcomes = _counts(flags, "outcome")
    return {
        "received": sum(outcomes.values()),
        "by_reason": _counts(flags, "reason"),
        "upheld": outcomes.get(Flag.Outcome.UPHELD, 0),
        "not_upheld": outcomes.get(Flag.Outcome.REJECTED, 0),
        "open": outcomes.get(Flag.Outcome.OPEN, 0),
    }


def _appeals(appeals: QuerySet[Appeal]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    hours: list[float] = []
    rows = appeals.order_by("pk").values_list("created", "answered", "outcome__action")
    for created, answered, outcome in rows.iterator(chunk_size=BATCH):
        counts[_ended(answered, outcome)] += 1
        if answered is not None and outcome is not None:
            hours.append(_hours(created, answered))
    return {
        "received": counts.total(),
        **{name: counts[name] for name in ("upheld", "rejected", "withdrawn", "open")},
        "median_hours": _median(hours),
    }


def _ended(answered: datetime | None, outcome: str | None) -> str:
    """An appeal ends by an answer; by a decision that gives the comment back; or nobody wants it any more."""
    if answered is None:
        return "open"
    if outcome is None:
        return "withdrawn"
    return "rejected" if outcome == _A.APPEAL_REJECTED else "upheld"


def _median(values: list[float]) -> float | None:
    return round(median(values), 2) if values else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
