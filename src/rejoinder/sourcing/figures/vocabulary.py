"""Words of figures in five languages. Keys are folded: small letters, Arabic without vowel signs, its alifs bare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`numbers`: up to 99; `scales`: what multiplies; `vague`: (low, high) of words that name no number.

    `phrases`: of several words, by what they mean. `grouping`: signs before three digits that are no decimals.
    """

    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int]]
    rough: dict[str, int]  # a number, about: "une centaine"
    several: frozenset[str]  # before a scale: 2 to 9 of it
    least: tuple[str, ...]
    most: tuple[str, ...]
    about: tuple[str, ...]
    to: frozenset[str]
    between: dict[str, str] = field(default_factory=dict)
    joins: frozenset[str] = frozenset()
    skips: frozenset[str] = frozenset()  # between a figure and its unit
    grouping: str = ""
    months: frozenset[str] = frozenset()


TENS, HUNDREDS, THOUSANDS, MILLIONS = (20, 99), (200, 999), (2_000, 9_999), (2_000_000, 9_999_999)
DOZENS: Final = (24, 99)


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def spelled(words: str, first: int = 0) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


def tens(words: str) -> dict[str, int]:
    return {word: 10 * number for number, word in enumerate(words.split(), 2)}
