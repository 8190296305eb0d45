"""Errors as application/problem+json (RFC 9457): one shape for whatever goes wrong."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from rejoinder.core import errors, metrics
from rejoinder.core.http import STATUS, BadRequest, missing, say_when, status_of
from rejoinder.core.middleware import TooLarge, unavailable

KIND = "application/problem+json"
log = structlog.get_logger("rejoinder.api")


class NoMethod(errors.RejoinderError):
    """The address is there, and does not take this method."""

    code = "method"


STATUS[NoMethod] = 405


def no_method() -> NoMethod:
    return NoMethod(_("This address does not take that method."))


def no_address() -> errors.NotFound:
    return errors.NotFound(_("There is nothing at this address."), code="no-address")


def foreign_origin(origin: str) -> errors.Refused:
    message = _("Pages of %(origin)s cannot write here: no site names this origin.")
    return errors.Refused(message % {"origin": origin[:100]}, code="origin")


def translated(request: HttpRequest, error: BaseException) -> errors.RejoinderError | None:
    """What an error says to who asked; None for one that nobody expected."""
    if isinstance(error, ValidationError):
        # A name that is not known is likely the misspelt one of what is missing.
        return _not_valid(min(error.errors, key=lambda found: found.get("type") != "extra_forbidden"))
    if isinstance(error, HttpError) and error.__cause__ is not None:
        error = error.__cause__  # what our parser said; the framework puts its own around it
    if isinstance(error, errors.RejoinderError):
        return error
    if isinstance(error, RequestDataTooBig):
        return TooLarge(_("That is more than this page takes at once. Shorten it and try again."))
    if isinstance(error, OperationalError):
        metrics.away("database")
        return unavailable(request)
    unreadable = isinstance(error, (UnicodeError, SuspiciousOperation, HttpError))
    return BadRequest(_("The request could not be read.")) if unreadable else None


def answer(error: errors.RejoinderError) -> HttpResponse:
    """The answer to an error. Kept by no cache."""
    field = getattr(error, "field", "")
    more = {"field": field} if field else {}
    if isinstance(error, errors.Paused):
        more["again"] = error.again
    response = _problem(status_of(error), error.code, str(error), **more)
    say_when(response, error)
    if isinstance(error, errors.SignedOut):
        response["WWW-Authenticate"] = "Bearer"
    return response


def fault(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer to what nobody expected: a sentence, and the number under which the log has the rest of it."""
    number = secrets.token_hex(8)
    got_request_exception.send(sender=None, request=request)
    log.error("fault", request=number, method=request.method, path=ascii(request.path)[1:-1], exc_info=error)
    message = _("Something of ours broke. It was written down as %(number)s: name that to whoever runs this.")
    return _problem(500, "fault", message % {"number": number}, request=number)


def _problem(status: int, code: str, detail: str, **more: str) -> HttpResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    response = JsonResponse(body, status=status, content_type=KIND)
    response["Cache-Control"] = "no-store, private"
    return response


def _not_valid(found: dict[str, Any]) -> errors.RejoinderError:
    """One of pydantic's findings in our words, about one field."""
    place = [str(part) for part in found.get("loc", ())]
    field = place[-1] if place[:1] == ["query"] else ".".join(place[2:])
    code, message = _said(str(found.get("type", "")), field)
    if place[:1] == ["body"]:
        return errors.InvalidInput(code=code, message=message, field=field)
    return BadRequest(message, code=code)


def _said(kind: str, field: str) -> tuple[str, str]:
    name = {"name": field[:40]}
    if kind == "missing":
        return "missing", missing(field[:40])
    if kind == "extra_forbidden":
        return "unknown-parameter", _("There is no parameter “%(name)s” here.") % name
    if kind.endswith("_type") or kind.startswith(("int_", "bool_")):
        return "wrong-type", _("“%(name)s” is of another type than it must be.") % name
    if kind == "string_too_short":
        return "empty", _("“%(name)s” is empty.") % name
    return "out-of-range", _("“%(name)s” is not one of the values that are taken here.") % name
