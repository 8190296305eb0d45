"""From what was extracted to what is shipped. Run by bin/make-prior only; a server reads what it made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import Ridge

from rejoinder.assist.learning import groups, hashing
from rejoinder.assist.learning.packing import pack
from rejoinder.assist.learning.prior import KIND, LETTERS

# Names of groups that the sentences in `groups` do not use, and forms of those that they do.
_NAMES = (
    "islam islamic muslim moslem moslems judaism jewish jew israeli israelis christian christianity catholic protestant"
    " hindu hinduism sikh buddhist buddhists atheist atheism black blacks white whites african africa asian asia arab"
    " arabs arabic arabian latino latina latinos hispanic hispanics mexican mexico roma romani gypsy gypsies indian"
    " indians native indigenous aboriginal immigrant immigrants immigration migrant migrants refugee refugees foreigner"
    " foreigners gay gays homosexual homosexuals homosexuality lesbian lesbians bisexual queer lgbt lgbtq transgender"
    " transsexual trans transgendered woman women female females girl girls feminist feminists feminism man men male"
    " males disabled disability deaf blind wheelchair autistic autism elderly old older pensioner pensioners young"
    " younger teenager teenagers teen teens turkish turk turks russian russians polish pole poles chinese japanese"
    " korean irish german germans french english american americans pakistani iranian iraqi palestinian palestinians"
    " nigerian somali syrian afghan ukrainian ukrainians"
)


def build(found: Mapping[str, NDArray[Any]], lists: Mapping[str, list[str]]) -> bytes:
    """`found`: words, stop, idf, weights, constant, as bin/make-prior extracts them. `lists`: by language."""
    words = [str(word) for word in found["words"]]
    weights = _fair(words, found["weights"].astype(np.float64))
    values = {
        "constant": float(found["constant"]),
        "words": " ".join(words),
        "stop": " ".join(str(word) for word in found["stop"]),
        "lists": {
            code: sorted({entry.strip().lower() for entry in entries if entry.strip()})
            for code, entries in lists.items()
        },
    }
    letters, scale = _by_letters(words, weights)
    values["scale"] = scale
    arrays = {"idf": found["idf"].astype("<f2"), "weights": weights.astype("<f2"), "letters": letters}
    return pack(KIND, values, arrays)


def _fair(words: list[str], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Naming a group of people says nothing for a rejection: such words keep what speaks against one, and no more.

    The model that these weights come from learned from insults in which the names stood; "gay" weighed as much as
    "liar". Slurs are not names, and stay.
    """
    names = {*_NAMES.split(), *groups.terms()}
    named = np.array([word in names for word in words])
    return np.where(named, np.clip(weights, -1.0, 0.0), weights)


def _by_letters(words: list[str], weights: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    """What a word's letters say of its weight, for words that are not in the list: ridge regression on 2-5-grams."""
    grams = hashing.letters([[word] for word in words])
    columns = grams.column % (1 << LETTERS)
    features = sparse.csr_matrix(
        (np.ones(len(columns), np.float32), (grams.row, columns)), shape=(len(words), 1 << LETTERS)
    )
    features.data[:] = 1
    counts = np.asarray(features.sum(axis=1)).ravel()
    features = sparse.diags(1 / np.sqrt(counts)) @ features
    # Strong words are few, and those that matter.
    ridge = Ridge(alpha=1.0, solver="lsqr", fit_intercept=True).fit(
        features, weights, sample_weight=1 + np.abs(weights) / 3
    )
    scale = float(np.abs(ridge.coef_).max() / 127)
    return np.round(ridge.coef_ / scale).astype(np.int8), scale
