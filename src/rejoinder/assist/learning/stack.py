"""A few numbers of a text become log-odds: logistic regression with a prior on each weight, some never negative.

With few decisions the weights stay where the prior has them (own slope 1: what the site's own model says is taken as it
is), and move as far as later decisions justify: MAP, which at 100 to 300 decisions is calibrated where isotonic
regression is not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning.quiet import quiet

Floats = NDArray[np.float64]


def sigmoid(logits: Floats) -> Floats:
    """Log-odds to probabilities, without overflow."""
    return np.asarray(np.exp(-np.logaddexp(0, -logits)))


def fit_stack(
    inputs: Floats, labels: Floats, weights: Floats, prior: tuple[Floats, Floats, NDArray[np.bool_]]
) -> tuple[Floats, float]:
    """(a weight for each column of `inputs`, the constant). `prior`: means, standard deviations, never negative."""
    from scipy.optimize import minimize  # as long to load as all that is needed for asking

    means, deviations, positive = prior
    total = float(weights.sum())
    rate = (float(weights @ labels) + 1) / (total + 2)
    # The constant is known within about 3 before anything is seen.
    centre, spread = np.append(means, np.log(rate / (1 - rate))), np.append(deviations, 3.0)
    columns = np.hstack([inputs, np.ones((len(inputs), 1))]) * spread
    offset = inputs @ means + centre[-1]
    signs = np.where(labels > 0, -1.0, 1.0)

    # Sought in units of the prior's deviations: a step is then about as far in every direction.
    def loss(off: Floats) -> tuple[float, Floats]:
        logits = offset + columns @ off
        value = float(weights @ np.logaddexp(0, signs * logits)) + 0.5 * float(off @ off)
        return value, columns.T @ (weights * (sigmoid(logits) - labels)) + off

    least = [
        (-mean / each if sign else None, None)
        for mean, each, sign in zip(means, deviations, positive, strict=True)
    ]
    with quiet():
        found = minimize(
            loss,
            np.zeros(len(centre)),
            jac=True,
            method="L-BFGS-B",
            bounds=[*least, (None, None)],
            options={"maxiter": 500},
        )
    fitted = centre + spread * found.x
    return np.where(positive, np.maximum(fitted[:-1], 0.0), fitted[:-1]), float(fitted[-1])
