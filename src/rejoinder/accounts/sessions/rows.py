"""Opening and ending sessions, and whether one still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from rejoinder.accounts.errors import sso_only
from rejoinder.accounts.models import Commenter, Identity, OneTimeCode, Session, Site, UsedToken
from rejoinder.accounts.sessions import tokens
from rejoinder.core import clock, ids, jobs, rows
from rejoinder.core.db import writing
from rejoinder.core.errors import Refused

# How long each kind lasts. A guest may edit what they wrote as long as their cookie lies there; who was signed in by
# a site's token is asked of the site again every day.
LIFETIME = {
    Session.Kind.GUEST: timedelta(days=365),
    Session.Kind.ACCOUNT: timedelta(days=30),
    Session.Kind.SSO: timedelta(days=1),
}
FRESH = timedelta(minutes=15)  # of having signed in, for what cannot be undone
SEEN = timedelta(hours=1)  # how exactly we remember when somebody was here last


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun. `secret` is for the cookie, `access_token` for the page that asked."""

    session: Session
    secret: str
    access_token: str
    expires_in: int  # seconds


def stamp_of(user: Any) -> str:
    """What changes with an account's password; an empty string for one that may not sign in."""
    if user is None or not user.is_active:
        return ""
    return str(user.get_session_auth_hash())


def _stamp_of_tokens(site: Site) -> str:
    """What changes with the way in which a site signs its tokens."""
    said = (site.sso_issuer, site.sso_audience, site.sso_secret, site.sso_jwks_url, site.sso_algorithms)
    return salted_hmac("rejoinder.accounts.sessions", repr(said), algorithm="sha256").hexdigest()


def _stamp(kind: str, commenter: Commenter, site: Site) -> str:
    """What must stay as it is for as long as a session is to hold; empty for guests, and for who may not sign in."""
    if kind == Session.Kind.SSO:
        return _stamp_of_tokens(site) if site.sso_issuer else ""
    return stamp_of(commenter.user) if kind == Session.Kind.ACCOUNT else ""


def open_session(*, commenter: Commenter, site: Site, origin: str, kind: str) -> Opened:
    """Begin a session, with a new secret. `kind`: one of Session.Kind. Raises Refused.

    Call it once the one who speaks has been made sure of, within the transaction of what made them known.
    """
    if site.sso_required and kind != Session.Kind.SSO:
        raise sso_only()
    stamp = _stamp(kind, commenter, site)
    if kind != Session.Kind.GUEST and not stamp:
        raise Refused(_("This account cannot be used any more."), code="account-off")
    secret, moment = ids.secret(), clock.now()
    session = Session(
        commenter=commenter,
        site=site,
        kind=kind,
        origin=origin,
        secret=ids.digest(secret),
        stamp=stamp,
        created=moment,
        seen=moment,
        expires=moment + LIFETIME[Session.Kind(kind)],
    )
    with writing():
        rows.store(session)
    return Opened(session, secret, access_token(session, origin), tokens.LIFETIME)


def access_token(session: Session, origin: str) -> str:
    """A new access token of a session, for a page of this origin."""
    return tokens.write(tokens.Access(session.pk, session.site_id, origin, clock.micros(session.created)))


def find_session(secret: str, site: Site) -> Session | None:
    """The session of a cookie's secret, where it still holds."""
    if not secret:
        return None
    found = rows.one(Session, "secret = %s AND site_id = %s", [ids.digest(secret), site.pk])
    return found if found is not None and holds(found, site) else None


def holds(session: Session, site: Site) -> bool:
    """Whether a session may still be used: not ended, in time, and whoever it is still who they were."""
    if session.ended is not None or session.expires <= clock.now():
        return False
    if site.sso_required and session.kind != Session.Kind.SSO:
        return False
    if session.kind == Session.Kind.GUEST:
        return session.commenter.is_guest  # what a guest wrote may have become an account's
    if session.kind == Session.Kind.SSO and _was_erased(session.commenter_id):
        return False
    now = _stamp(session.kind, session.commenter, site)
    return bool(now) and constant_time_compare(session.stamp, now)


def _was_erased(commenter: int) -> bool:
    """Whether a reader whom a site's token had named is named by none any more."""
    return not Identity.objects.filter(commenter=commenter).exists()


def touch(session: Session) -> None:
    """Remember that somebody was here."""
    moment = clock.now()
    if moment - session.seen > SEEN:
        with writing():
            Session.objects.filter(pk=session.pk).update(seen=moment)


def prolong(session: Session) -> None:
    """Whoever it is has just shown again who they are: the session lasts as long as a new one."""
    moment = clock.now()
    with writing():
        Session.objects.filter(pk=session.pk).update(
            seen=moment, expires=moment + LIFETIME[Session.Kind(session.kind)]
        )


def is_fresh(session: Session) -> bool:
    """Whether it was shown a short while ago whose session it is. A guest is known by nothing but the session."""
    shown: datetime = session.expires - LIFETIME[Session.Kind(session.kind)]
    return session.kind == Session.Kind.GUEST or clock.now() - shown < FRESH


def end_session(session: Session) -> None:
    """Sign out in one browser. Its access tokens are refused from now on, in open tabs too."""
    with writing():
        _end(Session.objects.filter(pk=session.pk))


def end_all_of(commenter: Commenter) -> None:
    """Sign a person out everywhere: they were banned, are gone, or asked for it."""
    with writing():
        _end(Session.objects.filter(commenter=commenter))
        OneTimeCode.objects.filter(commenter=commenter).delete()


def _end(found: Any) -> None:
    found.filter(ended=None).update(ended=clock.now(), secret=None)


@jobs.periodic("accounts.forget_sessions", every=timedelta(hours=1))
def forget_sessions() -> None:
    """What has ended is kept no longer than it takes to refuse it, and a token's id while the token could be taken."""
    moment = clock.now()
    gone = moment - timedelta(hours=1)  # an access token outlives its session by minutes
    rows.forget(Session.objects.filter(ended__lt=gone))
    rows.forget(Session.objects.filter(expires__lt=gone))
    rows.forget(OneTimeCode.objects.filter(expires__lt=moment))
    rows.forget(UsedToken.objects.filter(expires__lt=moment))
