"""What Assist is compared with: simple ways to sort the same comments."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import prior
from rejoinder.assist.learning.inputs import Prepared

Floats = NDArray[np.float64]


def lexicon(prepared: Prepared) -> Floats:
    """How many entries of the English list a text has."""
    return np.array([len(prior.listed(pieces, "en")) for pieces in prepared.pieces], float)


def plain_regression(bodies: list[str], labels: Floats, asked: list[str]) -> Floats:
    """scikit-learn's logistic regression on TF-IDF of single words, as its own guide has it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = LogisticRegression(max_iter=300).fit(words.fit_transform(bodies), labels)
    return np.asarray(fitted.decision_function(words.transform(asked)))


def profanity_check(bodies: list[str]) -> Floats | None:
    """alt-profanity-check itself, where it is installed."""
    try:
        import profanity_check
    except ImportError:
        return None
    found: Any = profanity_check.predict_prob(bodies)
    return np.asarray(found)
