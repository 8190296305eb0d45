"""Up to where a comment may be approved, and from where it is held, so that a promise is kept.

Both caps of an approval are proved by one-sided bounds on decisions that the model had not seen. "At most 2% of what is
approved should have been rejected" alone is no guard: where 2% are rejected in all, it lets nearly all of them through.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning.bounds import at_least, at_most
from rejoinder.assist.learning.types import Thresholds

HELD_FOR_A_REASON = 0.5  # the share of what is held that must prove to be rejected by people
_STEPS = 20  # places that are tried: with every one tried, one would fit by chance


def thresholds(
    scores: Sequence[float],
    labels: Sequence[int],
    *,
    miss: float = 0.02,
    through: float = 0.10,
    sure: float = 0.95,
) -> Thresholds:
    """`scores`, `labels`: of later decisions, which the model did not learn from.

    `miss`: cap of the share of approved comments that people would reject; `through`: cap of the share of all rejects
    that are approved. None where the bounds allow no promise: shown as 0 for now.
    """
    said, rejected = np.asarray(scores, float), np.asarray(labels) > 0
    if not len(said) or len(said) != len(rejected):
        return Thresholds()
    return Thresholds(_approve(said, rejected, (miss, through, sure)), _hold(said, rejected, sure))


def _places(said: NDArray[np.float64]) -> list[float]:
    return sorted({float(place) for place in np.quantile(said, np.arange(1, _STEPS) / _STEPS)})


def _approve(
    said: NDArray[np.float64], rejected: NDArray[np.bool_], caps: tuple[float, float, float]
) -> float | None:
    miss, through, sure = caps
    total = int(rejected.sum())
    best = None
    for place in _places(said):
        below = said <= place
        missed = int((rejected & below).sum())
        if at_most(missed, int(below.sum()), sure) <= miss and at_most(missed, total, sure) <= through:
            best = place
        elif best is not None:
            break  # a place beyond one that failed would be found by trying often enough
    return best


def _hold(said: NDArray[np.float64], rejected: NDArray[np.bool_], sure: float) -> float | None:
    for place in _places(said):
        above = said >= place
        if at_least(int((rejected & above).sum()), int(above.sum()), sure) >= HELD_FOR_A_REASON:
            return place
    return None


def saving(scores: Sequence[float], thresholds_: Thresholds) -> float:
    """The share of these that would be approved without a person."""
    if thresholds_.approve is None or not len(scores):
        return 0.0
    return float(np.mean(np.asarray(scores, float) <= thresholds_.approve))
