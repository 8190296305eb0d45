"""Guests: known by an edit token that lies in their browser and nowhere else."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, ids, rows
from rejoinder.core.text.skeleton import name_key

YEAR = 365 * 24 * 3600


def _cookie(request: HttpRequest) -> str:
    # __Host- binds the cookie to this very host; browsers want it sent over https only.
    return "__Host-rejoinder-guest" if request.is_secure() else "rejoinder-guest"


def token_of(request: HttpRequest) -> str:
    """The guest's edit token, or an empty string."""
    token = request.COOKIES.get(_cookie(request), "")
    return token if 16 <= len(token) <= 64 and token.isascii() else ""


def new_token(idempotency_key: str = "") -> str:
    """A new edit token. A retry after a lost answer carries the same key and so gets the same token."""
    if not idempotency_key:
        return ids.secret()
    message = b"guest:" + idempotency_key.encode("utf-8", "replace")
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:43]


_AS_IT_IS = "ON CONFLICT (guest_token) DO UPDATE SET guest_token = excluded.guest_token"


def find_guest(token: str) -> Commenter | None:
    return rows.one(Commenter, "guest_token = %s AND user_id IS NULL", [ids.digest(token)]) if token else None


def get_or_make_guest(token: str) -> Commenter:
    """The guest of a token; made by the first act. Call inside a writing transaction."""
    key = ids.digest(token)
    found = rows.one(Commenter, "guest_token = %s", [key])
    # Who acts for the first time may do so twice at once: one of the two makes the row, both get it.
    return found or rows.store(Commenter(guest_token=key, created=clock.now()), otherwise=_AS_IT_IS)


_UNDER_THIS_NAME = (
    "ON CONFLICT (guest_token) DO UPDATE SET name = excluded.name, name_key = excluded.name_key"
)


def sign_guest(token: str, name: str) -> Commenter:
    """The guest of a token under a name that was checked; made by the first act. One statement."""
    key = name_key(name)[:240]
    guest = Commenter(guest_token=ids.digest(token), name=name, name_key=key, created=clock.now())
    return rows.store(guest, otherwise=_UNDER_THIS_NAME)


def remember(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Leave the edit token in the guest's browser. Only ever done in answer to an act of theirs."""
    response.set_cookie(
        _cookie(request),
        token,
        max_age=YEAR,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
        path="/",
    )
