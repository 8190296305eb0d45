"""The log: every decision of a site, with what holds it in the chain; and what the site lays down about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.log import export as written
from rejoinder.console.log.finding import BY_RULES, Asked, all_of, page_of
from rejoinder.console.log.terms import change_terms, sentences_of
from rejoinder.console.page import back, last_seen, show, unframed
from rejoinder.core import ids
from rejoinder.core.errors import InvalidInput
from rejoinder.core.http import choice, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.moderation.appeals.filing import terms_of
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.decisions.chain import head_of, seal
from rejoinder.moderation.models import Decision
from rejoinder.moderation.reasons import past

PAGE = 50
PLACE = "console-log"
_FORMATS = {"csv": "text/csv", "jsonl": "application/x-ndjson"}


@require_safe
def log(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/log/?action=&code=&rule=&by=&person=&comment=&before="""
    viewer = access_console(request, site, may="read")
    asked = Asked.of(request.GET)
    seal(viewer.site.pk)
    before = last_seen(request)
    found = page_of(viewer.site, asked, before=before, limit=PAGE + 1)
    position, digest = head_of(viewer.site)
    address = reverse("rejoinder:console-log", args=[viewer.site.key])
    files = reverse("rejoinder:console-log-file", args=[viewer.site.key])
    context: dict[str, Any] = {
        "page_title": _("Log of decisions"),
        "asked": asked,
        "actions": [(value, past(value)) for value in Decision.Action.values],
        "codes": [(code, codes.label(code)) for code in codes.CODES],
        "deciders": _deciders(viewer),
        "by_rules": BY_RULES,
        "rows": [_row(viewer, row) for row in found[:PAGE]],
        "position": position,
        "digest": digest,
        "more_url": f"{address}?{asked.query(before=ids.encode(found[PAGE - 1].pk))}"
        if len(found) > PAGE
        else "",
        "csv_url": f"{files}?{asked.query(format='csv')}",
        "jsonl_url": f"{files}?{asked.query(format='jsonl')}",
    }
    return show(request, viewer, "rejoinder/console/log.html", context, place=PLACE)


def _deciders(viewer: Viewer) -> list[tuple[str, str]]:
    """Who has a role now; a decision of somebody who left is found by their page in the log."""
    found = Commenter.objects.filter(roles__site=viewer.site).order_by("name")[:200]
    return [(ids.encode(one.pk), one.name or _("Staff")) for one in found]


def _row(viewer: Viewer, row: Decision) -> dict[str, Any]:
    about = row.comment.author if row.comment is not None else row.person
    return {
        "decision": row,
        "label": past(row.action),
        "ground": codes.label(row.code),
        "by": row.actor.name if row.actor else "",
        "comment_url": reverse("rejoinder:actions", args=[row.comment.public_id]) if row.comment else "",
        "thread": (row.thread.title or row.thread.key) if row.thread else "",
        "person": about,
        "person_url": reverse("rejoinder:console-person", args=[viewer.site.key, ids.encode(about.pk)])
        if about
        else "",
    }


@require_safe
def log_file(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/log/file?format=csv|jsonl, and what the log is narrowed by."""
    viewer = access_console(request, site, may="read")
    how = choice(request.GET, "format", _FORMATS, "csv")
    asked = Asked.of(request.GET)
    seal(viewer.site.pk)
    rows = all_of(viewer.site, asked)
    lines = written.as_csv(rows) if how == "csv" else written.as_json_lines(rows)
    response = StreamingHttpResponse(lines, content_type=f"{_FORMATS[how]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="decisions-{viewer.site.key}.{how}"'
    unframed(response)  # type: ignore[arg-type]
    return response  # type: ignore[return-value]


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def terms(request: HttpRequest, site: str) -> HttpResponse:
    """GET and POST /console/<site>/terms/: shows_removed, appeals, appeal_days, sentence-<code>."""
    viewer = access_console(request, site, may="rule")
    error: InvalidInput | None = None
    if request.method == "POST":
        try:
            change_terms(viewer=viewer, data=request.POST)
        except InvalidInput as wrong:
            error = wrong
        else:
            return back(f"{reverse('rejoinder:console-terms', args=[viewer.site.key])}?saved=1")
    now = terms_of(viewer.site)
    context = {
        "page_title": _("How decisions are accounted for"),
        "terms": now,
        "grounds": sentences_of(now),
        "error": str(error) if error else "",
        "saved": "saved" in request.GET and error is None,
    }
    status = status_of(error)
    return show(
        request, viewer, "rejoinder/console/terms.html", context, place="console-terms", status=status
    )
