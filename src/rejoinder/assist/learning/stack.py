"""A few numbers of a text become log-odds: logistic regression with a prior on each weight, some never negative.

With few decisions the weights stay where the prior has them (own slope 1: what the site's own model says is taken as it
is), and move as far as later decisions justify: MAP, which at 100 to 300 decisions is calibrated where isotonic
regression is not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rejoinder.assist.learning.quiet import quiet

Floats = NDArray[np.float64]


def sigmoid(logits: Floats) -> Floats:
    """Log-odds to probabilities, without overflow."""
    return np.asarray(np.exp(-np.logaddexp(0, -logits)))


def fit_stack(
    inputs: Floats, labels: Floats, weights: Floats, prior: tuple[Floats, Floats, NDArray[np.bool_]]
) -> tuple[Floats, float]:
    """(a weight for each column of `inputs`, the constant). `prior`: means, standard deviations, never negative."""
    means, deviations, positive = prior
    total = float(weights.sum())
    rate = (float(weights @ labels) + 1) / (total + 2)
    start = np.append(means, np.log(rate / (1 - rate)))
    bounds = [(0.0, None) if sign else (None, None) for sign in positive] + [(None, None)]

    def loss(at: Floats) -> tuple[float, Floats]:
        logits = inputs @ at[:-1] + at[-1]
        # The constant is known within about 3 before anything is seen.
        off = np.append((at[:-1] - means) / deviations, (at[-1] - start[-1]) / 3)
        value = float(weights @ np.logaddexp(0, np.where(labels > 0, -logits, logits))) + 0.5 * float(
            off @ off
        )
        residual = weights * (sigmoid(logits) - labels)
        slope = np.append(inputs.T @ residual, residual.sum())
        return value, slope + off / np.append(deviations, 3)

    with quiet():
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return found.x[:-1], float(found.x[-1])
