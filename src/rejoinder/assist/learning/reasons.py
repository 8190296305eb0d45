"""Why a score is what it is, in log-odds, heaviest first: words as they were written, and the rest by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import hashing, prior, surface
from rejoinder.assist.learning.inputs import PLACE, Prepared, learned_places
from rejoinder.assist.learning.state import Model
from rejoinder.assist.learning.types import Kind, Reason

MOST = 8
LEAST = 0.1  # log-odds: less changes nothing that a person would see
_WORDS = 5
_EDGED: Final = re.compile(r"\W*(\w.*?)\W*\Z", re.DOTALL)
_PRIOR: Final = ("coarse", "heaviest", "heavy", "listed", "parent")


def of(model: Model, prepared: Prepared, columns: NDArray[np.float64], place: int) -> tuple[Reason, ...]:
    """The reasons for the score of the text at `place`; `columns` is its evidence and that of the others."""
    shares = columns[place] * model.stack
    found = _words(model, prepared, place)
    if model.plain is not None:
        found.append(Reason("meaning", "", round(float(shares[-1]), 3)))
    found += _by_prior(prepared, place, float(sum(shares[PLACE[name]] for name in _PRIOR)))
    plain: list[tuple[Kind, str, str]] = [
        ("author", "record", "record"),
        ("duplicate", "duplicate", "duplicate"),
    ]
    plain += [("surface", name, name) for name in surface.NAMES]
    found += [Reason(kind, text, round(float(shares[PLACE[name]]), 3)) for kind, name, text in plain]
    found += [Reason("prior", "before", round(float(shares[PLACE["before"]]), 3))]
    found.sort(key=lambda reason: -abs(reason.weight))
    return tuple(reason for reason in found if abs(reason.weight) >= LEAST)[:MOST]


def _words(model: Model, prepared: Prepared, place: int) -> list[Reason]:
    slope = float(model.stack[PLACE["own"]])
    pieces = prepared.pieces[place]
    if not model.scale or slope <= 0 or not pieces:
        return []
    weights = np.zeros(len(pieces))
    row = prepared.matrix[place]
    values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    for grams in (hashing.words([pieces]), hashing.letters([pieces])):
        # A column that stands several times has one value: each place has its share of it.
        _, inverse, counts = np.unique(grams.column, return_inverse=True, return_counts=True)
        shared = np.array([values.get(column, 0.0) for column in grams.column.tolist()]) / np.maximum(
            counts[inverse], 1
        )
        weights += np.bincount(grams.piece, shared * model.own[grams.column] * slope, minlength=len(pieces))
    return _joined(prepared.texts[place].body, weights)


def _joined(body: str, weights: NDArray[np.float64]) -> list[Reason]:
    """One reason a different word, at the first place where it stands."""
    sums: dict[str, float] = defaultdict(float)
    first: dict[str, tuple[int, int]] = {}
    for (form, begin, end), weight in zip(learned_places(body), weights.tolist(), strict=False):
        sums[form] += weight
        first.setdefault(form, (begin, end))
    heaviest = sorted(sums, key=lambda form: -abs(sums[form]))[:_WORDS]
    return [_pointing("word", body, first[form], sums[form]) for form in heaviest]


def _pointing(kind: Kind, body: str, place: tuple[int, int], weight: float) -> Reason:
    """A reason that points at a piece of the text, without the signs around its word."""
    begin, end = place
    word = _EDGED.match(body, begin, end)
    if word is not None:
        begin, end = word.span(1)
    return Reason(kind, body[begin:end][:80], round(weight, 3), begin, end)


def _by_prior(prepared: Prepared, place: int, weight: float) -> list[Reason]:
    """The prior's say, with the word that weighs most in it where there is one."""
    if abs(weight) < LEAST:
        return []
    pieces = prepared.pieces[place]
    # Of most texts the prior thinks well: that has no word to point at, and is not looked for.
    known = prior.known([pieces])[0] if weight > 0 and prepared.spoken[place] == "en" else []
    heavy = max(known, key=lambda found: found[2].spread * found[2].weight, default=None)
    if heavy is None or heavy[2].weight <= 0:
        return [Reason("prior", "", round(weight, 3))]
    body = prepared.texts[place].body
    _, begin, end = learned_places(body)[heavy[1]]
    return [_pointing("prior", body, (begin, end), weight)]
