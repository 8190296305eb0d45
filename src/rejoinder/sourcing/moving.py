"""Passages of a document, brought into its next text. Nothing is stored here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.sourcing.models import Document, DocumentVersion, Passage
from rejoinder.sourcing.passages import Anchor, Changed, Found, Place, anchor_of, carry_all, locate

# Versions that lost passages are compared with the new text: a sentence may come back. More of them than this, and
# those passages are looked for by their anchors alone.
_MOST_VERSIONS = 8


def anchor_of_passage(passage: Passage) -> Anchor:
    """As it was chosen."""
    return Anchor(passage.quote, passage.before, passage.after, passage.position, passage.chosen_in)


def moved(document: Document, passages: Iterable[Passage], text: str) -> Iterator[Passage]:
    """The passages with their places in `text`, which is `document.version`."""
    for passage, place in places_in(document, passages, text):
        settle(passage, place, version=document.version, text=text)
        yield passage


def places_in(document: Document, passages: Iterable[Passage], text: str) -> Iterator[tuple[Passage, Place]]:
    """Where passages would be in any text (a draft, say), each from the version in which it stood last."""
    by_version: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_version[0 if passage.state == Passage.State.WAITING else passage.stood_in].append(passage)
    compared = sorted((number for number in by_version if number), reverse=True)[:_MOST_VERSIONS]
    texts = dict(
        DocumentVersion.objects.filter(document=document, number__in=compared).values_list("number", "text")
    )
    for number, those in by_version.items():
        old = texts.get(number)
        if old is None:
            yield from ((passage, locate(anchor_of_passage(passage), text)) for passage in those)
        else:
            anchors = [anchor_of(old, passage.begin, passage.end, number) for passage in those]
            yield from zip(those, carry_all(anchors, old, text), strict=True)


def settle(passage: Passage, place: Place, *, version: int, text: str) -> None:
    """Write a place into the row. One that was changed stays so until a person has looked, or its words are back."""
    if not isinstance(place, Found | Changed):
        if passage.state != Passage.State.WAITING:
            passage.state = Passage.State.DETACHED
        return
    as_chosen = text[place.begin : place.end] == passage.quote
    unsure = isinstance(place, Changed) or (passage.state == Passage.State.CHANGED and not as_chosen)
    passage.state = Passage.State.CHANGED if unsure else Passage.State.PLACED
    passage.begin, passage.end, passage.stood_in = place.begin, place.end, version
    passage.how, passage.score = place.how.value, place.score
