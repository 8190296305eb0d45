"""Who is speaking: from a cookie, a one-time code or the site's own token to an access token for the page that asks.

The only place where the reader's cookie is looked at, so it looks at the origin first, and answers with nothing that
another site could read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rejoinder.accounts import badges, sso
from rejoinder.accounts.models import Identity, Session, Site
from rejoinder.accounts.queries import role_of
from rejoinder.accounts.sessions import codes, cookie, tokens
from rejoinder.accounts.sessions.bearer import session_of_bearer
from rejoinder.accounts.sessions.origins import access_origin
from rejoinder.accounts.sessions.rows import (
    access_token,
    end_session,
    find_session,
    open_session,
    prolong,
    touch,
)
from rejoinder.core.errors import InvalidInput, SignedOut


@dataclass(frozen=True, slots=True)
class Spoken:
    """The answer to the page: who speaks. Times in seconds."""

    kind: str = "nobody"  # or guest, account
    name: str = ""
    badges: tuple[str, ...] = ()
    role: str = ""
    access_token: str | None = None
    expires_in: int = 0
    # Whether the cookie will be there on the next page, as far as one can know before: certain where it came along.
    kept: bool = False
    # For the cookie. None: leave it as it is; empty: drop it. Never part of the answer's body.
    secret: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "badges": list(self.badges),
            "role": self.role,
            "access_token": self.access_token,
            "expires_in": self.expires_in,
            "kept": self.kept,
        }


def exchange(request: HttpRequest, site: Site, body: Mapping[str, Any]) -> Spoken:
    """Who speaks, by `{}` (the cookie), `{"code": …}` (of the sign-in window) or `{"token": …}` (the site's own).

    Raises Refused (origin, used code, a token that is not taken, each with its own code), InvalidInput.
    """
    origin = access_origin(request, site)
    way, what = _asked(body)
    before = find_session(cookie.secret_of(request, site), site)
    if way == "code":
        who = codes.redeem(what, site=site, origin=origin)
        opened = open_session(commenter=who, site=site, origin=origin, kind=Session.Kind.ACCOUNT)
        return _begun(request, site, before, opened.session, opened.secret)
    if way == "token":
        return _by_token(request, site, before, what)
    if before is None:
        return Spoken(secret="" if cookie.name_of(request, site) in request.COOKIES else None)
    touch(before)
    return _spoken(site, before, origin, kept=True)


def _asked(body: Mapping[str, Any]) -> tuple[str, str]:
    """Which of the three ways, and the code or the token. Raises InvalidInput for anything else."""
    if not body:
        return "cookie", ""
    way = next(iter(body))
    what = body[way]
    if len(body) > 1 or way not in {"code", "token"} or not isinstance(what, str) or not what:
        message = _("Send nothing, a “code” or a “token”.")
        raise InvalidInput(code="body", message=message, field=str(way)[:40])
    return way, what


def _by_token(request: HttpRequest, site: Site, before: Session | None, token: str) -> Spoken:
    """A token counts once. The page that brought it may bring it again, when it is loaded anew: it has the cookie."""
    origin = access_origin(request, site)
    claims = sso.verify(site=site, token=token)
    known = before if before is not None and _is_of(before, site, claims) else None
    if known is not None and sso.was_used(site=site, claims=claims):
        touch(known)
        return _spoken(site, known, origin, kept=True)
    role = role_of(known.commenter, site) if known is not None else ""
    identity = sso.sign_in(site=site, claims=claims)
    if known is not None and role_of(identity.commenter, site) == role:
        prolong(known)  # the other tabs of the same reader go on
        return _spoken(site, known, origin, kept=True)
    opened = open_session(commenter=identity.commenter, site=site, origin=origin, kind=Session.Kind.SSO)
    return _begun(request, site, before, opened.session, opened.secret)


def _is_of(session: Session, site: Site, claims: sso.Claims) -> bool:
    """Whether a session is that of the one a token speaks of."""
    of = Identity.objects.filter(site=site, issuer=claims.issuer, subject=claims.subject)
    return session.kind == Session.Kind.SSO and of.filter(commenter=session.commenter_id).exists()


def _begun(request: HttpRequest, site: Site, before: Session | None, session: Session, secret: str) -> Spoken:
    """A new session takes the place of the one that this browser had."""
    if before is not None:
        end_session(before)
    kept = before is not None or _will_be_kept(request)
    return _spoken(site, session, access_origin(request, site), kept=kept, secret=secret)


def _will_be_kept(request: HttpRequest) -> bool:
    """Over https browsers of today keep a partitioned cookie; over http only one of the same site is sent again."""
    near = request.headers.get("Sec-Fetch-Site") in {"same-origin", "same-site"}
    return near or request.is_secure()


def _spoken(site: Site, session: Session, origin: str, *, kept: bool, secret: str | None = None) -> Spoken:
    who = session.commenter
    return Spoken(
        kind="guest" if session.kind == Session.Kind.GUEST else "account",
        name=who.name,
        badges=tuple(badges.of([who.pk], site).get(who.pk, ())),
        role=role_of(who, site),
        access_token=access_token(session, origin),
        expires_in=tokens.LIFETIME,
        kept=kept,
        secret=secret,
    )


def settle(request: HttpRequest, response: HttpResponse, site: Site, spoken: Spoken) -> None:
    """Leave the new cookie in the browser, or take away the one that is worth nothing."""
    if spoken.secret:
        cookie.leave(request, response, site, spoken.secret)
    elif spoken.secret is not None:
        cookie.drop(request, response, site)


def end(request: HttpRequest, site: Site) -> None:
    """Sign out in this browser: the session of its cookie and of its access token. Raises Refused (origin).

    The caller drops the cookie (`cookie.drop`).
    """
    access_origin(request, site)
    try:
        by_token = session_of_bearer(request, site)
    except SignedOut:  # it had ended before
        by_token = None
    for session in (find_session(cookie.secret_of(request, site), site), by_token):
        if session is not None:
            end_session(session)
