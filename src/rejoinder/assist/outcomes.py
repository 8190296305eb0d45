"""What people decided about what Assist said: the last week, and the few that were decided blind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from rejoinder.accounts.models import Site
from rejoinder.assist.actions import key_of
from rejoinder.assist.models import Example, Score

NEWEST = 5_000  # scores that are looked at, of a week
BLINDS = 2_000  # of the sample
SURE = 0.95
ROWS = ("hold", "approve", "")

Kind = tuple[
    str, int | None
]  # what Assist would do; what people decided (1: rejected, 0: approved, None: nothing)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Counts by kind, and for each the numbers of a few comments, the newest first. `whole`: none were left out."""

    counts: Counter[Kind] = field(default_factory=Counter)
    examples: dict[Kind, list[int]] = field(default_factory=dict)
    whole: bool = True

    @property
    def total(self) -> int:
        return self.counts.total()


def outcomes(site: Site, since: datetime, *, most: int = 5) -> Outcomes:
    """What automation would have done with what came since then, or did, against what people decided. Two queries."""
    scores = Score.objects.filter(comment__thread__site=site, made__gte=since).order_by("-pk")
    said = list(scores.values_list("pk", "would")[: NEWEST + 1])
    decided = _labels(site, [number for number, _would in said])
    counts: Counter[Kind] = Counter()
    examples: dict[Kind, list[int]] = {}
    for number, would in said[:NEWEST]:
        kind = (would, decided.get(number))
        counts[kind] += 1
        if len(shown := examples.setdefault(kind, [])) < most:
            shown.append(number)
    return Outcomes(counts, examples, whole=len(said) <= NEWEST)


@dataclass(frozen=True, slots=True)
class Blind:
    """Of what Assist would have approved, what people decided who were not shown what it says.

    `low`, `high`: between which the share of what they rejected lies, with 95% certainty (Clopper and Pearson).
    """

    decided: int
    rejected: int
    low: float
    high: float
    waiting: int = 0

    @property
    def share(self) -> float:
        return self.rejected / self.decided if self.decided else 0.0


def blind_sample(site: Site) -> Blind:
    """Needs the extra. Two queries."""
    from rejoinder.assist.learning.bounds import at_least, at_most

    found = Score.objects.filter(comment__thread__site=site, blind=True).order_by("-pk")
    numbers = list(found.values_list("pk", flat=True)[:BLINDS])
    labels = _labels(site, numbers)
    count, rejected = len(labels), sum(labels.values())
    side = (1 + SURE) / 2
    return Blind(
        count,
        rejected,
        at_least(rejected, count, side),
        at_most(rejected, count, side),
        len(numbers) - count,
    )


def _labels(site: Site, numbers: Iterable[int]) -> dict[int, int]:
    """What people decided about these comments, of those that they decided about."""
    keys = {key_of(number): number for number in numbers}
    rows = Example.objects.filter(site=site, key__in=keys).values_list("key", "label") if keys else ()
    return {keys[key]: label for key, label in rows}
