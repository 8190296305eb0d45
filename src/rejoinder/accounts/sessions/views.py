"""The sign-in window: a page of ours that another origin's page opens, and that tells it who has signed in.

What it tells is a one-time code, by a message to exactly the origin that the site names. Nothing secret is in an
address, and the reader sees to whom they are introduced before they press the button.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.errors import sso_only
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.people.names import commenter_for
from rejoinder.accounts.queries import access_site
from rejoinder.accounts.sessions import codes, popup
from rejoinder.accounts.sessions.origins import access_named
from rejoinder.core.http import BadRequest, private, required

_STATE = re.compile(r"[A-Za-z0-9_-]{8,128}")


class Asked(NamedTuple):
    """Who wants to know who is there. `state` is the page's own, to know its window by."""

    site: Site
    origin: str
    state: str


@require_safe
def window(request: HttpRequest) -> HttpResponse:
    """GET /accounts/window/?site=…&origin=…&state=…: sign in, then see to whom one will be introduced."""
    asked = _access(request, request.GET)
    return _answer(_first(request, asked) or _ask(request, asked))


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """POST /accounts/window/codes: site, origin, state. The page whose script hands a new code over."""
    asked = _access(request, request.POST)
    return _answer(_first(request, asked) or _hand_over(request, asked))


def _answer(response: HttpResponse) -> HttpResponse:
    return private(popup.stay_tied(response))


def _access(request: HttpRequest, data: QueryDict) -> Asked:
    """Raises BadRequest, NotFound, Refused: for a page that may not ask, nobody is asked to sign in."""
    site = access_site(required(data, "site", longest=50))
    origin = required(data, "origin", longest=300)
    state = required(data, "state", longest=128)
    if not _STATE.fullmatch(state):
        raise BadRequest(_("“%(name)s” in the address is empty or cannot be read.") % {"name": "state"})
    translation.activate(site.language)
    access_named(request, site, origin)
    if site.sso_required:
        raise sso_only()
    return Asked(site, origin, state)


def _first(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    """Where somebody has to go before, and comes back from: to sign in, to their second factor."""
    back = f"{reverse('rejoinder:sign-in-window')}?" + urlencode(
        {"site": asked.site.key, "origin": asked.origin, "state": asked.state}
    )
    if request.user.is_authenticated and not _owes_second_factor(request):
        return None
    popup.begin(request)
    return redirect_to_login(back, reverse("mfa_reauthenticate") if request.user.is_authenticated else None)


def _context(asked: Asked, name: str) -> dict[str, object]:
    return {
        **around(asked.site, _("Sign in")),
        "host": urlsplit(asked.origin).netloc,
        "name": name,
        "asked": asked,
    }


def _owes_second_factor(request: HttpRequest) -> bool:
    """Staff who have one use it in this window too: what they may do goes along to the page."""
    who = Commenter.objects.filter(user=request.user.pk).first()
    owes = who is not None and second_factor.works_here(who) and not second_factor.is_missing(who)
    return owes and not second_factor.passed(request)


def _ask(request: HttpRequest, asked: Asked) -> HttpResponse:
    name = Commenter.objects.filter(user=request.user.pk).values_list("name", flat=True).first() or ""
    context = {**_context(asked, name), "here": request.get_full_path()}
    return render(request, "rejoinder/window/ask.html", context)


def _hand_over(request: HttpRequest, asked: Asked) -> HttpResponse:
    who = commenter_for(request.user)
    code = codes.issue(commenter=who, site=asked.site, origin=asked.origin)
    popup.finish(request)
    return render(request, "rejoinder/window/handed.html", {**_context(asked, who.name), "code": code})
