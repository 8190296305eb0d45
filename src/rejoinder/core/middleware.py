"""The outermost layer of Django: security headers, errors to answers, one request one log line."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import client, errors, metrics
from rejoinder.core.http import STATUS, answer, private, problem, typed, wants_json

log = structlog.get_logger("rejoinder.request")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)


class Outer:
    """Sets what every answer carries and turns expected errors into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        if client.came_encrypted(request):
            # Django's own setting for this would believe anybody: cookies, links and origins go by the scheme.
            request.META["wsgi.url_scheme"] = "https"
        try:
            response = _readable(request, self.get_response(request))
        finally:
            # A view speaks its site's language; the next request on this thread must not inherit it.
            translation.deactivate()
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        seconds = time.perf_counter() - began
        metrics.answered(request, response.status_code, seconds)
        # repr keeps control characters out of the log: one request is one line.
        log.info(
            "request",
            method=request.method,
            path=ascii(request.path)[1:-1][:300],
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, errors.RejoinderError):
            return answer(request, exception, kept=typed(request))
        if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
            return answer(
                request, TooLarge(_("That is more than this page takes at once. Shorten it and try again."))
            )
        if isinstance(exception, OperationalError):
            metrics.away("database")
            log.error("database", error=repr(exception)[:500])
            return answer(request, unavailable(request), kept=typed(request))
        if isinstance(exception, (UnicodeError, SuspiciousOperation)) and not isinstance(
            exception, DatabaseError
        ):
            return answer(
                request, errors.RejoinderError(_("The request could not be read."), code="bad-request")
            )
        return None


def _readable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The address of a form, opened or loaded again by hand: a page that says so, where Django's answer is empty."""
    said = "json" in response.headers.get("Content-Type", "")  # a program is told already
    if response.status_code != 405 or said or wants_json(request):
        return response
    page = problem(request, status=405, message=_("There is no page at this address."))
    page.headers["Allow"] = response.headers.get("Allow", "")
    return private(page)


class TooLarge(errors.InvalidInput):
    def __init__(self, message: str) -> None:
        super().__init__(code="too-large", message=message)


STATUS[TooLarge] = 413


def unavailable(request: HttpRequest) -> errors.Unavailable:
    """What to say while the database is away."""
    if request.method in {"GET", "HEAD"}:
        return errors.Unavailable(
            _("The database does not answer right now, so this page cannot be shown. Try again in a moment.")
        )
    return errors.Unavailable(
        _(
            "The database could not take this right now; nothing was stored. "
            "What is here can still be read. Try again soon."
        )
    )
