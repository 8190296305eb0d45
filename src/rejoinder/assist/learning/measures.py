"""How good scores are against decisions: ranking, calibration and what it is worth, as plain numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10
_DRAWS = 200


def auroc(scores: Floats, labels: Floats) -> float | None:
    """The chance that a rejected comment has a higher score than an approved one; None without both."""
    positive = int(labels.sum())
    negative = len(labels) - positive
    if not positive or not negative:
        return None
    # The mean rank of each score among those that are equal, from 1.
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[labels > 0].sum() - positive * (positive + 1) / 2) / (positive * negative))


def log_loss(probabilities: Floats, labels: Floats) -> float | None:
    """Mean, in nats."""
    if not len(labels):
        return None
    p = np.clip(probabilities, 1e-4, 1 - 1e-4)
    return float(-np.mean(np.where(labels > 0, np.log(p), np.log(1 - p))))


def recall_at(scores: Floats, labels: Floats, false_positives: float = 0.05) -> float | None:
    """The share of rejects above the score that this share of approved comments exceed."""
    approved, rejected = scores[labels == 0], scores[labels > 0]
    if not len(approved) or not len(rejected):
        return None
    return float(np.mean(rejected > np.quantile(approved, 1 - false_positives)))


def calibration(probabilities: Floats, labels: Floats) -> dict[str, Any]:
    """Expected calibration error in ten bins of equal size, its noise floor, and the bins.

    The floor is what a perfect model would show with as many comments (mean of 200 seeded draws).
    """
    if len(labels) < BINS:
        return {"ece": None, "floor": None, "bins": []}
    parts = np.array_split(np.argsort(probabilities, kind="stable"), BINS)
    random = np.random.default_rng(0)
    floor = np.mean(
        [_error(probabilities, random.random(len(labels)) < probabilities, parts) for _ in range(_DRAWS)]
    )
    return {
        "ece": _error(probabilities, labels, parts),
        "floor": float(floor),
        "bins": [
            {"said": float(probabilities[part].mean()), "was": float(labels[part].mean()), "count": len(part)}
            for part in parts
        ],
    }


def _error(probabilities: Floats, labels: NDArray[Any], parts: list[NDArray[np.intp]]) -> float:
    gaps = [abs(float(probabilities[part].mean()) - float(labels[part].mean())) * len(part) for part in parts]
    return float(sum(gaps) / len(labels))


def agreement(probabilities: Floats, labels: Floats) -> dict[str, float | None]:
    """How often the likelier outcome was what people decided, and Cohen's kappa of that."""
    if not len(labels):
        return {"same": None, "kappa": None}
    said = probabilities >= 0.5
    same = float(np.mean(said == (labels > 0)))
    chance = float(said.mean() * labels.mean() + (1 - said.mean()) * (1 - labels.mean()))
    return {"same": same, "kappa": (same - chance) / (1 - chance) if chance < 1 else None}
