"""Texts become the numbers that a model's last step joins: one row a text, one column a kind of evidence."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning import duplicates, evasion, hashing, languages, normal, orders, prior, surface
from rejoinder.assist.learning.types import Text

Floats = NDArray[np.float64]

# Column, mean and standard deviation of its weight before anything is decided, whether it is never negative.
_PRIORS: Final[tuple[tuple[str, float, float, bool], ...]] = (
    ("own", 2.0, 1.0, True),  # what the site's own words and letters say
    # What the model said that was in use before the policy changed: where a policy turns about, it speaks against.
    ("before", 0.5, 1.0, False),
    ("coarse", 0.5, 0.5, True),
    ("heaviest", 0.0, 0.1, True),
    ("heavy", 0.0, 0.1, True),
    ("listed", 0.3, 0.5, True),
    ("record", 0.5, 0.5, True),
    ("duplicate", 2.0, 1.0, True),
    ("parent", 0.0, 0.2, False),
    *((name, 0.0, 0.3, False) for name in surface.NAMES),
)
NAMES: Final = tuple(name for name, *_ in _PRIORS)
PLACE: Final = {name: place for place, name in enumerate(NAMES)}
MEANS: Final = np.array([mean for _, mean, _, _ in _PRIORS])
DEVIATIONS: Final = np.array([deviation for _, _, deviation, _ in _PRIORS])
POSITIVE: Final = np.array([positive for _, _, _, positive in _PRIORS])

# The prior's three numbers as one: weights and centre by the same rule as all constants here.
_COARSE: Final = np.array([0.25, 0.5, 0.5])
_CENTRE: Final = np.array([0.0, 2.0, 2.5])
_COARSE_CENTRE = 1.25
_RECORD_COUNTS_FROM = 5.0  # decisions that count as much as an author's own: one rejection is no habit
_RECORD_CAP = 2.0  # log-odds: nobody is decided about by the past alone


@dataclass(frozen=True, slots=True)
class Prepared:
    """Texts as arrays, all that does not depend on a model. `pieces`: in the form in which they are learned."""

    texts: Sequence[Text]
    pieces: list[list[str]]
    spoken: list[str]
    matrix: sparse.csr_matrix
    signatures: duplicates.Signatures
    fixed: Floats  # texts by NAMES; the columns own, before, record and duplicate are still 0
    same: list[bytes]  # alike for texts of the same pieces, and for no others
    vectors: NDArray[np.float32] | None = None  # of `meaning`, where they were asked for

    def part(self, begin: int, end: int) -> Prepared:
        """Some of the texts, in their order."""
        return Prepared(
            self.texts[begin:end],
            self.pieces[begin:end],
            self.spoken[begin:end],
            self.matrix[begin:end],
            self.signatures[begin:end],
            self.fixed[begin:end],
            self.same[begin:end],
            None if self.vectors is None else self.vectors[begin:end],
        )


def prepare(texts: Sequence[Text], *, language: str, meant: bool = False) -> Prepared:
    """`language`: what a text is taken to be in where neither it nor its sender says so. `meant`: with vectors, which
    needs the further extra.
    """
    coarse = prior.shipped().coarse
    read = [read_pieces(text.body) for text in texts]
    pieces = [evasion.uncovered(found, coarse) for found, _ in read]
    spoken = [spoken_in(text, language) for text in texts]
    fixed = np.zeros((len(texts), len(NAMES)))
    english = np.array([code == "en" for code in spoken], bool)
    _weigh(fixed, pieces, english)
    fixed[:, PLACE["listed"]] = [
        math.log1p(len(prior.listed(words, code))) for words, code in zip(pieces, spoken, strict=True)
    ]
    parents = [
        normal.pieces(text.parent[:2000]) if text.parent and code == "en" else []
        for text, code in zip(texts, spoken, strict=True)
    ]
    asked = [place for place, words in enumerate(parents) if words]
    if asked:
        fixed[asked, PLACE["parent"]] = _coarse(prior.features([parents[place] for place in asked]))
    fixed[:, PLACE["length"] :] = surface.features([body for _, body in read])
    matrix, signatures = hashing.matrix(pieces), duplicates.signatures(pieces)
    prepared = Prepared(texts, pieces, spoken, matrix, signatures, fixed, [_same(words) for words in pieces])
    return with_vectors(prepared) if meant else prepared


def _same(pieces: Sequence[str]) -> bytes:
    line = " ".join(pieces).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(line, digest_size=8).digest()


def with_vectors(prepared: Prepared) -> Prepared:
    """The same with what each text says as a whole. Needs the further extra."""
    from rejoinder.assist.learning import meaning

    return replace(prepared, vectors=meaning.of(prepared.texts, prepared.pieces))


def counted_pieces(body: str) -> list[str]:
    """The pieces of a text that count, in the form in which they are learned."""
    return evasion.uncovered(read_pieces(body)[0], prior.shipped().coarse)


def read_pieces(body: str) -> tuple[list[str], str]:
    """The pieces of a text that count, and the text as it was written without what does not."""
    found = normal.pieces(body)
    counts = orders.read(found)
    if all(counts):
        return found, body
    written = " ".join(body[begin:end] for _, begin, end in learned_places(body))
    return list(compress(found, counts)), written


def learned_places(body: str) -> list[tuple[str, int, int]]:
    """The same with their places in the text."""
    found = normal.placed(body)
    return list(compress(found, orders.read([form for form, _, _ in found])))


def _weigh(fixed: Floats, pieces: Sequence[Sequence[str]], english: NDArray[np.bool_]) -> None:
    """Fill in what the prior says; it knows English only, and says nothing of the rest."""
    places = np.flatnonzero(english).tolist()
    if places:
        found = prior.features([pieces[place] for place in places])
        fixed[places, PLACE["coarse"]] = _coarse(found)
        fixed[places, PLACE["heaviest"]] = found[:, 1] - _CENTRE[1]
        fixed[places, PLACE["heavy"]] = found[:, 2] - _CENTRE[2]


def _coarse(found: Floats) -> Floats:
    return np.asarray(found @ _COARSE - _COARSE_CENTRE)


def spoken_in(text: Text, language: str) -> str:
    """The language of a text: as its letters and words say, else as its sender says, else as given."""
    code, sure = ("", False) if text.detected else languages.detect(text.body)
    if sure:
        return code
    return (text.language or language or code).partition("-")[0].lower()


def records(texts: Sequence[Text], rate: float) -> Floats:
    """Log-odds of each author's share of rejections against the site's, drawn towards it and capped."""
    found = np.zeros(len(texts))
    rate = min(max(rate, 0.005), 0.995)
    usual = math.log(rate / (1 - rate))
    for place, text in enumerate(texts):
        if text.record is not None:
            rejected, decided = text.record
            rejected = min(max(rejected, 0), max(decided, 0))
            against = rejected + _RECORD_COUNTS_FROM * rate
            in_favour = max(decided, 0) - rejected + _RECORD_COUNTS_FROM * (1 - rate)
            found[place] = min(max(math.log(against / in_favour) - usual, -_RECORD_CAP), _RECORD_CAP)
    return found
