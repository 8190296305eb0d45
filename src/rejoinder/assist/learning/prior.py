"""What is known of a text before any decision: how coarse its words are, in English, and whether lists name them.

The weights are those of alt-profanity-check's linear model, without what it held against names of groups of people,
and with a guess by letters for words that it does not know. Its score is no probability of a rejection anywhere.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import evasion, hashing
from rejoinder.assist.learning.packing import unpack

KIND: Final = "prior"
LETTERS = 17  # bits of the table by letters
COARSE = 8.0  # log-odds from which a word of the model counts among coarse ones
_UNKNOWN_IDF = 9.0  # about what the model's rarest words have
_REMEMBERED = 50_000  # words outside the model whose weight is kept at hand
_RUNS: Final = (2, 3, 4)  # words of an entry of several
_WORD: Final = re.compile(r"\w\w+")
_UNSPACED: Final = frozenset({"ja", "zh", "th"})

Floats = NDArray[np.float64]


class Word(NamedTuple):
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
    found = []
    for pieces in texts:
        places: dict[str, int] = {}
        for place, piece in enumerate(pieces):
            for word in _weighed(piece):
                places.setdefault(word, place)
        found.append(places)
    words = _words({word for places in found for word in places})
    return [[(word, place, words[word]) for word, place in places.items()] for places in found]


@lru_cache(20_000)
def _weighed(piece: str) -> tuple[str, ...]:
    """The words of a piece that are weighed; pieces return, so that most are at hand."""
    stop = shipped().stop
    found = (piece,) if piece.isalpha() else _WORD.findall(piece)
    return tuple(word for word in found if len(word) > 1 and word not in stop)


def _words(names: set[str]) -> ChainMap[str, Word]:
    """What these weigh, among others: as the model says, else by their letters."""
    prior = shipped()
    _guess(names - prior.words.keys())
    return ChainMap(prior.words, prior.guessed)


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
    counts = [Counter(pieces) for pieces in texts]
    names = [dict.fromkeys(chain.from_iterable(map(_weighed, pieces))) for pieces in counts]
    _guess(set().union(*names) - prior.words.keys())
    words, guessed = prior.words, prior.guessed
    found = [words[name] if name in words else guessed[name] for text in names for name in text]
    times = [count.get(name, 1) for count, text in zip(counts, names, strict=True) for name in text]
    row = np.repeat(np.arange(len(texts)), [len(text) for text in names])
    spread, weight = np.array(found, float).reshape(-1, 2).T
    spread = spread * np.array(times, float)
    said, heavy = spread * weight, np.maximum(spread * weight, 0.0)
    length, total, sums = (
        np.bincount(row, values, minlength=len(texts)) for values in (spread * spread, said, heavy)
    )
    heaviest = np.zeros(len(texts))
    np.maximum.at(heaviest, row, heavy)
    length = np.where(length > 0, np.sqrt(length), 1.0)
    return np.column_stack([total / length + prior.constant, np.log1p(heaviest), np.log1p(sums)])


def listed(pieces: Sequence[str], language: str) -> list[str]:
    """The entries of the language's list that the text has."""
    entries = shipped().lists.get(language)
    if not entries:
        return []
    if language in _UNSPACED:
        line = "".join(pieces)
        return [entry for entry in entries if entry in line]
    words = list(chain.from_iterable(map(_bare, pieces)))
    begins = _begins(language)
    at = [place for place, word in enumerate(words) if word in begins]
    runs = [" ".join(words[place : place + length]) for place in at for length in _RUNS]
    return sorted({*words, *runs} & entries)


@lru_cache(20_000)
def _bare(piece: str) -> tuple[str, ...]:
    return tuple(evasion.WORD.findall(piece))


@cache
def _begins(language: str) -> frozenset[str]:
    """The first words of a list's entries of several words."""
    return frozenset(entry.partition(" ")[0] for entry in shipped().lists.get(language, ()) if " " in entry)
