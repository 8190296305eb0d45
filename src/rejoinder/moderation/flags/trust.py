"""How far a reader's reports are to be believed on a site: by what staff made of their earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.moderation.models import Decision, Flag

# What is older says little about how somebody reports today.
LATELY = timedelta(days=365)
# So many reports that were upheld make a reader trusted, as long as no more were not.
UPHELD = 3
# So many decided reports of which not one in ten was upheld: further ones wait behind those of others.
DISCREDITED, SHARE = 10, 10
# Whoever's complaints were put aside for misuse is not trusted for so long.
MISUSED = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Record:
    """Of one reader's reports on a site, how many staff upheld and how many they did not."""

    upheld: int = 0
    rejected: int = 0
    misused: bool = False

    @property
    def is_trusted(self) -> bool:
        return self.upheld >= UPHELD and self.upheld >= self.rejected and not self.misused

    @property
    def is_discredited(self) -> bool:
        decided = self.upheld + self.rejected
        return decided >= DISCREDITED and self.upheld * SHARE < decided


def records(site: Site, reporters: Iterable[int]) -> dict[int, Record]:
    """The record of each of these readers, by their number. Two questions, however many they are."""
    numbers = list(reporters)
    moment = clock.now()
    decided = Flag.objects.filter(
        reporter__in=numbers, comment__thread__site=site, created__gt=moment - LATELY
    )
    counts: dict[tuple[int, str], int] = {}
    rows = decided.exclude(outcome=Flag.Outcome.OPEN).values_list("reporter", "outcome").order_by()
    for number, outcome, count in rows.annotate(count=Count("pk")):
        counts[number, outcome] = count
    misuse = Decision.objects.filter(
        site=site, person__in=numbers, action=Decision.Action.MISUSE, created__gt=moment - MISUSED
    )
    misused = set(misuse.values_list("person", flat=True))
    kinds = Flag.Outcome
    return {
        number: Record(
            counts.get((number, kinds.UPHELD), 0), counts.get((number, kinds.REJECTED), 0), number in misused
        )
        for number in numbers
    }
