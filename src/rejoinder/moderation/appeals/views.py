"""A reader's side: what was decided about them, and appealing against it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, NotFound, Refused, RejoinderError, TooMany
from rejoinder.core.http import (
    LONGEST_KEPT,
    answer,
    parameter,
    private,
    required,
    status_of,
    wants_json,
)
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.refusals import kept
from rejoinder.discussion import pages
from rejoinder.moderation.appeals.filing import appeal, open_until
from rejoinder.moderation.decisions.statements import Statement, find, latest, statement, status_url
from rejoinder.moderation.flags.told import reports_of
from rejoinder.moderation.models import Decision
from rejoinder.moderation.quoting import quoted

PAGE = 20


@require_safe
def decided(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/mine/: decisions about me and what I wrote, newest first; before=<number> goes on.

    Its first page also says what came of my reports.
    """
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    return private(
        _page(request, viewer, before=ids.decode(parameter(request.GET, "before", longest=20) or ""))
    )


@require_POST
@own_forms_only
def appeals(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/appeals: decision, words."""
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    number = ids.decode(required(request.POST, "decision", longest=20))
    decision = find(viewer, number)
    if decision is None:
        raise NotFound(_("There is no decision here that you can appeal against."))
    words = request.POST.get("words", "")
    try:
        appeal(viewer=viewer, decision=decision, words=words)
    except (InvalidInput, Conflict, Refused, TooMany) as error:
        if wants_json(request):
            return answer(request, error)
        return private(_page(request, viewer, before=decision.pk + 1, error=error, words=kept(words)))
    if wants_json(request):
        return private(JsonResponse({"message": _("Your appeal waits for another moderator.")}, status=201))
    return private(HttpResponseRedirect(f"{status_url(found.key)}#d-{ids.encode(decision.pk)}", status=303))


def _page(
    request: HttpRequest,
    viewer: Viewer,
    *,
    before: int = 0,
    error: RejoinderError | None = None,
    words: str = "",
) -> HttpResponse:
    found = latest(viewer, before=before, limit=PAGE + 1)
    drawn = [_row(viewer, row) for row in found[:PAGE]]
    if error is not None and drawn:
        _refuse(drawn[0], error, words)
    site = viewer.site
    context = {
        **around(site, _("What was decided about you")),
        "rows": drawn,
        "reports": reports_of(viewer) if not before else [],
        "note": str(error) if error is not None else "",
        "more_url": f"{status_url(site.key)}?before={ids.encode(found[PAGE - 1].pk)}"
        if len(found) > PAGE
        else "",
    }
    return render(request, "rejoinder/decided.html", context, status=status_of(error))


def _row(viewer: Viewer, row: Decision) -> dict[str, Any]:
    told = statement(viewer, row)
    return {
        "statement": told,
        "number": ids.encode(row.pk),
        "action": _form(viewer, told) if told.may_appeal else None,
        **quoted(viewer.site, row.comment),
    }


def _form(viewer: Viewer, told: Statement) -> dict[str, Any]:
    number = ids.encode(told.decision.pk)
    return {
        "id": f"appeal-{number}",
        "url": pages.address("appeals", viewer.site.key),
        "fields": {"decision": number},
        "until": open_until(told.decision),
    }


def _refuse(drawn: dict[str, Any], error: RejoinderError, words: str) -> None:
    """The sentence at the form it belongs to, with what was typed."""
    form = drawn["action"]
    if form is not None:
        field = getattr(error, "field", "") or "form"
        form |= {"errors": {field: str(error)}, "words": words[:LONGEST_KEPT]}
