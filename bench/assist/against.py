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


def naive_bayes_svm(bodies: list[str], labels: Floats, asked: list[str]) -> Floats:
    """NB-SVM as it is mostly written (Wang and Manning, 2012): scikit-learn's TF-IDF of words 1-2 and letters 2-5,
    times the log-count ratio, and a logistic regression of it.
    """
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    learned = sparse.hstack([words.fit_transform(bodies), letters.fit_transform(bodies)], format="csr")
    counted = [np.asarray(learned[labels == label].sum(axis=0)).ravel() + 1 for label in (1, 0)]
    ratio = np.log(counted[0] / counted[0].sum()) - np.log(counted[1] / counted[1].sum())
    scales = sparse.diags(ratio)
    fitted = LogisticRegression(C=10, max_iter=300, solver="liblinear").fit(learned @ scales, labels)
    told = sparse.hstack([words.transform(asked), letters.transform(asked)], format="csr")
    return np.asarray(fitted.decision_function(told @ scales))


def profanity_check(bodies: list[str]) -> Floats | None:
    """alt-profanity-check itself, where it is installed."""
    try:
        import profanity_check
    except ImportError:
        return None
    found: Any = profanity_check.predict_prob(bodies)
    return np.asarray(found)
