"""The text of a story with its marks, and the notes that stand beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from rejoinder.newsroom.marking import Chunk, Mark, Marker
from rejoinder.newsroom.prose import Prose
from rejoinder.newsroom.wording import Part
from rejoinder.sourcing.drawing import Note
from rejoinder.sourcing.passages import normal
from rejoinder.sourcing.passages.folding import SEAM

# Beside at most so many elements: as many classes has passages.css.
MOST_ROWS: Final = 8


def _label(number: int) -> str:
    return _("Who says so: note %(number)d") % {"number": number}


class Margin:
    """Draws block after block, in the order in which they are read; without notes it changes nothing.

    `places`: [begin, end) of each passage in the story's text, by the passage's number.
    """

    def __init__(
        self, parts: Sequence[Part], notes: Sequence[Note], places: Mapping[int, tuple[int, int]]
    ) -> None:
        self._parts: dict[str, list[Part]] = defaultdict(list)
        for part in parts:
            self._parts[part.block].append(part)
        # Those that have not been drawn yet.
        self._notes = {note.id: note for note in notes}
        marks = [
            Mark(note.id, note.number, *places[note.passage.pk], tone="contested" if note.contested else "")
            for note in notes
        ]
        self._marker = Marker(marks, _label) if marks else None

    def prose(self, prose: Prose, block: str) -> Prose:
        """A text of the body; each note behind the element in which its words end."""
        if self._marker is None:
            return prose
        chunks = self._marker.chunks(prose.html, self._parts[block])
        written: list[str] = []
        for at, chunk in enumerate(chunks):
            written.append(chunk.html)
            if chunk.ended:
                following = chunks[at + 1 :]
                rows = next((n for n, other in enumerate(following, 1) if other.ended), len(following) + 1)
                written.append(self._group(chunk.ended, rows))
        return Prose("".join(written))

    def line(self, text: str, block: str) -> tuple[Prose, Prose]:
        """Words without paragraphs of their own (the standfirst, a caption), and their notes."""
        return self._plain(escape(text), self._parts[block])

    def quote(self, text: str, attribution: str, block: str) -> tuple[Prose, Prose, Prose]:
        """What somebody said at length, by whom, and the notes of both."""
        parts = self._parts[block]
        spoken = len([words for words in normal(text).split(SEAM) if words])
        words, notes = self._plain(linebreaks(text, autoescape=True), parts[:spoken])
        whom, more = self._plain(escape(attribution), parts[spoken:])
        return words, whom, Prose(notes.html + more.html)

    def left(self) -> Prose:
        """The notes whose words stand nowhere on the page (a picture without its caption, say)."""
        return Prose("".join(note.draw() for note in self._notes.values()))

    def _plain(self, html: str, parts: Sequence[Part]) -> tuple[Prose, Prose]:
        if self._marker is None:
            return Prose(html), Prose("")
        chunks: list[Chunk] = self._marker.chunks(html, parts, rich=False)
        ended = [mark for chunk in chunks for mark in chunk.ended]
        notes = self._group(ended, 1) if ended else ""
        return Prose("".join(chunk.html for chunk in chunks)), Prose(notes)

    def _group(self, ended: Iterable[Mark], rows: int) -> str:
        drawn = [self._notes.pop(mark.id).draw() for mark in ended if mark.id in self._notes]
        rows = min(rows, MOST_ROWS)
        beside = f" rows-{rows}" if rows > 1 else ""
        return f'<div class="notes{beside}">{"".join(drawn)}</div>' if drawn else ""
