"""Words and numbers of a phrase, as parsing takes them: folded, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rejoinder.sourcing.figures.languages import GERMAN
from rejoinder.sourcing.figures.vocabulary import Vocabulary

# Long phrases are no figures: who asks wants the first one of a statement.
LONGEST: Final = 4_000
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
_BLANKS: Final = re.compile("[\u00a0\u2009\u202f\u2007]")
_DASHES: Final = re.compile("[‐‑‒–—−]")
_TOKEN: Final = re.compile(
    r"\d{1,3}(?:[ ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,'’٬]\d+)*|[^\W\d_]+|[-%$€£+٪:/]"
)
_BARE: Final = re.compile("[\u064b-\u065f\u0670\u0640]")
_ALIFS: Final = str.maketrans("أإآٱى", "اااا" + "ى")


@dataclass(frozen=True, slots=True)
class Token:
    """`value`: of a number in digits. `said`: folded; `begin`, `end`: in the phrase as it came."""

    said: str
    begin: int
    end: int
    value: Decimal | None = None


def tokens(phrase: str, vocabulary: Vocabulary) -> list[Token]:
    """All words, numbers and a few signs. Nothing is longer or shorter than in the phrase, so places hold."""
    same_length = _DASHES.sub("-", _BLANKS.sub(" ", phrase[:LONGEST].translate(_DIGITS)))
    found = []
    for match in _TOKEN.finditer(_without_signs(same_length)):
        said = match[0]
        value = number(said, vocabulary.grouping) if said[0].isdecimal() else None
        found.append(Token(_folded(said, vocabulary), match.start(), match.end(), value))
    return found


def _without_signs(text: str) -> str:
    """Vowel signs made into letters that folding drops, so that a word is one token."""
    return _BARE.sub("ـ", text)


def _folded(said: str, vocabulary: Vocabulary) -> str:
    said = unicodedata.normalize("NFC", said.replace("ـ", "")).casefold().replace("ss", "ß")
    said = said.translate(_ALIFS)
    if vocabulary is not GERMAN:
        said = said.replace("ß", "ss")
    return said


def number(written: str, grouping: str) -> Decimal:
    """A number in digits: a sign before three of them groups, where the language groups by it; else decimals follow."""
    written = written.replace("’", "'")
    signs = re.findall(r"\D", written)
    parts = re.split(r"\D", written)
    if not signs:
        return Decimal(written)
    threes = all(len(part) == 3 for part in parts[1:]) and 0 < len(parts[0]) <= 3 and parts[0] != "0"
    if threes and (len(signs) > 1 or signs[0] in grouping) and len(set(signs)) == 1:
        return Decimal("".join(parts))
    return Decimal("".join(parts[:-1]) + "." + parts[-1])
