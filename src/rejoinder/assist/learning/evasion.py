"""Coarse words in disguise: sh1t, f*ck, @ss, fuuuuck, i d i o t. Only where the plain form is one for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SIGNS: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "€": "e", "+": "t",
}  # fmt: skip
_HIDDEN: Final = re.compile(r"[^\W\d_]?[0-9@$!|€+*#._\-]+[^\W\d_]|[^\W\d_][*#@$!]")
_EDGES: Final = "\"'“”‘’()[]{}<>,.;:?!"
_JUNK: Final = re.compile(r"[._\-~]+")
_LONG: Final = re.compile(r"(.)\1{2,}")
_MOST = 20  # characters of a piece that is looked at: coarse words are short
_READINGS = 16


def uncovered(pieces: Sequence[str], coarse: frozenset[str]) -> list[str]:
    """The pieces with those in disguise replaced by what they stand for; as many as before."""
    found = [_plain(piece, coarse) for piece in pieces]
    if [*map(len, found)].count(1) < 3:
        return found
    begin = 0
    while begin < len(found):
        end = begin
        while end < len(found) and len(found[end]) == 1:
            end += 1
        if end - begin > 2 and (word := "".join(found[begin:end])) in coarse:
            found[begin] = word
        begin = end + 1
    return found


@lru_cache(50_000)
def _plain(piece: str, coarse: frozenset[str]) -> str:
    if len(piece) > _MOST or piece in coarse:
        return piece
    if piece.isalpha():
        return _short(piece, coarse) if _LONG.search(piece) else piece
    bare = piece.strip(_EDGES)
    if bare in coarse or not _HIDDEN.search(piece):
        return piece
    for form in (bare, _JUNK.sub("", bare), piece.strip("\"'()[],.;:?")):
        for reading in _readings(form):
            word = _short(reading, coarse) if _LONG.search(reading) else reading
            if word in coarse:
                return word
    return _starred(bare, coarse) or piece


def _short(word: str, coarse: frozenset[str]) -> str:
    return next((form for form in (_LONG.sub(r"\1", word), _LONG.sub(r"\1\1", word)) if form in coarse), word)


def _readings(form: str) -> list[str]:
    if form.isdigit():
        return []
    choices = [_SIGNS.get(char, char) for char in form]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > _READINGS:
        choices = [choice[0] for choice in choices]
    return ["".join(reading) for reading in product(*choices)]


def _starred(bare: str, coarse: frozenset[str]) -> str | None:
    """f*ck, sh*t, c**t: the first letter and at least half of all are there, and one word fits."""
    hidden = sum(char in "*#" for char in bare)
    if not hidden or len(bare) < 4 or hidden * 2 > len(bare) or not bare[0].isalpha():
        return None
    pattern = re.compile("".join("." if char in "*#" else re.escape(char) for char in bare))
    return next(
        (word for word in _shapes(coarse).get((len(bare), bare[0]), ()) if pattern.fullmatch(word)), None
    )


@cache
def _shapes(coarse: frozenset[str]) -> dict[tuple[int, str], list[str]]:
    """Words by their length and first letter: a text of starred pieces would otherwise be compared with all."""
    shapes: dict[tuple[int, str], list[str]] = {}
    for word in sorted(coarse):
        shapes.setdefault((len(word), word[0]), []).append(word)
    return shapes
