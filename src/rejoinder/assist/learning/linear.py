"""One weight a column: logistic regression on the words and letters of a site's own decisions.

Two are fitted and their mean is taken: one on the features as they are, and one on the same times a power of their
log-count ratio (NB-SVM: Wang and Manning, 2012), which is the better the more a policy hangs on single words. Both are
linear in the same columns, so that their mean is one vector, and scoring costs what one costs.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning.hashing import COLUMNS
from rejoinder.assist.learning.quiet import quiet

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

# By one rule, see docs/assist-figures.md: the best mean AUROC at 300 and 1,000 decisions.
PLAIN, RATIO = 1.0, 1.0  # inverse strength of the regularisation
SMOOTHING = 0.5  # texts counted before the first occurrence
POWER = 1.5  # of the ratio: 0 is the plain features, 1 is NB-SVM
_TOLERANCE: Final = 1e-2


def fit_weights(features: sparse.csr_matrix, labels: Floats, weights: Floats) -> tuple[Floats, float]:
    """(a weight for each of COLUMNS, the constant): log-odds of a rejection, not calibrated.

    `features` as hashing.matrix makes them; labels 0 and 1, both present.
    """
    small, used = _used(features)
    if not len(used):
        return np.zeros(COLUMNS), 0.0
    plain, constant = _regress(small, labels, weights, PLAIN)
    ratio = _ratio(small, labels, weights)
    scaled = small.copy()
    scaled.data = scaled.data * ratio[small.indices].astype(np.float32)
    steep, other = _regress(scaled, labels, weights, RATIO)
    return _spread((plain + ratio * steep) / 2, used), (constant + other) / 2


def fit_plain(features: sparse.csr_matrix, labels: Floats, weights: Floats) -> tuple[Floats, float]:
    """The same by the first of the two regressions alone: half the time, for a first look."""
    small, used = _used(features)
    if not len(used):
        return np.zeros(COLUMNS), 0.0
    plain, constant = _regress(small, labels, weights, PLAIN)
    return _spread(plain, used), constant


def _used(features: sparse.csr_matrix) -> tuple[sparse.csr_matrix, Rows]:
    """The features without the columns in which nothing stands, and which were left."""
    present = np.zeros(COLUMNS, bool)
    present[features.indices] = True
    used = np.flatnonzero(present)
    columns = (np.cumsum(present) - 1)[features.indices]
    small = sparse.csr_matrix(
        (features.data, columns, features.indptr), shape=(features.shape[0], max(1, len(used)))
    )
    return small, used


def _spread(found: Floats, used: Rows) -> Floats:
    weights = np.zeros(COLUMNS)
    weights[used] = found
    return weights


def _ratio(features: sparse.csr_matrix, labels: Floats, weights: Floats) -> Floats:
    """How much oftener each column stands in what was rejected: a power of the log-count ratio, with its sign."""
    present = sparse.csr_matrix(
        (np.ones_like(features.data, dtype=float), features.indices, features.indptr), shape=features.shape
    )
    rejected = present.T @ (weights * labels) + SMOOTHING
    approved = present.T @ (weights * (1 - labels)) + SMOOTHING
    # Of texts, not of all occurrences: rejects are of other lengths, and with few of them most columns stand in none.
    among = float(weights @ labels) + 2 * SMOOTHING, float(weights @ (1 - labels)) + 2 * SMOOTHING
    ratio = np.log(rejected / among[0]) - np.log(approved / among[1])
    return np.asarray(np.sign(ratio) * np.abs(ratio) ** POWER)


def _regress(
    features: sparse.csr_matrix, labels: Floats, weights: Floats, strength: float
) -> tuple[Floats, float]:
    # Whoever only asks needs none of it: 30 MB of a process.
    from sklearn.linear_model import LogisticRegression

    with quiet():
        fitted = LogisticRegression(
            C=strength, solver="liblinear", dual=True, tol=_TOLERANCE, max_iter=100, random_state=0
        ).fit(features, labels, sample_weight=weights)
    return fitted.coef_[0], float(fitted.intercept_[0])
