"""Keeping a place in a text, and saying by hand where it is."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.models import Document, DocumentVersion, Passage
from rejoinder.sourcing.passages import (
    Anchor,
    Found,
    How,
    NoPassage,
    Place,
    anchor_of,
    carry,
    choose,
    locate,
    normal,
)

_REFUSALS = {
    "nothing": gettext_lazy("Select some words of the text first."),
    "outside": gettext_lazy("These words are not in the text."),
    "long": gettext_lazy("Select less: a statement, not the whole story."),
}


def keep_passage(*, document: Document, anchor: Anchor, waits: bool = False) -> Passage:
    """The passage of what somebody selected; the same one for the same words at the same place.

    The anchor is as the reader's browser has it: of any version (0: not known which), its blanks and signs as shown.
    Who may select is the caller's to say. `waits`: at the desk, words of a draft are kept until they are published.
    Raises InvalidInput for what is no passage, Conflict where the text has these words no more.
    """
    with writing():
        row = locked(Document.objects.filter(pk=document.pk)).get()
        version = DocumentVersion.objects.filter(document=row, number=row.version).first()
        place = _now(row, anchor, version.text) if version else None
        # At the desk, words that are only like those that readers have are the draft's.
        likely = waits and isinstance(place, Found) and place.how == How.FUZZY
        if isinstance(place, Found) and version and not likely:
            kept = anchored(version.text, place.begin, place.end, version.number)
            return _same_or_new(row, kept, Passage.State.PLACED, found=place)
        if not waits:
            raise Conflict(
                _("The text has changed in between; these words are not in it any more."), code="gone"
            )
        quote = normal(anchor.quote)
        anchored(quote, 0, len(quote), 0)
        kept = Anchor(quote, anchor.before[-32:], anchor.after[:32], anchor.position, 0)
        return _same_or_new(row, kept, Passage.State.WAITING)


def _now(document: Document, anchor: Anchor, text: str) -> Place:
    """Where a selection is in the present text."""
    seen = text
    if anchor.version not in {0, document.version}:
        old = DocumentVersion.objects.filter(document=document, number=anchor.version).first()
        seen = old.text if old else text
    tidy = Anchor(normal(anchor.quote), anchor.before, anchor.after, max(0, anchor.position))
    if not tidy.quote:
        raise _refused("nothing")
    if seen[tidy.position : tidy.end] == tidy.quote:
        there: Place = Found(tidy.position, tidy.end, How.EXACT, 1.0)
    else:
        there = locate(tidy, seen)
    if seen is text or not isinstance(there, Found):
        return there
    return carry(anchor_of(seen, there.begin, there.end), seen, text)


def anchored(text: str, begin: int, end: int, version: int) -> Anchor:
    """The anchor of a place that may be a passage. Raises InvalidInput."""
    try:
        return choose(text, begin, end, version)
    except NoPassage as error:
        raise _refused(error.code) from None


def _refused(code: str) -> InvalidInput:
    return InvalidInput(code=f"passage-{code}", message=_REFUSALS[code], field="quote")


def _same_or_new(document: Document, anchor: Anchor, state: str, found: Found | None = None) -> Passage:
    same = Passage.objects.filter(document=document, state=state)
    if found is None:
        same = same.filter(quote=anchor.quote, before=anchor.before, after=anchor.after)
    else:
        same = same.filter(begin=anchor.position, end=anchor.end)
    return same.first() or Passage.objects.create(
        document=document,
        quote=anchor.quote,
        before=anchor.before,
        after=anchor.after,
        position=anchor.position,
        chosen_in=anchor.version,
        state=state,
        begin=anchor.position if found else 0,
        end=anchor.end if found else 0,
        stood_in=anchor.version if found else 0,
        created=clock.now(),
    )


def confirm_passage(*, viewer: Viewer, passage: Passage) -> Passage:
    """Say that a passage whose words have changed is where it is thought to be. Raises NotFound and Conflict."""
    with writing():
        row = _locked(viewer, passage)
        if not row.is_in_text:
            raise Conflict(_("This passage is not in the text."), code="gone")
        row.state, row.how = Passage.State.PLACED, Passage.How.HAND
        row.save(update_fields=["state", "how"])
        raise_edition(site=row.document.site_id)
    return row


def move_passage(*, viewer: Viewer, passage: Passage, begin: int, end: int, version: int) -> Passage:
    """Say where a passage is in the present text: one that was detached, or stands in the wrong place.

    Raises NotFound, InvalidInput, and Conflict where `version` is not what readers have any more.
    """
    with writing():
        row = _locked(viewer, passage)
        if version != row.document.version:
            raise Conflict(_("The text has changed in between; look at it again."), code="version")
        text = DocumentVersion.objects.get(document=row.document_id, number=version).text
        anchor = anchored(text, begin, end, version)
        row.state, row.how, row.score = Passage.State.PLACED, Passage.How.HAND, 1.0
        row.begin, row.end, row.stood_in = anchor.position, anchor.end, version
        row.save(update_fields=["state", "how", "score", "begin", "end", "stood_in"])
        raise_edition(site=row.document.site_id)
    return row


def _locked(viewer: Viewer, passage: Passage) -> Passage:
    check_may_source(viewer)
    # The document first, as publications do.
    document = locked(Document.objects.filter(pk=passage.document_id, site=viewer.site)).first()
    if document is None:
        raise nothing_here()
    row = Passage.objects.get(pk=passage.pk)
    row.document = document
    return row
