"""What is kept of a place, and what comes of looking for it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 32  # characters before and after
# A passage is a statement. Of a whole story nothing could be said that its discussion does not say already.
LONGEST = 1500


class How(StrEnum):
    EXACT = "exact"
    DIFF = "diff"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a place, up to 32 characters on either side, where it began, and in which version of the text."""

    quote: str
    before: str = ""
    after: str = ""
    position: int = 0
    version: int = 0

    @property
    def end(self) -> int:
        return self.position + len(self.quote)


@dataclass(frozen=True, slots=True)
class Found:
    """It stands at [begin, end). `score`: likeness to what was chosen, .75 to 1."""

    begin: int
    end: int
    how: How
    score: float


@dataclass(frozen=True, slots=True)
class Changed:
    """It most likely stood at [begin, end), in other words: a person has to look."""

    begin: int
    end: int
    how: How
    score: float


@dataclass(frozen=True, slots=True)
class Detached:
    """It is not in this text any more."""


Place = Found | Changed | Detached


class NoPassage(ValueError):
    """A selection that is no passage. `code`: nothing, outside or long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def anchor_of(text: str, begin: int, end: int, version: int = 0) -> Anchor:
    """The anchor of [begin, end) as it stands."""
    before = text[max(0, begin - CONTEXT) : begin]
    return Anchor(text[begin:end], before, text[end : end + CONTEXT], begin, version)


def choose(text: str, begin: int, end: int, version: int = 0) -> Anchor:
    """The anchor of a selection, without the blanks at its edges and with the whole of a character at each.

    Selections may cross blocks. Raises NoPassage: nothing but blanks and signs, outside of the text, too long.
    """
    if not 0 <= begin <= end <= len(text):
        raise NoPassage("outside")
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if not any(character.isalnum() for character in text[begin:end]):
        raise NoPassage("nothing")
    begin, end = _whole(text, begin, end)
    if end - begin > LONGEST:
        raise NoPassage("long")
    return anchor_of(text, begin, end, version)


def _whole(text: str, begin: int, end: int) -> tuple[int, int]:
    """Wider, where an edge parts a letter from the marks upon it."""
    while begin > 0 and _is_mark(text[begin]):
        begin -= 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return begin, end


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or character in "\u200d\ufe0f"
