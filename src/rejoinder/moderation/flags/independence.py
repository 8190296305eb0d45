"""How many independent readers stand behind a set of reports.

Two are taken for one where they report from the same address block, have reported the same comments within minutes of
each other before, or vote for each other. What is taken for one is joined: a chain of acquaintances is one voice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from django.db.models import F

from rejoinder.core import clock
from rejoinder.discussion.models import Vote
from rejoinder.moderation.models import Flag

# The same comments, so many, reported so shortly after one another, is no accident.
TOGETHER, SHORTLY = 3, timedelta(minutes=10)
# So many votes for each other's comments, both ways.
MUTUAL = 3
LATELY = timedelta(days=90)
# Rows that are looked at. Who has done more than this together is found by the newest.
MOST = 5000


def voices(blocks: Mapping[int, str], comment: int) -> int:
    """How many independent people these reporters are. `blocks`: by their number, where each reports from;
    `comment`: what they report now, which says nothing about how they reported before."""
    people = list(blocks)
    joined = _Groups(people)
    for pair in (*_same_block(blocks), *_together(people, comment), *_mutual(people)):
        joined.join(*pair)
    return joined.count()


class _Groups:
    """Sets that are disjoint, and joined by pairs of their members."""

    def __init__(self, members: Iterable[int]) -> None:
        self.above = {member: member for member in members}

    def top(self, member: int) -> int:
        while self.above[member] != member:
            self.above[member] = self.above[self.above[member]]
            member = self.above[member]
        return member

    def join(self, one: int, other: int) -> None:
        self.above[self.top(one)] = self.top(other)

    def count(self) -> int:
        return len({self.top(member) for member in self.above})


def _same_block(blocks: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Each with the first from the same block; where nothing is known of it, with all others so."""
    first: dict[str, int] = {}
    for number, block in blocks.items():
        yield number, first.setdefault(block, number)


def _together(people: Collection[int], comment: int) -> list[tuple[int, int]]:
    """Who reported the same comments shortly after one another."""
    rows = Flag.objects.filter(reporter__in=people, created__gt=clock.now() - LATELY).exclude(comment=comment)
    times: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for about, moment, who in rows.order_by("-pk").values_list("comment", "created", "reporter")[:MOST]:
        times[about].append((moment, who))
    counts: Counter[tuple[int, int]] = Counter()
    for reports in times.values():
        for (one, first), (other, second) in combinations(reports, 2):
            if abs(one - other) <= SHORTLY:
                counts[min(first, second), max(first, second)] += 1
    return [pair for pair, count in counts.items() if count >= TOGETHER]


def _mutual(people: Collection[int]) -> list[tuple[int, int]]:
    """Who votes for each other."""
    rows = Vote.objects.filter(voter__in=people, comment__author__in=people, value=1).exclude(
        voter=F("comment__author")
    )
    counts = Counter(rows.order_by("-pk").values_list("voter", "comment__author")[:MOST])
    return [
        (one, other)
        for one, other in combinations(people, 2)
        if counts[one, other] >= MUTUAL and counts[other, one] >= MUTUAL
    ]
