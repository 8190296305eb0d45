"""The desk's answer to a report of an error."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.core.text.check import check_short
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.models import Correction, Document, ErrorReport
from rejoinder.sourcing.models.report import MAX_ANSWER
from rejoinder.sourcing.reports.telling import tell

_S = ErrorReport.State


def answer_report(
    *,
    viewer: Viewer,
    report: ErrorReport,
    state: str,
    answer: str = "",
    correction: Correction | None = None,
    alike: bool = False,
) -> int:
    """Say what became of a report: done (by a correction, where there is one) or declined. Who sent it is told.

    `answer`: a sentence for them; needed where it is declined. `alike`: the others that wait about the same words are
    answered likewise. Returns how many were answered. Raises NotFound, InvalidInput, Conflict (answered in between).
    """
    check_may_source(viewer)
    if state not in {_S.DONE, _S.DECLINED}:
        raise InvalidInput(code="way", message=_("Choose what becomes of it."), field="way")
    if state == _S.DECLINED and not answer.strip():
        message = _("Say in a sentence why the text stays as it is: whoever told you gets to read it.")
        raise InvalidInput(code="answer", message=message, field="answer")
    answer = check_short(answer, MAX_ANSWER, "answer", required=False, multiline=True)
    with writing():
        found = ErrorReport.objects.filter(pk=report.pk, passage__document__site=viewer.site)
        row = found.select_related("passage").first()
        if row is None:
            raise nothing_here()
        # The text first, as publications do: two who answer reports about the same words wait for each other.
        locked(Document.objects.filter(pk=row.passage.document_id)).get()
        waiting = list(ErrorReport.objects.filter(passage=row.passage_id, state=_S.OPEN).order_by("pk"))
        if row.pk not in {one.pk for one in waiting}:
            raise Conflict(_("Somebody else answered this in between."), code="decided")
        chosen = [one for one in waiting if alike or one.pk == row.pk]
        for one in chosen:
            one.state, one.answer, one.correction = state, answer, correction
            one.actor, one.answered = viewer.commenter, clock.now()
            tell(one, viewer.site)
        ErrorReport.objects.bulk_update(chosen, ["state", "answer", "correction", "actor", "answered"])
    return len(chosen)
