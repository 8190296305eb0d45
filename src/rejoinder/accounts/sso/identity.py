"""Signing somebody in by what a token says: once a token, always the same person for the same issuer and subject."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import check_guest_name, raise_edition
from rejoinder.accounts.models import Authorship, Commenter, Identity, NameChange, Role, Site, UsedToken
from rejoinder.accounts.sso.claims import LEEWAY, Claims
from rejoinder.accounts.sso.refusals import refused
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.names import check_name
from rejoinder.core.text.skeleton import name_key


def sign_in(*, site: Site, claims: Claims) -> Identity:
    """The identity that verified claims speak of, made at the first time, with what they say of it now.

    Its commenter is nobody else's: neither a name nor an address leads from here to an account. Raises TokenRefused
    for a token that was taken before.
    """
    with writing():
        _use_up(site, claims)
        found = _find_or_make(site, claims)
        commenter = found.commenter
        _call(site, commenter, claims)
        _describe(found, claims)
        _employ(site, commenter, claims.role)
        _credit(site, commenter, claims.author_of)
    return found


def was_used(*, site: Site, claims: Claims) -> bool:
    """Whether a token was taken before."""
    return UsedToken.objects.filter(digest=_mark(site, claims)).exists()


def _mark(site: Site, claims: Claims) -> str:
    return hashlib.sha256(f"{site.pk}|{len(claims.issuer)}|{claims.issuer}|{claims.id}".encode()).hexdigest()


def _use_up(site: Site, claims: Claims) -> None:
    until = datetime.fromtimestamp(claims.expires, UTC) + timedelta(seconds=2 * LEEWAY)
    _row, fresh = UsedToken.objects.get_or_create(digest=_mark(site, claims), defaults={"expires": until})
    if not fresh:
        raise refused(
            "A token with this “jti” was used before. Make a new token, with a new “jti”, for each page that is "
            "shown, and keep pages that hold one out of shared caches.",
            code="token-used",
        )


def _find_or_make(site: Site, claims: Claims) -> Identity:
    of = Identity.objects.select_related("commenter").filter(
        site=site, issuer=claims.issuer, subject=claims.subject
    )
    found: Identity | None = locked(of, of=("self",)).first()
    return found or _make(site, claims) or locked(of, of=("self",)).get()


def _make(site: Site, claims: Claims) -> Identity | None:
    """A new identity, or None where another tab of the same person made it a moment ago."""
    moment = clock.now()
    try:
        with writing():
            return Identity.objects.create(
                commenter=Commenter.objects.create(created=moment),
                site=site,
                issuer=claims.issuer,
                subject=claims.subject,
                badges=" ".join(claims.badges),
                created=moment,
                seen=moment,
            )
    except IntegrityError:
        return None


def _call(site: Site, commenter: Commenter, claims: Claims) -> None:
    """Give the person the name that the site gives them; one that cannot stand here leaves the one before."""
    name = _name(site, commenter.name, claims)
    if name != commenter.name:
        if commenter.name:
            NameChange.objects.create(
                commenter=commenter, before=commenter.name, after=name, created=clock.now()
            )
        commenter.name, commenter.name_key = name, name_key(name)[:240]
        commenter.save(update_fields=["name", "name_key"])


def _name(site: Site, before: str, claims: Claims) -> str:
    try:
        name = check_name(claims.name)
        # Those who work here may have the names of those who work here; their own among them.
        return name if claims.role or name == before else check_guest_name(name, site)
    except InvalidInput:
        number = 1000 + int(_mark(site, claims)[:8], 16) % 9000
        return before or _("Reader %(number)s") % {"number": number}


def _describe(found: Identity, claims: Claims) -> None:
    badges = " ".join(claims.badges)
    if found.badges != badges:
        raise_edition(site=found.site_id)  # their comments show it
    found.badges, found.avatar, found.seen = badges, claims.avatar, clock.now()
    found.save(update_fields=["badges", "avatar", "seen"])


def _employ(site: Site, commenter: Commenter, role: str) -> None:
    """Give the role that the token gives, and take away the one that it gives no longer."""
    present: Role | None = Role.objects.filter(site=site, commenter=commenter).first()
    if not role:
        if present is not None:
            present.delete()  # by the row: what follows from it is told by a signal
    elif present is None:
        Role.objects.create(site=site, commenter=commenter, kind=role, created=clock.now())
    elif present.kind != role:
        present.kind = role
        present.save(update_fields=["kind"])


def _credit(site: Site, commenter: Commenter, stories: tuple[str, ...]) -> None:
    """Remember whose stories these are. What a token does not name stays: each page's may name its own alone."""
    of = Authorship.objects.filter(site=site, commenter=commenter, key__in=stories)
    fresh = set(stories) - set(of.values_list("key", flat=True)) if stories else set()
    if fresh:
        Authorship.objects.bulk_create(
            [Authorship(site=site, commenter=commenter, key=key) for key in sorted(fresh)],
            ignore_conflicts=True,
        )
        raise_edition(site=site.pk)
