"""Errors to answers, in one place; and parameters that mean one thing.

Domain code raises `core.errors`; here each becomes a status code and a page, or JSON for those who ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rejoinder.core import errors
from rejoinder.core.text.normal import clean

# A text that is far too long is given back as far as somebody would read it.
LONGEST_KEPT = 100_000
SOON = 10  # seconds after which a database that was away may be asked again

STATUS: dict[type[errors.RejoinderError], int] = {
    errors.Accepted: 202,
    errors.InvalidInput: 422,
    errors.NotFound: 404,
    errors.Refused: 403,
    errors.SignedOut: 401,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.RejoinderError: 400,
}


class BadRequest(errors.RejoinderError):
    """A parameter is absent, empty, given twice or of the wrong shape. Refused, never ignored."""

    code = "bad-request"


def status_of(error: errors.RejoinderError | None) -> int:
    """The HTTP status of an error, by the nearest class; 200 where nothing went wrong."""
    return 200 if error is None else next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def private(response: HttpResponse) -> HttpResponse:
    """Mark what is for one reader alone: kept by no cache."""
    response["Cache-Control"] = "no-store, private"
    # Always: whether the cookie was looked at would tell what was found before it.
    patch_vary_headers(response, ("Cookie",))
    return response


def hidden(response: HttpResponse) -> HttpResponse:
    """For one reader. The address is as good as a key: it is told to no other site, and kept by no search engine."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return private(response)


def say_when(response: HttpResponse, error: errors.RejoinderError | None) -> None:
    """Retry-After, where an error passes by itself."""
    if isinstance(error, errors.TooMany):
        response["Retry-After"] = str(error.retry_after)
    elif isinstance(error, errors.Unavailable):
        response["Retry-After"] = str(SOON)


def parameter(data: QueryDict, name: str, *, longest: int = 500) -> str | None:
    """One parameter, or None when it is absent. Raises BadRequest when empty, repeated or too long."""
    values = data.getlist(name)
    if not values:
        return None
    if len(values) > 1:
        raise BadRequest(_("The address names “%(name)s” more than once; once is enough.") % {"name": name})
    value = values[0]
    if not value or len(value) > longest or "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise BadRequest(_("“%(name)s” in the address is empty or cannot be read.") % {"name": name})
    return value


def required(data: QueryDict, name: str, *, longest: int = 500) -> str:
    """One parameter that must be there."""
    value = parameter(data, name, longest=longest)
    if value is None:
        raise BadRequest(missing(name))
    return value


def missing(name: str) -> str:
    """The sentence about a parameter or a field that must be there."""
    return _("“%(name)s” is missing from the request.") % {"name": name}


def choice(data: QueryDict, name: str, choices: Mapping[str, Any], default: str) -> str:
    """One of a closed list."""
    value = parameter(data, name) or default
    if value not in choices:
        raise BadRequest(
            _("“%(name)s” cannot be “%(value)s”; it is one of: %(choices)s.")
            % {"name": name, "value": value[:40], "choices": ", ".join(choices)}
        )
    return value


def typed(request: HttpRequest) -> str:
    """The text that somebody wrote into a form, made safe to show again, or an empty string."""
    try:
        texts = (request.POST.get(name, "") for name in ("body", "explanation", "reason", "note", "words"))
        return clean(next(filter(None, texts), "")[:LONGEST_KEPT])
    except (MultiPartParserError, SuspiciousOperation, UnicodeError, OSError):
        return ""  # the form itself cannot be read: what is wrong with it is being answered


def answer(request: HttpRequest, error: errors.RejoinderError, **more: Any) -> HttpResponse:
    """The answer to an error: JSON for programs, a page with the sentence for people, what they typed kept."""
    status = status_of(error)
    if wants_json(request):
        body = {"code": error.code, "message": str(error), "field": getattr(error, "field", "")}
        if isinstance(error, errors.Paused):
            body["again"] = error.again
        response: HttpResponse = JsonResponse(body, status=status)
    else:
        response = problem(request, status=status, message=str(error), **more)
    say_when(response, error)
    return private(response)


_TITLES = {
    202: gettext_noop("Kept"),
    400: gettext_noop("This address cannot be read"),
    401: gettext_noop("Signed out"),
    403: gettext_noop("Not possible here"),
    404: gettext_noop("Nothing here"),
    405: gettext_noop("Nothing here"),
    409: gettext_noop("Something changed in between"),
    413: gettext_noop("Too much at once"),
    422: gettext_noop("Not taken yet"),
    429: gettext_noop("A little too fast"),
    503: gettext_noop("Not possible right now"),
}


def problem(request: HttpRequest, *, status: int, message: str, **more: Any) -> HttpResponse:
    """A page that says what was wrong and what to do; `kept` is shown so that it can be copied."""
    title = _(_TITLES.get(status, gettext_noop("Something went wrong")))
    context = {"status": status, "title": title, "page_title": title, "message": message, **more}
    return render(request, "rejoinder/problem.html", context, status=status)
