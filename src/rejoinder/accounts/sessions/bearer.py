"""Who speaks, by the access token of a request. No cookie is looked at, so another site's form can do nothing."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Session, Site
from rejoinder.accounts.queries import role_of
from rejoinder.accounts.sessions import tokens
from rejoinder.accounts.sessions.rows import holds
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, rows
from rejoinder.core.client import block
from rejoinder.core.errors import SignedOut


def signed_out() -> SignedOut:
    return SignedOut(_("You are not signed in any more. Sign in again; what you wrote is kept."))


def session_of_bearer(request: HttpRequest, site: Site) -> Session | None:
    """The session that the request's `Authorization: Bearer` names, or None without that header. Raises SignedOut.

    A page of another origin always says which it is, so a token does not work from anywhere but where it was given.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, token = header.partition(" ")
    access = tokens.read(token.strip()) if scheme.lower() == "bearer" else None
    if access is None or access.site != site.pk:
        raise signed_out()
    if request.headers.get("Origin", access.origin) != access.origin:
        raise signed_out()
    session = rows.one(Session, "id = %s AND site_id = %s", [access.session, site.pk])
    if session is None or clock.micros(session.created) != access.began or not holds(session, site):
        raise signed_out()
    return session


def viewer_of_bearer(request: HttpRequest, site: Site) -> Viewer:
    """Who looks or acts through the API. Without a token: somebody who has not acted yet. Raises SignedOut."""
    session = session_of_bearer(request, site)
    if session is None:
        return Viewer(site=site, block=block(request))
    who = session.commenter
    return Viewer(site=site, commenter=who, role=role_of(who, site), block=block(request))
