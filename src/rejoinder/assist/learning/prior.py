"""What is known of a text before any decision: how coarse its words are, in English, and whether lists name them.

The weights are those of alt-profanity-check's linear model, without what it held against names of groups of people,
and with a guess by letters for words that it does not know. Its score is no probability of a rejection anywhere.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import evasion, hashing
from rejoinder.assist.learning.packing import unpack

KIND: Final = "prior"
LETTERS = 17  # bits of the table by letters
COARSE = 8.0  # log-odds from which a word of the model counts among coarse ones
_UNKNOWN_IDF = 9.0  # about what the model's rarest words have
_REMEMBERED = 50_000  # words outside the model whose weight is kept at hand
_WORD: Final = re.compile(r"\w\w+")
_UNSPACED: Final = frozenset({"ja", "zh", "th"})

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """`spread`: the weight of one occurrence in a text's length (idf); `weight`: log-odds a unit of that."""

    spread: float
    weight: float


@dataclass(frozen=True)
class Prior:
    """The shipped data, ready to be asked."""

    constant: float
    words: dict[str, Word]
    stop: frozenset[str]
    lists: dict[str, frozenset[str]]
    coarse: frozenset[str]
    letters: NDArray[np.int8]
    scale: float
    guessed: dict[str, Word] = field(default_factory=dict)


@cache
def shipped() -> Prior:
    """The prior of this package, read once a process."""
    values, arrays = unpack(KIND, files("rejoinder.assist.prior").joinpath("prior.bin").read_bytes())
    idf, weights = arrays["idf"].astype(float).tolist(), arrays["weights"].astype(float).tolist()
    words = {word: Word(*pair) for word, *pair in zip(values["words"].split(" "), idf, weights, strict=True)}
    lists = {code: frozenset(entries) for code, entries in values["lists"].items()}
    strong = {word for word, known in words.items() if known.weight >= COARSE}
    coarse = strong | {entry for entry in lists.get("en", ()) if entry.isalpha() and len(entry) > 2}
    stop = frozenset(values["stop"].split(" "))
    return Prior(
        values["constant"], words, stop, lists, frozenset(coarse), arrays["letters"], float(values["scale"])
    )


def known(texts: Sequence[Sequence[str]]) -> list[list[tuple[str, int, Word]]]:
    """Of each text in pieces: (word, number of its first piece, its weight), each word once; stop words left out."""
    prior = shipped()
    found = []
    for pieces in texts:
        places: dict[str, int] = {}
        for place, piece in enumerate(pieces):
            for word in (piece,) if piece.isalpha() else _WORD.findall(piece):
                if len(word) > 1 and word not in prior.stop:
                    places.setdefault(word, place)
        found.append(places)
    _guess({word for places in found for word in places if word not in prior.words})
    return [
        [(word, place, prior.words.get(word) or prior.guessed[word]) for word, place in places.items()]
        for places in found
    ]


def _guess(words: set[str]) -> None:
    """Weigh words that the model does not know by their letters."""
    prior = shipped()
    if len(prior.guessed) + len(words) > _REMEMBERED:
        prior.guessed.clear()
    missing = [word for word in words if word not in prior.guessed]
    if not missing:
        return
    grams = hashing.letters([[word] for word in missing])
    weights = prior.letters[grams.column % (1 << LETTERS)].astype(float) * prior.scale
    sums = np.bincount(grams.row, weights, minlength=len(missing))
    counts = np.bincount(grams.row, minlength=len(missing))
    for word, weight in zip(missing, (sums / np.sqrt(np.maximum(counts, 1))).tolist(), strict=True):
        # A guess never speaks for a text: what is unknown is no praise.
        prior.guessed[word] = Word(_UNKNOWN_IDF, max(0.0, weight))


def features(texts: Sequence[Sequence[str]]) -> Floats:
    """Texts by 3: the model's log-odds; its heaviest word, and the sum of all that are heavy, both as log(1 + x)."""
    prior = shipped()
    rows = []
    for pieces, weighed in zip(texts, known(texts), strict=True):
        counts = Counter(pieces)
        parts = [(word.spread * max(1, counts[name]), word.weight) for name, _, word in weighed]
        length = math.sqrt(sum(spread * spread for spread, _ in parts)) or 1.0
        heavy = [spread * weight for spread, weight in parts if weight > 0]
        total = sum(spread * weight for spread, weight in parts)
        rows.append(
            (total / length + prior.constant, math.log1p(max(heavy, default=0.0)), math.log1p(sum(heavy)))
        )
    return np.array(rows, float).reshape(-1, 3)


def listed(pieces: Sequence[str], language: str) -> list[str]:
    """The entries of the language's list that the text has."""
    entries = shipped().lists.get(language)
    if not entries:
        return []
    if language in _UNSPACED:
        line = "".join(pieces)
        return [entry for entry in entries if entry in line]
    words = [match for piece in pieces for match in evasion.WORD.findall(piece)]
    two = [" ".join(pair) for pair in pairwise(words)]
    three = [" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)]
    return sorted({*words, *two, *three} & entries)
