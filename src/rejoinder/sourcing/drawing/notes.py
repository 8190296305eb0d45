"""Notes in the margin: who says the words of a passage, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.safestring import SafeString

from rejoinder.core import ids
from rejoinder.sourcing import ports
from rejoinder.sourcing.drawing.telling import Links, Told, told
from rejoinder.sourcing.models import Correction, Document, Passage
from rejoinder.sourcing.queries import Shown


@dataclass(frozen=True, slots=True)
class Passages:
    """A document with what is known of its passages, from few statements: see newsroom.sourced."""

    document: Document
    claims: Sequence[Shown]
    corrections: Sequence[Correction]
    # Those with a mark though nobody is named for them.
    others: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """`number`: as it is printed at the passage. `extras`: what apps above add beneath it."""

    passage: Passage
    number: int
    told: tuple[Told, ...]
    corrections: tuple[Correction, ...]
    extras: tuple[SafeString, ...]

    @property
    def id(self) -> str:
        return ids.encode(self.passage.pk)

    @property
    def contested(self) -> bool:
        return any(one.contested for one in self.told)

    @property
    def changed(self) -> bool:
        """Its words are others than those that were sourced, and nobody has looked yet."""
        return self.passage.state == Passage.State.CHANGED

    def draw(self) -> str:
        """As rejoinder/sourcing/note.html draws it, in the language that is active."""
        return get_template("rejoinder/sourcing/note.html").render({"note": self})


def notes_of(known: Passages, links: Links, order: Iterable[int] | None = None) -> list[Note]:
    """One note a passage, numbered in the order of the text, or in that of `order` (numbers of passages)."""
    rows: dict[int, Passage] = {}
    claims: dict[int, list[Told]] = defaultdict(list)
    for shown in known.claims:
        rows[shown.passage.pk] = shown.passage
        claims[shown.passage.pk].append(told(shown, links))
    corrected: dict[int, list[Correction]] = defaultdict(list)
    for correction in known.corrections:
        if correction.passage is not None and correction.passage.is_in_text:
            rows.setdefault(correction.passage.pk, correction.passage)
            corrected[correction.passage.pk].append(correction)
    for passage in known.others:
        rows.setdefault(passage.pk, passage)
    if order is None:
        passages = sorted(rows.values(), key=lambda row: (row.begin, row.end, row.pk))
    else:
        passages = [rows[number] for number in order if number in rows]
    extras = ports.extras_of(known.document.site, passages)
    return [
        Note(
            passage,
            number,
            tuple(claims[passage.pk]),
            tuple(corrected[passage.pk]),
            tuple(extras.get(passage.pk, ())),
        )
        for number, passage in enumerate(passages, 1)
    ]
