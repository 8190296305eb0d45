"""How well a model would have done on a history: every comment is judged by one that knows only what came before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import meaning, measures, readings
from rejoinder.assist.learning.stack import sigmoid
from rejoinder.assist.learning.state import Model, logits
from rejoinder.assist.learning.thresholds import thresholds
from rejoinder.assist.learning.training import fit_prepared, usual_language
from rejoinder.assist.learning.types import Example

Floats = NDArray[np.float64]

# Decisions at which a model is fitted. Between two of them it judges and does not learn.
POINTS: Final = (0, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 8000, 12000, 20000)
BUDGETS: Final = (0.005, 0.01, 0.02, 0.05)
THROUGH: Final = 0.10


@dataclass(frozen=True, slots=True)
class Unseen:
    """Of each example from the first: what was said before it was learned, and whether that was a probability."""

    scores: Floats
    calibrated: NDArray[np.bool_]
    labels: Floats
    points: list[dict[str, Any]]


def evaluate(
    examples: Sequence[Example], *, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """`examples` in the order of time. Plain values for JSON; None where there is too little to say anything.

    `progress` is called with (done, all) examples.
    """
    return figures(judge_unseen(examples, progress=progress))


def figures(unseen: Unseen) -> dict[str, Any]:
    """The same of what is judged already."""
    sure = unseen.calibrated
    p, labels = unseen.scores[sure], unseen.labels[sure]
    return {
        "examples": len(unseen.labels),
        "rejected": int(unseen.labels.sum()),
        "curve": unseen.points,
        "auroc": measures.auroc(p, labels),
        "log_loss": measures.log_loss(p, labels),
        "recall_at_5": measures.recall_at(p, labels),
        "calibration": measures.calibration(p, labels),
        "agreement": measures.agreement(p, labels),
        "savings": savings(p, labels),
        "judged": len(labels),
    }


def judge_unseen(
    examples: Sequence[Example], *, progress: Callable[[int, int], None] | None = None
) -> Unseen:
    """What models fitted at POINTS say of the decisions up to the next of them."""
    tell = progress or (lambda done, all_: None)
    labels = np.array([1.0 if one.label else 0.0 for one in examples])
    scores, calibrated = np.zeros(len(examples)), np.zeros(len(examples), bool)
    points: list[dict[str, Any]] = []
    if not examples:
        return Unseen(scores, calibrated, labels, points)
    language = usual_language([one.text for one in examples])
    prepared = readings.prepare(
        [one.text for one in examples], language=language, meant=meaning.helps(language)
    )
    starts = [point for point in POINTS if point < len(examples)]
    for begin, end in zip(starts, [*starts[1:], len(examples)], strict=True):
        model = fit_prepared(prepared.part(0, begin), examples[:begin], language) if begin else Model()
        part = slice(begin, end)
        scores[part] = sigmoid(logits(model, prepared.part(begin, end)))
        calibrated[part] = model.calibrated
        points.append(_point(begin, scores[part], labels[part], calibrated=model.calibrated))
        tell(end, len(examples))
    return Unseen(scores, calibrated, labels, points)


def _point(begin: int, scores: Floats, labels: Floats, *, calibrated: bool) -> dict[str, Any]:
    return {
        "decided": begin,
        "judged": len(labels),
        "auroc": measures.auroc(scores, labels),
        "log_loss": measures.log_loss(scores, labels) if calibrated else None,
    }


def savings(scores: Floats, labels: Floats) -> list[dict[str, Any]]:
    """For each budget: the share of the later half that would need no person by a threshold from the earlier half,
    and what that would really have missed and let through."""
    half = len(labels) // 2
    found = []
    for budget in BUDGETS:
        limit = thresholds(
            scores[:half].tolist(), labels[:half].astype(int).tolist(), miss=budget, through=THROUGH
        ).approve
        below = scores[half:] <= limit if limit is not None else np.zeros(len(labels) - half, bool)
        missed, rejected = float(labels[half:][below].sum()), float(labels[half:].sum())
        found.append(
            {
                "miss": budget,
                "through": THROUGH,
                "approve": limit,
                "saved": float(below.mean()) if len(below) else 0.0,
                "missed": missed / float(below.sum()) if below.any() else None,
                "let_through": missed / rejected if below.any() and rejected else None,
            }
        )
    return found
