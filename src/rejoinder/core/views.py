"""Pages for what goes wrong outside our own views."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rejoinder.core.http import problem, typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _(
        "This form was open too long or came from another site. Go back, load the page again and send it once more."
    )
    return problem(request, status=403, message=message, kept=typed(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, status=404, message=_("There is no page at this address."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, status=400, message=_("The request could not be read."))


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(
        request,
        status=500,
        message=_("Something of ours broke. It was written down; nothing you typed was stored."),
    )
