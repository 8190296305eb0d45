"""Sending a notice that a comment is against the law, and finding out what became of it. Without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.guests import new_token, remember, token_of
from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, NotFound, Refused, RejoinderError, TooMany
from rejoinder.core.http import LONGEST_KEPT, hidden, parameter, private, required, say_when, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.refusals import kept
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_comment
from rejoinder.moderation.models import Notice
from rejoinder.moderation.notices.filing import Typed, complain, contest_until, file_notice
from rejoinder.moderation.notices.telling import (
    access_notice_by,
    outcome_sentences,
    page_of,
    redress_sentence,
)
from rejoinder.moderation.notices.telling import token_of as token_of_notice

_EXPECTED = (InvalidInput, Refused, TooMany)
_FIELDS = ("address", "category", "explanation", "name", "email")


@require_safe
def form(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/notice?comment=…: the form, its address filled in. `reported`: a report was sent already."""
    found = access_site(site)
    pages.speak(found)
    number = parameter(request.GET, "comment", longest=20) or ""
    address = _address_of(request, number) if ids.decode(number) else ""
    note = _("Your report was received.") if parameter(request.GET, "reported", longest=1) else ""
    return _form(request, found, {"address": address}, note=note)


@require_POST
@own_forms_only
def notices(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/notices: address, category, explanation, name, email, good_faith."""
    found = access_site(site)
    pages.speak(found)
    viewer, token = viewer_of(request, found), token_of(request) or new_token()
    sent = {name: request.POST.get(name, "") for name in _FIELDS}
    typed = Typed(**sent, good_faith=bool(request.POST.get("good_faith")))
    try:
        notice = file_notice(viewer=viewer, typed=typed, host=request.get_host(), guest_token=token)
    except _EXPECTED as error:
        values = {name: kept(value)[:LONGEST_KEPT] for name, value in sent.items()}
        return _form(request, found, values | {"good_faith": typed.good_faith}, error=error)
    response = HttpResponseRedirect(page_of(notice), status=303)
    if viewer.commenter is None:
        remember(request, response, token)
    return private(response)


@require_safe
def status(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/notices/status?t=…: the receipt, how far it is, what was decided."""
    notice = access_notice_by(site, required(request.GET, "t"))
    pages.speak(notice.site)
    return _status(request, notice)


@require_POST
@own_forms_only
def complaint(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/notices/complaint: t, words. Somebody else decides about the notice again."""
    notice = access_notice_by(site, required(request.POST, "t"))
    pages.speak(notice.site)
    words = request.POST.get("words", "")
    try:
        complain(notice=notice, words=words)
    except (InvalidInput, Conflict) as error:
        return _status(request, notice, error=error, words=kept(words)[:LONGEST_KEPT])
    return private(HttpResponseRedirect(page_of(notice), status=303))


def _address_of(request: HttpRequest, number: str) -> str:
    return request.build_absolute_uri(reverse("rejoinder:comment", args=[number]))


def _form(
    request: HttpRequest,
    site: Site,
    values: dict[str, Any],
    *,
    error: RejoinderError | None = None,
    note: str = "",
) -> HttpResponse:
    field = getattr(error, "field", "") or "form"
    context = {
        **around(site, _("Notice: against the law")),
        "post_url": pages.address("notices", site.key),
        "values": values,
        "categories": Notice.Category.choices,
        "unnamed": Notice.Category.CHILDREN.value,
        "errors": {field: str(error)} if error else {},
        "note": note,
        "shown": _shown(request, site),
    }
    answered = render(request, "rejoinder/notice.html", context, status=status_of(error))
    say_when(answered, error)
    return hidden(answered)


def _shown(request: HttpRequest, site: Site) -> Any:
    """The comment that the form was opened for, where everybody sees it."""
    try:
        return pages.one(site, access_comment(Viewer(site=site), request.GET.get("comment", "")))
    except NotFound:
        return None


def _status(
    request: HttpRequest, notice: Notice, *, error: RejoinderError | None = None, words: str = ""
) -> HttpResponse:
    site, comment = notice.site, notice.comment
    context = {
        **around(site, _("Your notice")),
        "notice": notice,
        "number": ids.encode(notice.pk),
        "category": Notice.Category(notice.category).label,
        "comment_url": pages.comment_url(comment) if comment.state == Comment.State.PUBLIC else "",
        "page_url": request.build_absolute_uri(page_of(notice)),
        "sentences": outcome_sentences(notice),
        "redress": redress_sentence() if notice.outcome is not None else "",
        "contest_until": contest_until(notice),
        "contest_url": pages.address("notice-complaint", site.key),
        "token": token_of_notice(notice),
        "words": words,
        "error": str(error) if error else "",
    }
    return hidden(render(request, "rejoinder/notice_status.html", context, status=status_of(error)))
