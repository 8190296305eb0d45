"""The arithmetic of the figures: percentiles, medians of rounds, ratios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

Row = dict[str, Any]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all reach (nearest rank): a value that really occurred.

    `share` is in (0, 1]. Raises ValueError for no values.
    """
    if not values:
        raise ValueError("no values")
    rank = math.ceil(share * len(values))
    return sorted(values)[max(rank, 1) - 1]


def spread(rounds: Sequence[float]) -> Row:
    """Median, least and most of the rounds, and the rounds themselves."""
    return {"median": median(rounds), "min": min(rounds), "max": max(rounds), "rounds": list(rounds)}


def times(milliseconds: Sequence[float]) -> Row:
    """What is told of single requests: how many, and milliseconds."""
    if not milliseconds:
        return {"n": 0}
    shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    told: Row = {name: round(percentile(milliseconds, share), 3) for name, share in shares}
    return {"n": len(milliseconds), **told, "max": round(max(milliseconds), 3)}


def ratio(one: float | None, other: float | None) -> float | None:
    """`one` / `other`; None where one of them was not measured."""
    if one is None or not other:
        return None
    return one / other
