"""What an editor may want to know before a story is published. Told, never forbidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rejoinder.newsroom.sourcing.work import Stood, Work
from rejoinder.sourcing.models import Source
from rejoinder.sourcing.queries import rests_on


@dataclass(frozen=True, slots=True)
class Checklist:
    """`one_side`: the side, or the only source, that all of several statements rest on; "" where there are others."""

    without_source: list[Stood]
    once_unnamed: list[Source]
    without_reason: list[Source]
    one_side: str
    gone: list[Stood]
    reworded: list[Stood]

    @property
    def count(self) -> int:
        """How many things there are to look at."""
        told = len(self.once_unnamed) + len(self.without_reason) + bool(self.one_side)
        return told + len(self.without_source) + len(self.gone) + len(self.reworded)


def checklist(work: Work) -> Checklist:
    """What the draft would be published with."""
    there = [one for one in work.claims if not one.gone]
    used = Counter(source for one in there for source in one.shown.sources)
    unnamed = [source for source in used if source.kind == Source.Kind.UNNAMED]
    return Checklist(
        without_source=[one for one in there if not one.shown.sources],
        once_unnamed=[source for source in unnamed if used[source] == 1],
        without_reason=[source for source in unnamed if not source.reason],
        one_side=_one_side(there),
        gone=[one for one in work.claims if one.gone],
        reworded=[one for one in there if one.reworded],
    )


def _one_side(claims: list[Stood]) -> str:
    """A single statement, or a single source that has no side, rests on itself: that is told by the list already."""
    sourced = [one.shown for one in claims if one.shown.sources]
    if len(sourced) < 2:
        return ""
    shares = rests_on(sourced)
    sources = {source for share in shares for source in share.sources}
    if len(sources) == 1:
        return next(iter(sources)).name
    sides = {share.side for share in shares}
    return sides.pop() if len(sides) == 1 else ""
