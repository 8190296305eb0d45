"""A text as a row of words, each with its place: in all else, blanks and breaks do not count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rejoinder.sourcing.passages.folding import ALIKE, UNSEEN

# Scripts without blanks between words: each letter counts as one.
_UNSPACED: Final = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
# Words with the marks, joiners and apostrophes in them, and each other sign by itself.
_WORD: Final = re.compile(
    rf"{_UNSPACED}"
    rf"|(?:(?!{_UNSPACED})[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u200c\u200d])+"
    rf"(?:[’'](?:(?!{_UNSPACED})\w)+)*"
    r"|[^\w\s]"
)


@dataclass(frozen=True)
class Words:
    """`said[i]` stands at [begins[i], ends[i]) of `text`."""

    text: str
    said: list[str]
    begins: list[int]
    ends: list[int]

    def within(self, begin: int, end: int) -> tuple[int, int]:
        """The numbers [first, last) of the words that [begin, end) touches."""
        return bisect_right(self.ends, begin), bisect_left(self.begins, end)

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """The numbers of each word."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.said):
            found.setdefault(word, []).append(number)
        return found


def words_of(text: str) -> Words:
    """All words and signs of a text, signs that nobody sees left out."""
    said, begins, ends = [], [], []
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) == 1 and UNSEEN.match(word):
            continue
        said.append(word.translate(ALIKE))
        begins.append(match.start())
        ends.append(match.end())
    return Words(text, said, begins, ends)
