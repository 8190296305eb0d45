"""Whom is a model unfair to? How many plain sentences about each group it would take for something to be rejected."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rejoinder.assist.learning import groups
from rejoinder.assist.learning.scoring import score
from rejoinder.assist.learning.state import Model, limit_of
from rejoinder.assist.learning.types import Text


@dataclass(frozen=True, slots=True)
class Row:
    """`asked`: sentences; `flagged`: those at or above the score of `limit_of`."""

    group: str
    asked: int
    flagged: int

    @property
    def share(self) -> float:
        """Of the sentences about the group, those that count."""
        return self.flagged / self.asked


def identity_audit(model: Model) -> list[Row]:
    """A row for each group of `groups`, the worst first. English: the sentences are ours, and none was learned."""
    asked = list(groups.asked())
    limit = limit_of(model)
    found: dict[str, list[bool]] = defaultdict(list)
    judged = score(model, [Text(sentence, "en") for _, sentence in asked], why=False)
    for (group, _), judgement in zip(asked, judged, strict=True):
        found[group].append(judgement.score >= limit)
    rows = [Row(group, len(flags), sum(flags)) for group, flags in found.items()]
    return sorted(rows, key=lambda row: (-row.share, row.group))
