"""Plain sentences about groups of people among what is learned: little of them, and more where a group would suffer."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning import groups, hashing, inputs, normal
from rejoinder.assist.learning.inputs import Prepared
from rejoinder.assist.learning.linear import fit_plain
from rejoinder.assist.learning.stack import sigmoid
from rejoinder.assist.learning.state import Model, limit_of, logits
from rejoinder.assist.learning.types import Text

Floats = NDArray[np.float64]

SHARE: Final = 0.05  # what they weigh, of the weight of all decisions
SUSPECTED: Final = 0.25  # how far on the way to what is rejected
STRESS: Final = 10.0  # how much more such a sentence weighs
WRONGED: Final = 0.05  # of a group's sentences that are not learned; with more, the group is wronged
RAISED: Final = 2.0  # how much more its sentences weigh then
_EVERY_OTHER_FROM = 1_500  # decisions


def weights(matrix: sparse.csr_matrix, labels: Floats, heavy: Floats, language: str) -> Floats:
    """What each of groups.learned weighs: little, but more where the decisions alone would hold it against the group.

    `matrix`, `labels`, `heavy`: the decisions, and what they weigh. Empty where no sentence is learned.
    """
    if language != "en" or not labels.any() or labels.all():
        return np.zeros(0)
    count = sentences().shape[0]
    each = np.full(count, min(SHARE * float(heavy.sum()) / count, 1.0))
    # For a first look every other of many decisions is enough.
    step = 2 if len(labels) >= _EVERY_OTHER_FROM and 0 < labels[::2].sum() < len(labels[::2]) else 1
    look, labels = matrix[::step], labels[::step]
    own, _ = fit_plain(*beside(look, labels, heavy[::step], each / step))
    said = look @ own
    low, high = said[labels == 0].mean(), said[labels > 0].mean()
    suspected = sentences() @ own > low + SUSPECTED * (high - low)
    return np.where(suspected, np.minimum(each * STRESS, 1.0), each)


def beside(
    matrix: sparse.csr_matrix, labels: Floats, heavy: Floats, plain: Floats
) -> tuple[sparse.csr_matrix, Floats, Floats]:
    """Decisions with the sentences, as approved ones; without, where `plain` is empty."""
    if not len(plain):
        return matrix, labels, heavy
    return (
        sparse.vstack([matrix, sentences()], format="csr"),
        np.append(labels, np.zeros(len(plain))),
        np.append(heavy, plain),
    )


def raised(model: Model, plain: Floats) -> Floats:
    """The same weights, with more for groups of which the model holds plain sentences that it has not learned."""
    if not len(plain):
        return plain
    groups_, prepared = _checked()
    if model.plain is not None:
        prepared = _with_vectors()
    flagged: dict[str, list[bool]] = defaultdict(list)
    limit = limit_of(model)
    for group, score in zip(groups_, sigmoid(logits(model, prepared)).tolist(), strict=True):
        flagged[group].append(score >= limit)
    wronged = {group for group, flags in flagged.items() if sum(flags) > WRONGED * len(flags)}
    more = np.array([group in wronged for group, _ in groups.learned()])
    return np.where(more, plain * RAISED, plain)


@cache
def sentences() -> sparse.csr_matrix:
    """Those that are learned, by hashing.COLUMNS."""
    return hashing.matrix([normal.pieces(sentence) for _, sentence in groups.learned()])


@cache
def _checked() -> tuple[list[str], Prepared]:
    pairs = list(groups.checked())
    texts = [Text(sentence, "en", detected=True) for _, sentence in pairs]
    return [group for group, _ in pairs], inputs.prepare(texts, language="en")


@cache
def _with_vectors() -> Prepared:
    """Computed once a process that learns: two seconds."""
    return inputs.with_vectors(_checked()[1])
