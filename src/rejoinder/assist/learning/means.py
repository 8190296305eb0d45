"""One weight a number of a text's vector: what the site's decisions say of texts that mean the like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import groups, meaning, normal
from rejoinder.assist.learning.neutral import STRESS, SUSPECTED
from rejoinder.assist.learning.quiet import quiet
from rejoinder.assist.learning.types import Text

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]

PRIOR: Final = (
    1.0,
    1.0,
    True,
)  # of its weight in the last step, as in inputs: mean, deviation, never negative
_STRENGTH = 1.0  # inverse, of the regularisation; of 1, 4 and 16 the best on each set, as the rule has it
_ROUNDS, _TOLERANCE = 200, 1e-3


def fit_meaning(
    vectors: Vectors, labels: Floats, weights: Floats, plain: Floats
) -> tuple[NDArray[np.float32], float]:
    """(a weight for each of encoder.WIDTH, the constant). `plain`: what each plain sentence about a group weighs."""
    from sklearn.linear_model import LogisticRegression  # see linear

    if not labels.any() or labels.all():
        return np.zeros(vectors.shape[1], np.float32), 0.0

    rows, said, heavy = vectors, labels, weights
    if len(plain):
        rows = np.vstack([vectors, _plain_sentences()])
        said, heavy = np.append(labels, np.zeros(len(plain))), np.append(weights, plain)
    with quiet():
        found = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS, tol=_TOLERANCE).fit(rows, said, heavy)
    own = found.coef_[0].astype(np.float32)
    # 0 is half-way between both, as with the words.
    told = vectors @ own
    return own, -float(told[labels == 0].mean() + told[labels > 0].mean()) / 2


def weights_of_plain(vectors: Vectors, labels: Floats, weights: Floats, plain: Floats) -> Floats:
    """What each plain sentence weighs here: more where vectors alone would hold it against a group."""
    if not len(plain) or not labels.any() or labels.all():
        return plain
    own, _ = fit_meaning(vectors, labels, weights, plain)
    said = vectors @ own
    low, high = said[labels == 0].mean(), said[labels > 0].mean()
    suspected = _plain_sentences() @ own > low + SUSPECTED * (high - low)
    return np.where(suspected, np.minimum(plain * STRESS, 1.0), plain)


def said_unseen(
    vectors: Vectors,
    labels: Floats,
    weights: Floats,
    plain: Floats,
    all_asked: Sequence[NDArray[np.bool_]],
) -> Floats:
    """What a model that has not seen them says of each text that is asked; 0 of the others."""
    said = np.zeros(len(labels))
    for asked in all_asked:
        own, constant = fit_meaning(vectors[~asked], labels[~asked], weights[~asked], plain)
        said[asked] = vectors[asked] @ own + constant
    return said


@cache
def _plain_sentences() -> Vectors:
    """Computed once a process that learns: two seconds."""
    sentences = [sentence for _, sentence in groups.learned()]
    return meaning.of([Text(sentence) for sentence in sentences], [normal.pieces(one) for one in sentences])
