"""Numbers that are written as one word with others."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.figures.languages import GERMAN
from rejoinder.sourcing.figures.vocabulary import Vocabulary

_LONGEST: Final = 60
# "and", "with", "for", "like", "the": written together with the word that follows.
_PREFIXES: Final = ("وال", "بال", "ال", "لل", "و", "ب", "ل", "ف", "ك")


def german(word: str) -> int | None:
    """ "Zweihundertfünfzig", "einundzwanzig", "zwölftausend"; None where it is no number."""
    if len(word) > _LONGEST:
        return None
    if word in GERMAN.numbers:
        return GERMAN.numbers[word]
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(name)
        if found:
            return _joined(head, tail, scale)
    unit, found, ten = word.partition("und")
    if found and 0 < GERMAN.numbers.get(unit, 0) < 10 and GERMAN.numbers.get(ten, 0) >= 20:
        return GERMAN.numbers[unit] + GERMAN.numbers[ten]
    return None


def _joined(head: str, tail: str, scale: int) -> int | None:
    times = german(head) if head else 1
    rest = german(tail.removeprefix("und")) if tail else 0
    return None if times is None or rest is None else times * scale + rest


def stripped(said: str, vocabulary: Vocabulary) -> str:
    """An Arabic word of a figure without what is written together with it; any other word as it is."""
    known = (vocabulary.numbers, vocabulary.scales, vocabulary.vague)
    if any(said in words for words in known) or said in vocabulary.several:
        return said
    for prefix in _PREFIXES:
        rest = said.removeprefix(prefix)
        if rest != said and any(rest in words for words in known):
            return rest
    return said
