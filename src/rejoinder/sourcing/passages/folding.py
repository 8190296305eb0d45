"""Texts as documents keep them, and the signs that are taken for one another where texts are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Blocks stand apart by this.
SEAM: Final = "\n\n"
# Never seen, and lost or added on the way through a browser: soft hyphens, zero-width blanks, marks of direction.
# Joiners stay: they spell words in Persian and hold emoji together.
UNSEEN: Final = re.compile(
    "[\x00\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
# Quotes and dashes of a kind, which an editor's keyboard turns into one another.
ALIKE: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_BLANKS: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r" ?\n ?")
_SEAMS: Final = re.compile(r"\n{3,}")


def normal(text: str) -> str:
    """A text as documents keep it: NFC, without signs that nobody sees, its blanks and breaks tidied."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BREAKS.sub("\n", _BLANKS.sub(" ", UNSEEN.sub("", text)))
    return _SEAMS.sub(SEAM, text).strip()
