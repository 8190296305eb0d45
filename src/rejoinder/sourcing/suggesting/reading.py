"""A text as sentences of tokens; what stands between quotation marks is one token."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


def words(text: str) -> frozenset[str]:
    """A row of words as a set."""
    return frozenset(text.split())


_MARKS: Final = "\u064b-\u0652\u0670\u0640"
_TOKEN: Final = re.compile(
    rf"\d+(?:[.,٫٬]\d+)*|[\w{_MARKS}]+(?:[-‑][\w{_MARKS}]+)*(?:['’](?:s|t|re|ve|ll|d|m)\b)?['’]?|\S",
    re.UNICODE,
)
# What closes a quotation that this sign opens.
_CLOSERS: Final = {"“": "”“", "„": "“”", "«": "»", "»": "«", '"': '"', "‹": "›"}
# A quotation is looked for no further than this, and a sentence is read no further: work stays bounded.
_LONGEST_QUOTE: Final = 1500
LONGEST_SENTENCE: Final = 160
_ENDS: Final = frozenset(".!?…؟")
_ABBREVIATED: Final = words(
    "mr mrs ms dr prof st sen rep gen col lt capt gov jr sr no vs etc hr fr nr bzw ca sog mio mrd m "
    "mme mm sr sra dra ud d s z b u a e.g i.e ing"
)
_ARABIC: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ٱ": "ا"})
_UNWRITTEN: Final = re.compile(rf"[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Token:
    """`low` is what words are compared by; a quotation's `inner` is without its marks."""

    text: str
    low: str
    begin: int
    end: int
    inner: tuple[int, int] | None = None

    @property
    def word(self) -> bool:
        return self.inner is None and self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        return self.inner is None and self.text[0].isupper()


Tokens = tuple[Token, ...]


@lru_cache(maxsize=4096)
def _low(word: str) -> str:
    return unicodedata.normalize("NFC", _UNWRITTEN.sub("", word).translate(_ARABIC).lower().replace("’", "'"))


def _quote_end(text: str, begin: int) -> int:
    """Where the quotation that opens at `begin` ends, past its mark; 0 if it does not."""
    last = min(len(text), begin + _LONGEST_QUOTE)
    blank = text.find("\n\n", begin, last)
    last = blank if blank >= 0 else last
    found = [end for closer in _CLOSERS[text[begin]] if (end := text.find(closer, begin + 1, last)) >= 0]
    return min(found) + 1 if found else 0


def tokens_of(text: str, begin: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of [begin, end), quotations whole."""
    end = len(text) if end is None else end
    while (match := _TOKEN.search(text, begin, end)) is not None:
        first, begin = match.span()
        if text[first] in _CLOSERS and (past := _quote_end(text, first)) and past <= end:
            said = text[first + 1 : past - 1]
            left = first + 1 + len(said) - len(said.lstrip())
            right = past - 1 - (len(said) - len(said.rstrip()))
            yield Token(text[first:past], "", first, past, (left, max(left, right)))
            begin = past
        else:
            yield Token(match[0], _low(match[0]), first, begin)


def _ends(text: str, token: Token, before: Token | None, after: Token | None) -> bool:
    """Does the sentence end with this token?"""
    if after is None or "\n\n" in text[token.end : after.begin]:
        return True
    if token.inner is not None:
        return token.text[-2:-1] == "." and (after.capital or after.inner is not None)
    if token.low in {";", "؛"}:
        return True
    if token.low not in _ENDS or after.begin == token.end or after.text[0].islower():
        return False
    return (
        token.low != "." or before is None or not _shortened(before) or "\n" in text[token.end : after.begin]
    )


def _shortened(word: Token) -> bool:
    """Does its full stop belong to the word: "Dr.", an initial, an ordinal as in "am 3. Mai"?"""
    if word.low in _ABBREVIATED or (len(word.text) == 1 and word.capital):
        return True
    return word.text.isdigit() and len(word.text) < 3


def sentences(text: str) -> Iterator[Tokens]:
    """The sentences of a text, in order; one that is too long is cut."""
    row: list[Token] = []
    before: Token | None = None
    held: Token | None = None
    for after in tokens_of(text):
        if held is not None:
            row.append(held)
            if _ends(text, held, before, after) or len(row) >= LONGEST_SENTENCE:
                yield tuple(row)
                row = []
            before = held
        held = after
    if held is not None:
        yield (*row, held)
