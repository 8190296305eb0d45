"""Reporting an error in a text, and finding out what became of it. Without an account, and without scripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.guests import new_token, remember, token_of
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError, TooMany
from rejoinder.core.http import (
    BadRequest,
    hidden,
    missing,
    parameter,
    private,
    required,
    say_when,
    status_of,
)
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.refusals import kept
from rejoinder.discussion import pages
from rejoinder.discussion.anchors import sent_of
from rejoinder.sourcing.models import Document, Passage
from rejoinder.sourcing.queries import text_of
from rejoinder.sourcing.reports.filing import Typed, file_report
from rejoinder.sourcing.reports.finding import document_at, passages_told
from rejoinder.sourcing.reports.telling import access_report_by, outcome_sentences, page_of
from rejoinder.sourcing.talk.drawing import draw_head

_EXPECTED = (InvalidInput, Conflict, Refused, TooMany)
_FIELDS = ("words", "link", "name", "email")
# More than any of these takes, so that what is too long comes back whole.
_KEPT = 20_000


@require_safe
def form(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/error?passage=… or ?key=…: the form, about a passage or about words that one puts in."""
    found = access_site(site)
    pages.speak(found)
    passage = parameter(request.GET, "passage", longest=20) or ""
    key = parameter(request.GET, "key") or ""
    if not (key or passage):
        raise BadRequest(missing("key"))
    document = document_at(found, key=key, passage=passage)
    return _form(request, document, {"passage": passage} if passage else {}, {})


@require_POST
@own_forms_only
def reports(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/errors: key and quote, before, after, or passage; words, link, name, email, thanks.

    Without `words` (words of a story were selected) it answers with the form about that place, and stores nothing.
    """
    found = access_site(site)
    pages.speak(found)
    place = sent_of(request.POST.dict())
    passage = parameter(request.POST, "passage", longest=20) or ""
    document = document_at(found, key=parameter(request.POST, "key") or "", passage=passage)
    if "words" not in request.POST:
        return _form(request, document, place, {})
    sent = {name: request.POST.get(name, "") for name in _FIELDS}
    thanks, website = bool(request.POST.get("thanks")), request.POST.get("website", "")
    viewer, token = viewer_of(request, found), token_of(request) or new_token()
    try:
        report = file_report(
            viewer=viewer,
            document=document,
            typed=Typed(place=place, thanks=thanks, website=website, **sent),
            guest_token=token,
        )
    except _EXPECTED as error:
        values = {name: kept(value)[:_KEPT] for name, value in sent.items()}
        return _form(request, document, place, values | {"thanks": thanks}, error=error)
    response = HttpResponseRedirect(page_of(report, found), status=303)
    if viewer.commenter is None:
        remember(request, response, token)
    return private(response)


@require_safe
def status(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/errors/status?t=…: how far a report is, and what was answered."""
    found = access_site(site)
    report = access_report_by(found, required(request.GET, "t"))
    pages.speak(found)
    context = {
        **around(found, _("Your report of an error")),
        "report": report,
        "number": ids.encode(report.pk),
        "shown": _shown(report.passage),
        "sentences": outcome_sentences(report),
        "page_url": request.build_absolute_uri(page_of(report, found)),
    }
    return hidden(render(request, "rejoinder/report_status.html", context))


def _form(
    request: HttpRequest,
    document: Document,
    place: dict[str, str],
    values: dict[str, Any],
    *,
    error: RejoinderError | None = None,
) -> HttpResponse:
    site, field = document.site, getattr(error, "field", "") or "form"
    passage = passages_told(site).filter(pk=ids.decode(place.get("passage", ""))).first()
    # Words that are not in the text can be put right by who sends them.
    gone = isinstance(error, Conflict) or field == "quote"
    context = {
        **around(site, _("Report an error")),
        "post_url": pages.address("error-reports", site.key),
        "key": document.key,
        # What stands around the words ends in blanks that belong to it.
        "place": {name: value if value.isprintable() else kept(value) for name, value in place.items()},
        "shown": _shown(passage) if passage else "",
        "asks": passage is None and (gone or not place.get("quote")),
        "values": values,
        "errors": {"quote" if gone else field: str(error)} if error else {},
    }
    response = render(request, "rejoinder/report.html", context, status=status_of(error))
    say_when(response, error)
    return hidden(response)


def _shown(passage: Passage) -> str:
    """The words as a quote; what a text said that was taken back is quoted nowhere."""
    return draw_head(passage) if text_of(passage.document) else ""
