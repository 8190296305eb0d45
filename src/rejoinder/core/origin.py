"""Who may post a form: our own pages, without a token in them.

Public pages are the same for everybody, so they hold no token. A form is ours when the browser says so
(`Sec-Fetch-Site`, else `Origin`). A browser that says neither gets a page with a token that keeps what was
typed; another site's form is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rejoinder.core import proof
from rejoinder.core.errors import Refused
from rejoinder.core.http import answer, private, typed, wants_json

View = Callable[..., HttpResponse]


class _Token(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _token_holds(request: HttpRequest) -> bool:
    check = _Token(lambda _request: HttpResponse())
    check.process_request(request)
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    return check.process_view(request, _ours, (), {}) is None


def _ours(request: HttpRequest) -> HttpResponse:  # a view that is not exempt, for the check above
    return HttpResponse()


def is_own(request: HttpRequest) -> bool | None:
    """True: from a page of ours. False: from elsewhere. None: the browser does not say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
    return None


def own_forms_only(view: View) -> View:
    """Let the view be posted to from our own origin only. Other methods pass."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return view(request, *args, **kwargs)
        own = is_own(request)
        if own or (own is None and _token_holds(request)):
            return view(request, *args, **kwargs)
        if own is None and not wants_json(request):
            return confirm(request)
        return answer(
            request,
            Refused(
                _(
                    "This form was sent from another site, so it was not taken. "
                    "Copy your text and post it on the page itself."
                )
            ),
            kept=typed(request),
        )

    return csrf_exempt(guarded)


def confirm(request: HttpRequest) -> HttpResponse:
    """The page that keeps what was typed and carries the token."""
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    fields.setdefault("began", proof.began())
    context = {"fields": fields, "post_url": request.get_full_path(), "page_title": _("One more step")}
    return private(render(request, "rejoinder/confirm.html", context))
