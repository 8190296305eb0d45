"""Appeals: what waits for somebody else than who decided, what is overdue, and what was answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, further, last_seen, show
from rejoinder.core import clock, ids
from rejoinder.core.errors import Conflict, InvalidInput, NotFound, Refused, RejoinderError
from rejoinder.core.http import LONGEST_KEPT, choice, required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.normal import clean
from rejoinder.moderation.appeals import answer_appeal, queries
from rejoinder.moderation.appeals.answering import check_may_answer
from rejoinder.moderation.appeals.queries import access_appeal
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Appeal
from rejoinder.moderation.quoting import quoted
from rejoinder.moderation.reasons import by_whom, past

PAGE = 20
PLACE = "console-appeals"
_SHOWN = {"open": "", "answered": ""}
_UPHELD = {"uphold": True, "reject": False}


@require_safe
def appeals(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/appeals/?show=open|answered&before=…: what is due first stands first."""
    return _page(request, access_console(request, site, may="read"))


@require_POST
@own_forms_only
def answer(request: HttpRequest, site: str, appeal: str) -> HttpResponse:
    """POST /console/<site>/appeals/<appeal>/answer: answer (uphold or reject), reason, unfounded."""
    viewer = access_console(request, site, may="decide")
    found = access_appeal(viewer, appeal)
    how = required(request.POST, "answer", longest=10)
    if how not in _UPHELD:
        raise NotFound(_("There is no such decision."))
    try:
        answer_appeal(
            viewer=viewer,
            appeal=found,
            upheld=_UPHELD[how],
            reason=request.POST.get("reason", ""),
            unfounded=bool(request.POST.get("unfounded")),
        )
    except (InvalidInput, Conflict, Refused) as error:
        return _page(request, viewer, error=error, at=found)
    return back(reverse("rejoinder:console-appeals", args=[viewer.site.key]))


def _page(
    request: HttpRequest, viewer: Viewer, *, error: RejoinderError | None = None, at: Appeal | None = None
) -> HttpResponse:
    shows = choice(request.GET, "show", _SHOWN, "open")
    last = last_seen(request)
    found = (
        queries.waiting(viewer, after=last, limit=PAGE + 1)
        if shows == "open"
        else queries.answered(viewer, before=last, limit=PAGE + 1)
    )
    address = reverse("rejoinder:console-appeals", args=[viewer.site.key])
    context = {
        "page_title": _("Appeals"),
        "shows": shows,
        "address": address,
        "rows": [
            _row(viewer, row, error if at is not None and at.pk == row.pk else None, request)
            for row in found[:PAGE]
        ],
        "error": str(error) if error else "",
        "more_url": further(f"{address}?show={shows}", found, PAGE),
    }
    status = status_of(error)
    return show(request, viewer, "rejoinder/console/appeals.html", context, place=PLACE, status=status)


def _row(viewer: Viewer, row: Appeal, error: RejoinderError | None, request: HttpRequest) -> dict[str, Any]:
    against = row.decision
    drawn: dict[str, Any] = {
        "appeal": row,
        "number": ids.encode(row.pk),
        "label": past(against.action),
        "ground": codes.label(against.code),
        "by": by_whom(against, named=True),
        "overdue": row.answered is None and row.due < clock.now(),
        "outcome": past(row.outcome.action) if row.outcome else "",
        "outcome_by": by_whom(row.outcome, named=True) if row.outcome else "",
        "withheld": _withheld(viewer, row),
        "url": reverse("rejoinder:console-appeal-answer", args=[viewer.site.key, ids.encode(row.pk)]),
        "typed": clean(request.POST.get("reason", ""))[:LONGEST_KEPT] if error else "",
        "error": str(error) if error else "",
    }
    drawn |= quoted(viewer.site, against.comment)
    about = row.appellant
    if about is not None:
        person = reverse("rejoinder:console-person", args=[viewer.site.key, ids.encode(about.pk)])
        drawn |= {"person": about.name or _("Guest"), "person_url": person}
    return drawn


def _withheld(viewer: Viewer, row: Appeal) -> str:
    """Why this viewer may not answer it, or an empty sentence."""
    if row.answered is not None:
        return ""
    try:
        check_may_answer(viewer, row)
    except Refused as error:
        return str(error)
    except NotFound:
        return _("Your role here lets you read this, not decide it.")
    return ""
