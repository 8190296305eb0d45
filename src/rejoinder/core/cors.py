"""What pages of other origins may read of our answers (Fetch standard, "CORS protocol").

Two kinds only. What is the same for all readers is open to every origin, without credentials. All else is open to
an origin that was compared exactly with those that a site names; who calls decides which those are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from rejoinder.core.errors import RejoinderError
from rejoinder.core.http import answer

R = TypeVar("R", bound=HttpResponse)
View = Callable[..., HttpResponse]

# What a script may read of an answer besides its body.
EXPOSED = "Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
SENT = "Authorization, Content-Type, Idempotency-Key"
# Seconds that a browser remembers what it may send: an origin that is taken away is gone soon.
REMEMBERED = "600"


def origin_of(request: HttpRequest) -> str:
    """The origin of the page that asks, as its browser writes it; empty where none is said."""
    return request.headers.get("Origin", "")


def own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def open_to_all(response: R) -> R:
    """Let pages of any origin read this: it is the same for everybody, and no cookie makes a difference."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def open_to(response: R, origin: str | None, *, credentials: bool = False) -> R:
    """Let pages of one origin read this; None: of no other origin. Marks it as depending on who asks in any case."""
    patch_vary_headers(response, ("Origin",))
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = EXPOSED
        if credentials:
            response["Access-Control-Allow-Credentials"] = "true"
    return response


def preflight(methods: Iterable[str]) -> HttpResponse:
    """The answer to OPTIONS, before it is said to whom it is open."""
    named = ", ".join(sorted({*methods, "OPTIONS"}))
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = named
    response["Access-Control-Allow-Headers"] = SENT
    response["Access-Control-Max-Age"] = REMEMBERED
    patch_vary_headers(response, ("Access-Control-Request-Method", "Access-Control-Request-Headers"))
    return response


def readable_everywhere(view: View) -> View:
    """Open a view's answers to all origins, its refusals too: a script must be able to tell them from a lost line."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except RejoinderError as error:
            response = answer(request, error)
        return open_to_all(response)

    return opened
