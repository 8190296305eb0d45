"""Passages of many quotes at once: found in the text, or kept as words that are not in it."""

from __future__ import annotations

from collections import defaultdict

from rejoinder.core import clock
from rejoinder.sourcing.actions.passages import anchored
from rejoinder.sourcing.models import Document, Passage
from rejoinder.sourcing.moving import settle
from rejoinder.sourcing.passages import Anchor, Found, How, Place, normal
from rejoinder.sourcing.passages.anchor import CONTEXT
from rejoinder.sourcing.passages.locate import find
from rejoinder.sourcing.passages.words import words_of


class Placing:
    """Finds the passages of a document's quotes. One statement, and another for each row that is new.

    The caller holds the document's lock; `text` is what readers have.
    """

    def __init__(self, document: Document, text: str) -> None:
        self._document, self._text = document, text
        self._words = words_of(text)
        self._by_words: dict[str, list[Passage]] = defaultdict(list)
        self._by_place: dict[tuple[int, int], Passage] = {}
        known = Passage.objects.filter(document=document).exclude(state=Passage.State.WAITING)
        for row in known.order_by("-pk"):
            self._know(row)

    def place(self, anchor: Anchor) -> Passage:
        """The row of a quote: the one that there is, or a new one. Raises InvalidInput for what is no passage."""
        quote = normal(anchor.quote)
        sent = Anchor(
            quote, normal(anchor.before)[-CONTEXT:], normal(anchor.after)[:CONTEXT], anchor.position
        )
        same = [row for row in self._by_words[quote] if _agree(row, sent)]
        if len(same) == 1 and same[0].is_in_text:
            return same[0]
        lost = next((row for row in same if row.state == Passage.State.DETACHED), None)
        place = self._find(sent)
        if not isinstance(place, Found):
            anchored(quote, 0, len(quote), 0)
            return lost or self._stored(sent, placed=False)
        there = anchored(self._text, place.begin, place.end, self._document.version)
        known = self._by_place.get((there.position, there.end))
        return known or (self._back(lost, place) if lost else self._stored(there, placed=True))

    def _find(self, anchor: Anchor) -> Place:
        if anchor.position and self._text[anchor.position : anchor.end] == anchor.quote:
            return Found(anchor.position, anchor.end, How.EXACT, 1.0)
        return find(anchor, self._words)

    def _back(self, row: Passage, place: Found) -> Passage:
        """One that was lost, and is found by what is said of its surroundings now."""
        settle(row, place, version=self._document.version, text=self._text)
        row.save(update_fields=["state", "begin", "end", "stood_in", "how", "score"])
        self._by_place[row.begin, row.end] = row
        return row

    def _know(self, row: Passage) -> None:
        self._by_words[row.quote].append(row)
        if row.state == Passage.State.PLACED:
            self._by_place[row.begin, row.end] = row

    def _stored(self, anchor: Anchor, *, placed: bool) -> Passage:
        """Words that are not in the text are kept all the same: the desk is told, and they are looked for anew in
        each text that comes."""
        row = Passage.objects.create(
            document=self._document,
            quote=anchor.quote,
            before=anchor.before,
            after=anchor.after,
            position=anchor.position if placed else 0,
            chosen_in=anchor.version if placed else 0,
            state=Passage.State.PLACED if placed else Passage.State.DETACHED,
            begin=anchor.position if placed else 0,
            end=anchor.end if placed else 0,
            stood_in=anchor.version if placed else 0,
            created=clock.now(),
        )
        self._know(row)
        return row


def _agree(row: Passage, sent: Anchor) -> bool:
    """Whether what was sent of a place's surroundings is what is known of them, as far as either reaches."""
    before, after = normal(row.before), normal(row.after)
    ahead = before.endswith(sent.before) or sent.before.endswith(before)
    return ahead and (after.startswith(sent.after) or sent.after.startswith(after))
