"""What a figure counts: the word after it, or the noun behind its adjectives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rejoinder.sourcing.figures.languages import ENGLISH, GERMAN
from rejoinder.sourcing.figures.reading import Token
from rejoinder.sourcing.figures.vocabulary import Vocabulary, listed

_LARGEST_WORD: Final = 40
# As far as a noun is looked for behind what stands before it: "20 wounded government soldiers".
_FARTHEST: Final = 4
_PLURALS: Final = listed(
    "people men women children police troops personnel staff cattle sheep aircraft crew dead"
)
# Behind these begins something else than what was counted.
_ENDS: Final = listed(
    "were was are is be been have has had and or but in on at by for from to with who that which as after before when "
    "while into near since out of per"
)


def noun(phrase: str, row: Sequence[Token], at: int, vocabulary: Vocabulary) -> str:
    """The folded word that is counted, from the token at `at` on; "" where none is."""
    if not _is_word(row, at):
        return ""
    first = row[at].said
    if vocabulary is not ENGLISH and vocabulary is not GERMAN:
        return first
    for place in _in_a_row(row, at):
        said = row[place].said
        if vocabulary is ENGLISH and said in _ENDS:
            break
        written = phrase[row[place].begin : row[place].end]
        if _is_plural(said, written) if vocabulary is ENGLISH else _is_german_noun(written):
            return said
    return "" if vocabulary is ENGLISH and first in _ENDS else first


def _is_word(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and row[at].said[:1].isalpha() and len(row[at].said) <= _LARGEST_WORD


def _in_a_row(row: Sequence[Token], at: int) -> list[int]:
    """The words from there on between which nothing stands but a blank or a hyphen: commas and full stops end it."""
    found: list[int] = []
    while at < len(row) and len(found) < _FARTHEST:
        if row[at].said != "-":
            if not _is_word(row, at):
                break
            found.append(at)
        if at + 1 < len(row) and row[at + 1].begin - row[at].end > 1:
            break
        at += 1
    return found


def _is_plural(said: str, written: str) -> bool:
    # "SAA", "US", "ISIS": names of those whose soldiers they are.
    return said in _PLURALS or (said.endswith("s") and not said.endswith("ss") and not written.isupper())


def _is_german_noun(written: str) -> bool:
    return written[:1].isupper() and not (written.isupper() and len(written) > 1)
