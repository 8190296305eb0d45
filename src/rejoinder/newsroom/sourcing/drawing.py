"""The draft as the desk reads it: its paragraphs, with marks where statements are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.newsroom.sourcing.work import Work
from rejoinder.sourcing.passages.folding import SEAM


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row. `marked`: a claim is made in them."""

    words: str
    marked: bool


def paragraphs(work: Work) -> list[list[Piece]]:
    """The blocks of the draft, in pieces."""
    spans = sorted(
        work.standing[claim.shown.passage.pk]
        for claim in work.claims
        if claim.shown.passage.pk in work.standing
    )
    covered = list(_joined(spans))
    found, begin = [], 0
    for block in work.draft.split(SEAM):
        found.append(list(_pieces(block, begin, covered)))
        begin += len(block) + len(SEAM)
    return found


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap or touch, as one."""
    begin, end = -1, -1
    for first, last in spans:
        if first > end:
            if end > begin:
                yield begin, end
            begin, end = first, last
        end = max(end, last)
    if end > begin:
        yield begin, end


def _pieces(block: str, begin: int, covered: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for span in covered:
        first, last = max(span[0] - begin, 0), min(span[1] - begin, len(block))
        if first >= last:
            continue
        if first > at:
            yield Piece(block[at:first], False)
        yield Piece(block[first:last], True)
        at = last
    if at < len(block):
        yield Piece(block[at:], False)
