"""The cookie that a reader's browser keeps of a session: on our origin, one for each site, out of reach of scripts.

Pages of other origins need it, so it goes along wherever they stand (`SameSite=None`); `Partitioned` (CHIPS) gives
each place where they stand a jar of its own, so it follows nobody from one publication to the next. Over http, which
is for trying things out on one's own machine, it stays within that machine.
Only `sessions.exchange` and `sessions.end` look at it.
"""

from __future__ import annotations

from http.cookies import Morsel
from typing import Any

from django.http import HttpRequest, HttpResponse

from rejoinder.accounts.models import Site

YEAR = 365 * 24 * 3600


class _Partitioned(Morsel):  # type: ignore[type-arg]
    """The standard library knows the attribute from Python 3.14 on."""

    def OutputString(self, attrs: Any = None) -> str:
        return super().OutputString(attrs) + "; Partitioned"


def name_of(request: HttpRequest, site: Site) -> str:
    # __Host- binds it to this very host; browsers want it sent over https only.
    plain = f"rejoinder-reader-{site.key}"
    return f"__Host-{plain}" if request.is_secure() else plain


def secret_of(request: HttpRequest, site: Site) -> str:
    """The secret in the cookie, or an empty string."""
    secret = request.COOKIES.get(name_of(request, site), "")
    return secret if 16 <= len(secret) <= 64 and secret.isascii() else ""


def leave(request: HttpRequest, response: HttpResponse, site: Site, secret: str) -> None:
    """Leave the secret of a session in the browser."""
    _set(request, response, site, secret, YEAR)


def drop(request: HttpRequest, response: HttpResponse, site: Site) -> None:
    """Take the cookie out of the browser. Browsers want the same attributes as it was set with."""
    _set(request, response, site, "", 0)


def _set(request: HttpRequest, response: HttpResponse, site: Site, value: str, max_age: int) -> None:
    name, secure = name_of(request, site), request.is_secure()
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        secure=secure,
        httponly=True,
        samesite="None" if secure else "Lax",
        path="/",
    )
    if secure:
        plain, marked = response.cookies[name], _Partitioned()
        marked.set(plain.key, plain.value, plain.coded_value)
        marked.update({key: value for key, value in plain.items() if key != "partitioned"})
        response.cookies[name] = marked
