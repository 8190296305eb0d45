"""My account: what is held of me and what I can do with it. Private, never kept."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.models import Commenter, Role
from rejoinder.accounts.people import claims as claiming
from rejoinder.accounts.people import erasure as erasing
from rejoinder.accounts.people import names
from rejoinder.accounts.people.exports import lines_of
from rejoinder.accounts.people.mutes import unmute as take_back
from rejoinder.accounts.people.recent import check_recent
from rejoinder.accounts.queries import commenter_of
from rejoinder.core import ids, mail
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError
from rejoinder.core.http import choice, parameter, private, status_of
from rejoinder.core.origin import own_forms_only

__all__ = ["claims", "download", "erase", "erasure", "me", "name", "unmute"]

# Pages of the accounts package, where a project has them.
_PAGES = (
    "account_email",
    "account_change_password",
    "mfa_index",
    "socialaccount_connections",
    "account_logout",
)


def _access_me(request: HttpRequest) -> Commenter:
    """Who is here. Raises Refused for somebody of whom nothing is held."""
    commenter = commenter_of(request)
    if commenter is None:
        raise Refused(_("Nothing is held of you in this browser. Sign in first."), code="signed-out")
    return commenter


def _addresses() -> dict[str, str]:
    found = {}
    for page in _PAGES:
        try:
            found[page] = reverse(page)
        except NoReverseMatch:
            continue
    # Pages that would have nothing to offer.
    if not mail.works():
        found.pop("account_email", None)
    if not any(kind.get("APPS") for kind in getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).values()):
        found.pop("socialaccount_connections", None)
    return found


def _context(
    request: HttpRequest, commenter: Commenter, error: RejoinderError | None = None
) -> dict[str, Any]:
    muted = commenter.mutes.select_related("muted").order_by("-id")[:200]
    return {
        "page_title": _("My account"),
        "person": commenter,
        "changes_again": None if commenter.is_guest else names.changes_again(commenter),
        "typed": getattr(error, "kept", "") or commenter.name,
        "errors": {getattr(error, "field", "") or "form": str(error)} if error else {},
        "guests": claiming.claimable_by(request, commenter),
        "mutes": [{"id": ids.encode(mute.muted_id), "name": mute.muted.name} for mute in muted],
        "pages": _addresses() if commenter.user_id else {},
        "works_here": commenter.roles.exists(),
        "runs_sites": commenter.roles.filter(kind__in=(Role.Kind.OWNER, Role.Kind.EDITOR)).exists(),
    }


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """GET /people/me/: my name, how I sign in, whom I mute, what I can take along or have erased."""
    commenter = commenter_of(request)
    if commenter is None:
        to = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
        return private(HttpResponseRedirect(to))
    return private(render(request, "rejoinder/people/me.html", _context(request, commenter)))


def _back(request: HttpRequest) -> HttpResponse:
    return private(HttpResponseRedirect(reverse("rejoinder:me"), status=303))


@require_POST
@own_forms_only
def name(request: HttpRequest) -> HttpResponse:
    """POST /people/me/name: another name."""
    commenter = _access_me(request)
    if commenter.is_guest:
        raise Refused(_("A guest signs each comment with a name; there is none to change."))
    try:
        names.change_name(commenter=commenter, name=request.POST.get("name", ""))
    except (InvalidInput, Conflict) as error:
        context = _context(request, commenter, error)
        return private(render(request, "rejoinder/people/me.html", context, status=status_of(error)))
    return _back(request)


@require_POST
@own_forms_only
def unmute(request: HttpRequest) -> HttpResponse:
    """POST /people/me/unmute: person. What they write is shown again."""
    commenter = _access_me(request)
    take_back(commenter=commenter, number=ids.decode(parameter(request.POST, "person", longest=20) or ""))
    return _back(request)


@require_POST
@own_forms_only
def claims(request: HttpRequest) -> HttpResponse:
    """POST /people/me/claims: what I wrote as a guest in this browser becomes the account's."""
    commenter = _access_me(request)
    guests = claiming.claimable_by(request, commenter)
    if not guests:
        raise Refused(
            _("There is nothing to take over: sign in in the browser that you wrote in as a guest.")
        )
    claiming.claim(account=commenter, guests=guests)
    return _back(request)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """GET /people/me/download: everything that is held of me, a JSON object a line."""
    commenter = _access_me(request)
    _check_recent(request, commenter)
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of(commenter))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="everything-of-mine.jsonl"'
    return private(response)  # type: ignore[arg-type]


@require_safe
def erase(request: HttpRequest) -> HttpResponse:
    """GET /people/me/erase: what it means, and what shall become of the comments."""
    commenter = _access_me(request)
    _check_recent(request, commenter)
    context = {"page_title": _("Erase me"), "person": commenter}
    return private(render(request, "rejoinder/people/erase.html", context))


@require_POST
@own_forms_only
def erasure(request: HttpRequest) -> HttpResponse:
    """POST /people/me/erasure: have me erased; comments=remove or comments=keep."""
    commenter = _access_me(request)
    _check_recent(request, commenter)
    keeps = choice(request.POST, "comments", {"remove": "", "keep": ""}, "")
    erasing.ask_to_be_erased(commenter=commenter, keeps_words=keeps == "keep")
    if commenter.user_id is not None:
        request.session.flush()
    context = {"page_title": _("You are being erased"), "keeps": keeps == "keep"}
    return private(render(request, "rejoinder/people/erased.html", context))


def _check_recent(request: HttpRequest, commenter: Commenter) -> None:
    """Who signed in a while ago shows once more who they are, where the accounts package can ask."""
    if commenter.user_id is not None:
        check_recent(request)
