"""The one normal form of everything people type, and the characters that no text of ours may hold.

NFC is UAX #15; the forbidden characters are those that act on text around them (bidi controls, UAX #9; line
and paragraph separators), cannot be stored or sent (NUL, lone surrogates, noncharacters), or tower over the
lines above and below (heaps of combining marks).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

Kind = Literal["control", "surrogate", "noncharacter", "direction", "separator", "marks"]

# Four is what pointed Hebrew and Vietnamese with tone need at most; a heap of more covers other lines.
MAX_MARKS: Final = 4
# Marks that take part in spelling rather than in decorating have class 0 (Indic vowel signs, Tibetan letters
# below letters): real syllables stay under this, a tower of them does not.
MAX_SPELLING_MARKS: Final = 8

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_KINDS: Final[dict[Kind, str]] = {
    "control": "\x00-\x08\x0b-\x1f\x7f-\x9f",
    "surrogate": "\ud800-\udfff",
    "noncharacter": _NONCHARACTERS,
    "direction": "\u202a-\u202e\u2066-\u2069",
    "separator": "\u2028\u2029",
}
_FORBIDDEN: Final = re.compile("|".join(f"(?P<{kind}>[{chars}])" for kind, chars in _KINDS.items()))
# The same in one class, three times as fast: what every rendering asks.
_ANY_FORBIDDEN: Final = re.compile(f"[{''.join(_KINDS.values())}]")
# All characters with a combining class lie above U+02FF.
_MAYBE_MARKS: Final = re.compile("[\u0300-\U0010ffff]")
_LONG_RUN: Final = re.compile("[\u00c0-\U0010ffff]{31}")
# Blank on the screen although no white space for `str.isspace`: format and filler characters, braille blank.
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159")


@dataclass(frozen=True)
class Problem:
    """One forbidden character: what kind it is, the character, and its index in the normalised text."""

    kind: Kind
    character: str
    index: int


def normalise(text: str) -> str:
    r"""NFC, with LF line ends and no blanks at the end of a line; nothing else changes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _compose("\n".join(line.rstrip(" \t") for line in text.split("\n")))


def find_forbidden(text: str) -> list[Problem]:
    """All characters of `text`, once normalised, that no text may hold, in their order."""
    text = normalise(text)
    problems = [Problem(_kind(match), match[0], match.start()) for match in _FORBIDDEN.finditer(text)]
    problems += [Problem("marks", text[index], index) for index in _excess_marks(text)]
    return sorted(problems, key=lambda problem: problem.index)


def clean(text: str) -> str:
    """`text` normalised, without what `find_forbidden` names, for a form. Separators become LF."""
    # A removed character may have kept two others from composing, so normalise after it; taking away the last
    # marks of a heap brings nothing together.
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return strip_marks(normalise(strip_forbidden(normalise(text))))


def strip_forbidden(text: str) -> str:
    """`text` without the forbidden characters; heaps of marks stay (see `strip_marks`)."""
    return _ANY_FORBIDDEN.sub("", text)


def strip_marks(text: str) -> str:
    """`text` with no more marks on one base than the limits above."""
    excess = set(_excess_marks(text))
    return "".join(c for index, c in enumerate(text) if index not in excess) if excess else text


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space, zero-width, filler and control characters only."""
    return all(_is_invisible(character) for character in text)


class MarkCounter:
    """Counts the marks since the last base; one counter may run over several pieces of a text, as in HTML."""

    def __init__(self) -> None:
        self.stacked = 0
        self.spelling = 0

    def allows(self, character: str) -> bool:
        """Count `character` in; False when it is one mark too many for its base."""
        category = unicodedata.category(character)
        if category not in {"Mn", "Me", "Cf"}:
            self.stacked = self.spelling = 0
            return True
        if category == "Cf":  # an invisible joiner between marks gives them no new base
            return True
        self.spelling += 1
        self.stacked += _stacks(character, category)
        return self.stacked <= MAX_MARKS and self.spelling <= MAX_SPELLING_MARKS

    def limited(self, text: str) -> str:
        """`text` without the marks that are too many, counting on from what came before."""
        if text and not _MAYBE_MARKS.search(text):
            self.stacked = self.spelling = 0
            return text
        return "".join(filter(self.allows, text))


def _stacks(character: str, category: str) -> bool:
    # Thai and Lao vowel signs have class 0, yet browsers pile them up without end.
    return unicodedata.combining(character) != 0 or category == "Me" or "\u0e31" <= character <= "\u0ecd"


def _kind(match: re.Match[str]) -> Kind:
    return next(kind for kind in _KINDS if match[kind] is not None)


def _excess_marks(text: str) -> list[int]:
    if not _MAYBE_MARKS.search(text):
        return []
    counter = MarkCounter()
    return [index for index, character in enumerate(text) if not counter.allows(character)]


def _is_invisible(character: str) -> bool:
    if character.isspace() or character in _FILLERS:
        return True
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"}


def _compose(text: str) -> str:
    if _LONG_RUN.search(text):
        text = _ordered(text)
    return unicodedata.normalize("NFC", text)


def _ordered(text: str) -> str:
    # `unicodedata` sorts marks by insertion: 10,000 in the worst order cost 80 ms. In canonical order it is
    # linear, so we bring them into that order first, which by UAX #15 changes nothing of the result.
    decomposed = "".join(unicodedata.normalize("NFD", character) for character in text)
    runs = groupby(decomposed, key=lambda character: unicodedata.combining(character) != 0)
    return "".join(
        "".join(sorted(run, key=unicodedata.combining)) if marks else "".join(run) for marks, run in runs
    )
