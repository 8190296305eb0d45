"""Who says so, on a story's page: what is known of its passages, and where they are in the text that is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.newsroom.margin import Margin
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.wording import parts
from rejoinder.sourcing import ports
from rejoinder.sourcing.actions.documents import LONGEST
from rejoinder.sourcing.drawing import Account, Note, Passages, Rests, accounts_of, notes_of, rests_of
from rejoinder.sourcing.models import Correction, Source
from rejoinder.sourcing.passages import Changed, Found
from rejoinder.sourcing.passages.folding import SEAM
from rejoinder.sourcing.queries import (
    Read,
    Shown,
    claims_of,
    corrections_of,
    find_document,
    marked_in,
)


def source_url(source: Source) -> str:
    return reverse("rejoinder_source", args=[ids.encode(source.pk)])


@dataclass(frozen=True, slots=True)
class Sourced:
    """What a story's template shows of its sources, and the margin that draws its text."""

    margin: Margin
    claims: Sequence[Shown] = ()
    corrections: Sequence[Correction] = ()
    notes: Sequence[Note] = ()
    rests: Rests | None = None
    accounts: Sequence[Account] = ()

    @property
    def shows(self) -> bool:
        """Whether there is anything to be seen."""
        return bool(self.notes or self.corrections)


def sourced(page: StoryPage, site: Site, *, preview: bool) -> Sourced:
    """Five statements and those of `note_extras`; one where nobody ever said who says so.

    In the language that is active. A preview shows what readers would get with this text.
    """
    read = find_document(site, page.thread_key)
    if read is None:
        return Sourced(Margin((), (), {}))
    read.document.site = site
    claims = claims_of(read.document, everywhere=preview)
    corrections = corrections_of(read.document)
    others = [passage for ask in ports.more_passages for passage in ask(read.document)]
    known = Passages(read.document, claims, corrections, others)
    if not (claims or corrections or others):
        return Sourced(Margin((), (), {}))
    blocks = parts(page)
    text = SEAM.join(part.text for part in blocks)
    places = _places(read, known, text, preview=preview)
    order = sorted(places, key=lambda number: (*places[number], number))
    notes = notes_of(known, source_url, order)
    seen = [shown for shown in claims if shown.passage.pk in places]
    return Sourced(
        Margin(blocks, notes, places),
        seen,
        corrections,
        notes,
        rests_of(seen, source_url),
        accounts_of(seen, source_url),
    )


def _places(read: Read, known: Passages, text: str, *, preview: bool) -> Mapping[int, tuple[int, int]]:
    """Where the passages are in the text that is drawn: as stored, where it is the one that readers have.

    Otherwise (a draft; a story that was changed without being published) they are looked for, not guessed.
    """
    digest = hashlib.sha256(text[:LONGEST].encode()).hexdigest()
    if digest == read.digest and not preview:
        rows = [shown.passage for shown in known.claims] + list(known.others)
        rows += [one.passage for one in known.corrections if one.passage]
        return {row.pk: (row.begin, row.end) for row in rows if row.is_in_text}
    found: dict[int, tuple[int, int]] = {}
    for marked in marked_in(read.document, text):
        if isinstance(marked.place, Found | Changed):
            found[marked.passage.pk] = (marked.place.begin, marked.place.end)
    return found
