"""What other caps would give: how much of the queue nobody would have to read, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MISSES = (0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.10)

Later = Sequence[Sequence[float]]  # [probability, label] of decisions that the model had not seen


@dataclass(frozen=True, slots=True)
class Price:
    """At two caps: up to which probability it would approve (None: nothing can be promised), how much of the queue that
    is, what it would have missed and let through, and the bounds that are not exceeded with 95% certainty.
    """

    miss: float
    through: float
    approve: float | None
    saved: float
    missed: float
    missed_at_most: float
    let_through: float
    let_through_at_most: float

    @property
    def promises(self) -> bool:
        return self.approve is not None and self.saved > 0


def price(later: Later, *, miss: float, through: float) -> Price:
    """`miss`: cap of the share of what is approved that people would reject; `through`: of all that they would reject,
    how much is approved. Needs the extra.
    """
    from rejoinder.assist.learning.bounds import at_most
    from rejoinder.assist.learning.thresholds import thresholds

    said, labels = [float(one[0]) for one in later], [int(one[1]) for one in later]
    limit = thresholds(said, labels, miss=miss, through=through).approve
    if limit is None:
        return Price(miss, through, None, 0.0, 0.0, 1.0, 0.0, 1.0)
    below = [label for probability, label in zip(said, labels, strict=True) if probability <= limit]
    missed, rejected = sum(below), sum(labels)
    return Price(
        miss,
        through,
        limit,
        len(below) / len(labels),
        missed / max(1, len(below)),
        at_most(missed, len(below)),
        missed / max(1, rejected),
        at_most(missed, rejected),
    )


def prices(later: Later, *, through: float) -> list[Price]:
    """At each of MISSES."""
    return [price(later, miss=miss, through=through) for miss in MISSES]
