"""What a site allows, and by what it knows its own readers. Checked together: half a sign-on lets nobody in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields

import structlog
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import check_language, check_site_name, raise_edition
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.sso.verify import BY_KEY_SET, BY_SECRET, SHORTEST_SECRET
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.outbound import NoAnswer
from rejoinder.core.outbound.addresses import target_of

log = structlog.get_logger("rejoinder.sites")

LONGEST_EDIT_WINDOW = 24 * 3600  # seconds; later, what others answered to would change beneath them
_LONGEST_NAME, _LONGEST_SECRET, _LONGEST_URL = 300, 300, 500  # as the columns
_ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What becomes of a site's policies. None: as it is."""

    name: str | None = None
    language: str | None = None
    hold_all: bool | None = None
    edit_window: int | None = None  # seconds
    guests: bool | None = None
    guest_email: str | None = None
    profiles: bool | None = None
    sso_issuer: str | None = None
    sso_audience: str | None = None
    sso_secret: str | None = None
    sso_jwks_url: str | None = None
    sso_algorithms: str | None = None  # with spaces or commas between
    sso_roles: bool | None = None
    sso_required: bool | None = None

    @property
    def given(self) -> dict[str, str | bool | int]:
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in every.items() if value is not None}


def change_site(*, site: Site, changes: Changes, by: Commenter | None = None) -> list[str]:
    """Change a site's policies. Returns the names of what is another now. `by`: None at the terminal.

    Raises InvalidInput at the field that is wrong; nothing is changed then.
    """
    with writing():
        row = locked(Site.objects.filter(pk=site.pk)).get()
        before = {name: getattr(row, name) for name in changes.given}
        for name, value in changes.given.items():
            setattr(row, name, _checked(name, value))
        changed = [name for name in before if getattr(row, name) != before[name]]
        if any(name.startswith("sso_") for name in changed):
            check_sign_on(row)
        if changed:
            row.save(update_fields=changed)
            raise_edition(site=row.pk)  # pages say what writing here asks of people
    if changed:
        # What was set is not written down: a secret may be among it.
        log.info("site changed", site=row.key, fields=changed, by=by.pk if by else None)
        site.refresh_from_db()
    return changed


def make_secret() -> str:
    """A secret to sign tokens with, of 256 bits, in letters that stand everything."""
    return secrets.token_urlsafe(32)


def _wrong(field: str, message: str, kept: str = "") -> InvalidInput:
    return InvalidInput(code=field.replace("_", "-"), message=message, field=field, kept=kept[:100])


def _checked(name: str, value: str | bool | int) -> str | bool | int:
    """A value as it is stored. Raises InvalidInput."""
    if name == "edit_window":
        return _seconds(value)
    if isinstance(value, str):
        return _text(name, value.strip())
    return value


def _seconds(value: str | bool | int) -> int:
    if isinstance(value, int) and 0 <= value <= LONGEST_EDIT_WINDOW:
        return value
    message = _("A comment can be changed for 0 to %(most)s seconds.") % {"most": LONGEST_EDIT_WINDOW}
    raise _wrong("edit_window", message)


def _text(name: str, value: str) -> str:
    match name:
        case "name":
            return check_site_name(value)
        case "language":
            return check_language(value)
        case "guest_email" if value not in Site.GuestEmail.values:
            options = ", ".join(Site.GuestEmail.values)
            raise _wrong(name, _("Write one of: %(options)s.") % {"options": options}, value)
        case "sso_issuer" | "sso_audience" if len(value) > _LONGEST_NAME or not _is_plain(value):
            most = {"most": _LONGEST_NAME}
            raise _wrong(name, _("Write up to %(most)s characters, without spaces.") % most, value)
        case "sso_secret":
            return _secret(value)
        case "sso_jwks_url":
            return _key_set(value)
        case "sso_algorithms":
            return _algorithms(value)
    return value


def _is_plain(value: str) -> bool:
    return value.isprintable() and " " not in value


def _secret(value: str) -> str:
    """Empty: none. What is too short could be found by trying (RFC 7518, section 3.2)."""
    if value and (len(value.encode()) < SHORTEST_SECRET or len(value) > _LONGEST_SECRET):
        sizes = {"least": SHORTEST_SECRET, "most": _LONGEST_SECRET}
        raise _wrong(
            "sso_secret", _("A secret has %(least)s bytes at least and %(most)s characters at most.") % sizes
        )
    if not _is_plain(value):
        raise _wrong("sso_secret", _("A secret has no spaces and no control characters."))
    return value


def _key_set(value: str) -> str:
    if not value:
        return value
    message = _("The address of a key set begins with https:// and has %(most)s characters at most.")
    try:
        target = target_of(value)
    except NoAnswer:
        raise _wrong("sso_jwks_url", message % {"most": _LONGEST_URL}, value) from None
    safe = target.scheme == "https" or target.host in _ON_THIS_MACHINE
    if not safe or len(value) > _LONGEST_URL:
        raise _wrong("sso_jwks_url", message % {"most": _LONGEST_URL}, value)
    return value


def _algorithms(value: str) -> str:
    known, named = (*BY_SECRET, *BY_KEY_SET), value.replace(",", " ").split()
    if strange := [name for name in named if name not in known]:
        said = {"name": strange[0][:20], "options": ", ".join(known)}
        raise _wrong(
            "sso_algorithms", _("There is no algorithm “%(name)s”; there are: %(options)s.") % said, value
        )
    return " ".join(dict.fromkeys(named))


def check_sign_on(site: Site) -> None:
    """Whether a site's sign-on is whole, or there is none. Raises InvalidInput at what is missing."""
    named = site.sso_algorithms.split()
    if site.sso_secret or site.sso_jwks_url or site.sso_required or site.sso_roles or named:
        if not site.sso_issuer:
            raise _wrong("sso_issuer", _("Tokens name who made them: write the issuer."))
        if not site.sso_audience:
            raise _wrong("sso_audience", _("Tokens name whom they are for: write the audience."))
    if site.sso_required and not (site.sso_secret or site.sso_jwks_url):
        message = _("Nobody could sign in: make a secret or name a key set first.")
        raise _wrong("sso_required", message)
    if not site.sso_secret and any(name in BY_SECRET for name in named):
        raise _wrong("sso_algorithms", _("HS256 needs a secret."))
    if not site.sso_jwks_url and any(name in BY_KEY_SET for name in named):
        raise _wrong("sso_algorithms", _("RS256, ES256 and EdDSA need a key set."))
