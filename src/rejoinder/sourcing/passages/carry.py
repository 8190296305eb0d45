"""Taking places from one version of a text to the next: first by what was changed, then by likeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from rejoinder.sourcing.passages import likeness
from rejoinder.sourcing.passages.anchor import Anchor, Changed, Detached, Found, How, Place
from rejoinder.sourcing.passages.locate import TELLING, find
from rejoinder.sourcing.passages.mapping import Mapping, mapping
from rejoinder.sourcing.passages.words import words_of

# As many words may have been put into a place without parting it in two.
_SLACK: Final = 30
# Where more than this share of its words went somewhere else, or as many of others' came into it, a person has to
# say where it is.
_TORN: Final = 0.15
# By what was changed alone, its words must be as like as this.
_LEAST: Final = 0.6
# What stands within so many letters says which of two copies is the place, where it says so by that much.
_FAR, _CLEARLY = 400, 0.5


def carry(anchor: Anchor, old: str, new: str) -> Place:
    """Where a place of `old` is in `new`. The anchor is that of `old`: its position and quote are exact there."""
    return carry_all([anchor], old, new)[0]


def carry_all(anchors: Iterable[Anchor], old: str, new: str) -> list[Place]:
    """The same of many, in their order: the versions are compared once."""
    if old == new:
        return [Found(anchor.position, anchor.end, How.EXACT, 1.0) for anchor in anchors]
    compared = mapping(words_of(old), words_of(new))
    return [_carried(anchor, compared) for anchor in anchors]


def _carried(anchor: Anchor, compared: Mapping) -> Place:
    first, last = compared.old.within(anchor.position, anchor.end)
    if first >= last:
        return Detached()
    by_diff = _by_diff(anchor, compared, first, last)
    if isinstance(by_diff, Found):
        return _which(anchor, compared, by_diff)
    if place := _exact_once(anchor, compared, last - first):
        return place
    if isinstance(by_diff, Changed):
        return by_diff
    return find(
        anchor, compared.new, length=len(compared.old.text), may=partial(_may_be, compared, first, last)
    )


def _may_be(compared: Mapping, first: int, last: int, number: int) -> bool:
    """What is known to be other words of the old text is not the place, however alike."""
    before = compared.back[number]
    return before < 0 or first <= before < last


def _exact_once(anchor: Anchor, compared: Mapping, words: int) -> Found | None:
    """The very words, where they occur once in either version."""
    if words < TELLING or compared.old.text.count(anchor.quote) != 1:
        return None
    begin = compared.new.text.find(anchor.quote)
    if begin < 0 or compared.new.text.find(anchor.quote, begin + 1) >= 0:
        return None
    return Found(begin, begin + len(anchor.quote), How.EXACT, 1.0)


def _which(anchor: Anchor, compared: Mapping, found: Found) -> Found | Changed:
    """Where much the same stands twice now and stood once, what is further around says which it is: else a person."""
    twin = _twin(anchor, compared)
    if twin is None:
        return found
    old, new = compared.old.text, compared.new.text
    here, there = (_around(anchor, old, place, new) for place in (found, twin))
    if abs(here - there) < _CLEARLY:
        return Changed(found.begin, found.end, found.how, found.score)
    return found if here > there else twin


def _twin(anchor: Anchor, compared: Mapping) -> Found | None:
    """A second place with much the same words, where none was before."""
    quote = words_of(anchor.quote).said
    if sum(word in compared.added for word in quote) < likeness.ATTACH * len(quote):
        return None
    if compared.old.text.count(anchor.quote) != 1:
        return None
    length = len(compared.old.text)
    place = find(anchor, compared.new, length=length, may=lambda number: compared.back[number] < 0)
    if isinstance(place, Detached) or place.end - place.begin < len(anchor.quote) / 2:
        return None
    return Found(place.begin, place.end, place.how, place.score)


def _around(anchor: Anchor, old: str, place: Found, new: str) -> float:
    before = likeness.of_letters(old[: anchor.position][-_FAR:], new[: place.begin][-_FAR:])
    return before + likeness.of_letters(old[anchor.end :][:_FAR], new[place.end :][:_FAR])


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a place that stayed together: (number in the old text, in the new one)."""

    pairs: list[tuple[int, int]]

    def goes_on(self, pair: tuple[int, int]) -> bool:
        before = self.pairs[-1]
        return 0 < pair[1] - before[1] <= pair[0] - before[0] + _SLACK


def _pieces(compared: Mapping, first: int, last: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    for number in range(first, last):
        pair = number, compared.to[number]
        if pair[1] < 0:
            continue
        for piece in reversed(pieces):
            if piece.goes_on(pair):
                piece.pairs.append(pair)
                break
        else:
            pieces.append(_Piece([pair]))
    return pieces


def _by_diff(anchor: Anchor, compared: Mapping, first: int, last: int) -> Place:
    pieces = _pieces(compared, first, last)
    if not pieces:
        return Detached()
    largest = max(pieces, key=lambda piece: len(piece.pairs))
    elsewhere = sum(len(piece.pairs) for piece in pieces) - len(largest.pairs)
    begin, end = _edges(compared, largest, first, last)
    old, new = compared.old.said[first:last], compared.new.said[begin:end]
    alike = likeness.of_words(old, new)
    place = _letters(anchor, compared, (first, last), (begin, end))
    weighed = likeness.of_place(anchor, len(compared.old.text), compared.new.text, place, quote=alike)
    strange = sum(1 for number in compared.back[begin:end] if number >= 0 and not first <= number < last)
    if max(elsewhere, strange) > _TORN * (last - first):
        return Changed(*place, How.DIFF, alike)
    if alike >= likeness.ATTACH or (alike >= _LEAST and weighed >= likeness.ATTACH):
        return Found(*place, How.EXACT if alike == 1 else How.DIFF, max(alike, weighed))
    return Changed(*place, How.DIFF, alike) if alike >= likeness.CHANGED else Detached()


def _edges(compared: Mapping, piece: _Piece, first: int, last: int) -> tuple[int, int]:
    """The words [begin, end) of the new text that the place takes up: beyond the piece, as many as it had.

    They are the same words, whatever they were taken for, or changed ones.
    """
    (old_begin, begin), (old_end, end) = piece.pairs[0], piece.pairs[-1]
    while old_begin > first and begin and _could_be(compared, old_begin - 1, begin - 1):
        old_begin, begin = old_begin - 1, begin - 1
    while old_end + 1 < last and end + 1 < len(compared.back) and _could_be(compared, old_end + 1, end + 1):
        old_end, end = old_end + 1, end + 1
    return begin, end + 1


def _could_be(compared: Mapping, i: int, j: int) -> bool:
    return compared.back[j] < 0 or compared.old.said[i] == compared.new.said[j]


def _letters(
    anchor: Anchor, compared: Mapping, old: tuple[int, int], new: tuple[int, int]
) -> tuple[int, int]:
    """[begin, end) in letters. A place that began or ended within a word does so still, where that word is the same."""
    there = compared.new
    begin, end = there.begins[new[0]], there.ends[new[1] - 1]
    if there.said[new[0]] == compared.old.said[old[0]]:
        begin += max(0, anchor.position - compared.old.begins[old[0]])
    if there.said[new[1] - 1] == compared.old.said[old[1] - 1]:
        end -= max(0, compared.old.ends[old[1] - 1] - anchor.end)
    return (begin, end) if begin < end else (there.begins[new[0]], there.ends[new[1] - 1])
