"""Telling readers what was wrong and is right now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, nothing_here
from rejoinder.discussion.models import Thread
from rejoinder.discussion.queries import find_thread
from rejoinder.sourcing import checking
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.events import CorrectionPublished
from rejoinder.sourcing.models import Correction, Document, Passage
from rejoinder.sourcing.passages.anchor import LONGEST

_LONGEST_NOTE = 2000


def publish_correction(
    *,
    viewer: Viewer,
    document: Document,
    note: str,
    before: str = "",
    after: str = "",
    passage: Passage | None = None,
    reporter: Commenter | None = None,
    thanked: str = "",
) -> Correction:
    """A correction of a text that is published. `before`, `after`: the words of the passage, where it has any.

    `reporter` told the desk of it; `thanked`: the name by which they wish to be thanked. Raises NotFound for those
    who may not, InvalidInput without a note, or where nothing was published yet.
    """
    check_may_source(viewer)
    if document.site_id != viewer.site.pk or (passage and passage.document_id != document.pk):
        raise nothing_here()
    if not document.version:
        message = _("This text has not been published; there is nothing to correct yet.")
        raise InvalidInput(code="unpublished", message=message, field="document")
    columns = {
        "note": checking.words(note, field="note", most=_LONGEST_NOTE, needed=True),
        "before": checking.words(before, field="before", most=LONGEST),
        "after": checking.words(after, field="after", most=LONGEST),
        "thanked": checking.line(thanked, field="thanked", most=60) if reporter else "",
    }
    with writing():
        correction = Correction.objects.create(
            document=document,
            passage=passage,
            version=document.version,
            actor=viewer.commenter,
            reporter=reporter,
            created=clock.now(),
            **columns,
        )
        thread = find_thread(document.site, document.key)
        if thread is not None:
            Thread.objects.filter(pk=thread.pk).update(corrected=True)
        raise_edition(site=document.site_id)
        events.publish(
            CorrectionPublished(site=document.site_id, document=document.pk, correction=correction.pk)
        )
    return correction
