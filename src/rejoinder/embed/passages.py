"""Who says so, for the page of somebody else whose text it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Thread
from rejoinder.embed.fragments import absolute
from rejoinder.sourcing import ports
from rejoinder.sourcing.drawing import Note, Passages, accounts_of, notes_of, rests_of
from rejoinder.sourcing.models import Source
from rejoinder.sourcing.queries import Read, claims_of, corrections_of, text_of

_CONTEXT = 48  # characters on either side, by which a page's script tells places apart


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as it stands in the text that was sent."""

    note: Note
    quote: str
    before: str
    after: str


def _no_page(source: Source) -> str:
    """Pages of sources are the newsroom's."""
    return ""


def places_of(read: Read) -> tuple[list[Place], Passages]:
    """All passages that have something to say, in the order of the text."""
    document = read.document
    if not read.digest:
        return [], Passages(document, [], [])
    others = [passage for ask in ports.more_passages for passage in ask(document)]
    known = Passages(document, claims_of(document), corrections_of(document), others)
    text = text_of(document)
    return [_place(note, text) for note in notes_of(known, _no_page)], known


def _place(note: Note, text: str) -> Place:
    begin, end = note.passage.begin, note.passage.end
    return Place(note, text[begin:end], text[max(0, begin - _CONTEXT) : begin], text[end : end + _CONTEXT])


def drawn(site: Site, read: Read | None, thread: Thread | None, *, home: str) -> str:
    """Markup in the language that is active, its addresses beginning with our origin."""
    context: dict[str, Any] = {
        "language": translation.get_language() or site.language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
    }
    if read is not None:
        places, known = places_of(read)
        context |= {
            "version": read.document.version,
            "selects": bool(read.digest) and (thread is None or thread.closed is None),
            "places": places,
            "rests": rests_of(known.claims, _no_page),
            "accounts": accounts_of(known.claims, _no_page),
        }
    return absolute(render_to_string("rejoinder/embed/passages.html", context), home)
