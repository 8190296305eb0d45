"""How often somebody may try to sign in, and how many codes go to one address.

Counted by the account that is tried, whatever the address it is tried from and however the name is spelled; and by
the address block. Success takes nothing back. A browser that has signed in to the account before counts for itself,
so that strangers who guess cannot keep its owner out.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from rejoinder.core.client import block
from rejoinder.core.limits import Limit, take
from rejoinder.core.mail import mailbox

HOUR = timedelta(hours=1)
TRIES = Limit("sign-in", most=10, window=HOUR)
# An office behind one address signs in; a machine that tries a list of passwords does not get far.
TRIES_OF_BLOCK = Limit("sign-in-block", most=100, window=HOUR)
CODES = Limit("account-mails", most=5, window=HOUR)
CODES_OF_BLOCK = Limit("account-mails-block", most=40, window=HOUR)

_COOKIE = "rejoinder_browser"
_YEAR = 365 * 24 * 3600


def folded(login: str) -> str:
    """One spelling for all that a database may take for the same: case, width, accents, marks that do not show."""
    text = unicodedata.normalize("NFKD", login).casefold()
    kept = (c for c in text if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf", "Zs", "Cc"})
    return unicodedata.normalize("NFKC", "".join(kept))


def _signer() -> Signer:
    return Signer(salt="rejoinder.accounts.browser")


def remember_browser(response: HttpResponse, request: HttpRequest, user: Any) -> None:
    """Leave in the browser that this account was signed in to here."""
    value = _signer().sign(str(user.pk))
    response.set_cookie(
        _COOKIE, value, max_age=_YEAR, httponly=True, secure=request.is_secure(), samesite="Lax"
    )


def _known(request: HttpRequest, user: Any) -> bool:
    if user is None:
        return False
    try:
        return _signer().unsign(request.COOKIES.get(_COOKIE, "")) == str(user.pk)
    except BadSignature:
        return False


def try_to_sign_in(request: HttpRequest, login: str, user: Any) -> bool:
    """Count one try. False where there were too many. `user`: whose login it is, or None."""
    whose = folded(login)
    known = f"known:{request.COOKIES.get(_COOKIE, '')}" if _known(request, user) else ""
    first = take(TRIES_OF_BLOCK, block(request)) is None
    return take(TRIES, whose, known) is None and first


def try_to_mail(request: HttpRequest, email: str) -> int | None:
    """Count one mail of an account. Returns None, or the seconds until there is room again."""
    waits = [take(CODES_OF_BLOCK, block(request)), take(CODES, mailbox(folded(email)))]
    return max((wait for wait in waits if wait is not None), default=None)
