"""Which word of one version is which word of the next: what was moved is found again, too.

First, rows of words that occur once in either version are the same row, and so is what goes on alike around them
(Heckel, "A technique for isolating differences between files", 1978, with rows in place of lines): first those that
kept their order, then those that were moved. What is left between two such rows is aligned by its longest common
subsequence.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.distance import LCSseq

from rejoinder.sourcing.passages.words import Words

_ROW: Final = 5
# So many words in a row, between the same neighbours, have not come there by chance.
_KEPT: Final = 4
# Gaps as short as this, between the same neighbours, are words that were changed.
_SHORT: Final = 12
# Of what is aligned between two rows, less than this share in common is chance: "the", "of", a comma.
_CHANCE: Final = 0.3
# Words times words that are aligned at most: 40 MB of bits. Beyond it, everything was written anew.
_MOST: Final = 320_000_000


@dataclass(frozen=True)
class Mapping:
    """`to[i]`: the word of `new` that word i of `old` became, or -1. `back` is the same the other way round."""

    old: Words
    new: Words
    to: list[int]
    back: list[int]

    @cached_property
    def added(self) -> frozenset[str]:
        """What the words of `new` are that came from nowhere. To be asked for when all are joined."""
        return frozenset(word for word, before in zip(self.new.said, self.back, strict=True) if before < 0)

    def join(self, i: int, j: int) -> None:
        self.to[i], self.back[j] = j, i

    def free(self, i: int, j: int) -> bool:
        """Whether these two are the same word, and neither is mapped yet."""
        return self.to[i] < 0 and self.back[j] < 0 and self.old.said[i] == self.new.said[j]


def mapping(old: Words, new: Words) -> Mapping:
    """What kept its order comes first: of two copies, the one between the same neighbours is the place."""
    found = Mapping(old, new, [-1] * len(old.said), [-1] * len(new.said))
    pairs = _unique_rows(old, new)
    for i, j in _in_order(pairs):
        _extend(found, i, j)
    _join_gaps(found, least=_KEPT)
    for i, j in pairs:
        if all(found.free(i + step, j + step) for step in range(_ROW)):
            _extend(found, i, j)
    _join_gaps(found, least=1)
    return found


def _rows(said: list[str]) -> dict[tuple[str, ...], int]:
    """Where each row of words begins; -1 where it occurs more than once."""
    found: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(zip(*(said[shift:] for shift in range(_ROW)), strict=False)):
        found[row] = -1 if row in found else place
    return found


def _unique_rows(old: Words, new: Words) -> list[tuple[int, int]]:
    """Where rows begin that occur once in either version, in the order of the old one."""
    there = _rows(new.said)
    return [(i, there[row]) for row, i in _rows(old.said).items() if i >= 0 and there.get(row, -1) >= 0]


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that stand in one order in both versions (longest increasing subsequence)."""
    ends: list[int] = []  # the least last place of a chain of each length
    tails: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        tails[length : length + 1] = [number]
    chain = []
    number = tails[-1] if tails else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _extend(found: Mapping, i: int, j: int) -> None:
    """Join a pair, unless it is joined, and all that goes on alike before and after it."""
    if not found.free(i, j):
        return
    a, b = i, j
    while a > 0 and b > 0 and found.free(a - 1, b - 1):
        a, b = a - 1, b - 1
    most = min(len(found.to) - a, len(found.back) - b)
    for step in range(most):
        if not found.free(a + step, b + step):
            break
        found.join(a + step, b + step)


def _join_gaps(found: Mapping, *, least: int) -> None:
    """Align what was left between rows, where the row before it went and where the row after it went."""
    length, begin = len(found.to), 0
    while begin < length:
        if found.to[begin] >= 0:
            begin += 1
            continue
        end = begin
        while end < length and found.to[end] < 0:
            end += 1
        _join_gap(found, (begin, end), least)
        begin = end


def _join_gap(found: Mapping, gap: tuple[int, int], least: int) -> None:
    begin, end = gap
    left = found.to[begin - 1] + 1 if begin else 0
    left_end = left
    while left_end < len(found.back) and found.back[left_end] < 0:
        left_end += 1
    if end - begin <= _SHORT and left_end - left <= _SHORT:
        least = 1
    matched = _align(found, gap, (left, left_end), least)
    right = found.to[end] if end < len(found.to) else len(found.back)
    right_begin = right
    while right_begin > 0 and found.back[right_begin - 1] < 0:
        right_begin -= 1
    if right_begin >= left_end or right <= left:  # not the same gap
        _align(found, (matched, end), (right_begin, right), least)


def _align(found: Mapping, here: tuple[int, int], there: tuple[int, int], least: int) -> int:
    """Join what two gaps have in common, in runs of at least so many words. Returns where the rest begins."""
    old, new = found.old.said[slice(*here)], found.new.said[slice(*there)]
    if not old or not new or len(old) * len(new) > _MOST:
        return here[0]
    blocks = [block for block in LCSseq.opcodes(old, new) if block.tag == "equal"]
    blocks = [block for block in blocks if block.src_end - block.src_start >= least]
    common = sum(block.src_end - block.src_start for block in blocks)
    if not blocks or (least == 1 and common < _CHANCE * min(len(old), len(new))):
        return here[0]
    for block in blocks:
        for step in range(block.src_end - block.src_start):
            found.join(here[0] + block.src_start + step, there[0] + block.dest_start + step)
    return here[0] + blocks[-1].src_end
