"""One-time codes: how the sign-in window tells the page that opened it who has signed in."""

from __future__ import annotations

from datetime import timedelta

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, OneTimeCode, Site
from rejoinder.accounts.sessions.rows import stamp_of
from rejoinder.core import clock, ids
from rejoinder.core.db import writing
from rejoinder.core.errors import Refused

LIFETIME = timedelta(seconds=60)


def issue(*, commenter: Commenter, site: Site, origin: str) -> str:
    """A new code, good for one use within a minute, by a page of exactly this origin."""
    code = ids.secret()
    with writing():
        OneTimeCode.objects.create(
            digest=ids.digest(code),
            commenter=commenter,
            site=site,
            origin=origin,
            stamp=stamp_of(commenter.user),
            expires=clock.now() + LIFETIME,
        )
    return code


def redeem(code: str, *, site: Site, origin: str) -> Commenter:
    """Who a code stands for. It is gone afterwards, whoever brought it. Raises Refused."""
    with writing():
        found = OneTimeCode.objects.select_related("commenter__user").filter(digest=ids.digest(code)).first()
        # Of several who bring the same code at the same instant, one deletes the row.
        taken = OneTimeCode.objects.filter(digest=ids.digest(code)).delete()[0]
    if not (found and taken and found.site_id == site.pk and found.origin == origin):
        raise _used_up()
    stamp = stamp_of(found.commenter.user)
    if found.expires <= clock.now() or not stamp or not constant_time_compare(found.stamp, stamp):
        raise _used_up()
    return found.commenter


def _used_up() -> Refused:
    return Refused(_("This sign-in took too long or was used before. Sign in once more."), code="code-used")
