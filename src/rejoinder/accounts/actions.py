"""What is done with sites and people."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Origin, Role, Site
from rejoinder.accounts.queries import protected_names
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict, InvalidInput, NotFound
from rejoinder.core.text.names import check_name
from rejoinder.core.text.skeleton import looks_like, name_key

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
# As it stands in the lang attribute (BCP 47): a language, and what narrows it down.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_LONGEST_SITE_NAME, _LONGEST_LANGUAGE, _LONGEST_ORIGIN = 120, 12, 300  # as the columns


def check_origin(text: str) -> str:
    """An origin as browsers write it: scheme, host, port unless it is the usual one. Raises InvalidInput."""
    usual = {"http": 80, "https": 443}
    try:
        parts = urlsplit(text.strip())
        name, port = parts.hostname or "", parts.port
        # "[::1]" is no name; a label too long or empty cannot be written as IDNA.
        host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    except ValueError:
        raise _no_origin(text) from None
    beside = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual.get(parts.scheme) else "")
    if parts.scheme not in usual or not _HOST.fullmatch(host) or beside or len(origin) > _LONGEST_ORIGIN:
        raise _no_origin(text)
    return origin


def _no_origin(text: str) -> InvalidInput:
    message = _("“%(text)s” is not an origin; write it like https://www.example.org.") % {"text": text[:100]}
    return InvalidInput(code="origin", message=message, field="origin", kept=text)


def check_site_name(name: str) -> str:
    """A name of a publication, its spaces tidied. Raises InvalidInput."""
    name = " ".join(name.split())
    if name.isprintable() and 0 < len(name) <= _LONGEST_SITE_NAME:
        return name
    message = _("A site's name is 1 to %(most)s characters that can be printed.") % {
        "most": _LONGEST_SITE_NAME
    }
    raise InvalidInput(code="site-name", message=message, field="name", kept=name)


def check_language(code: str) -> str:
    """A language as the lang attribute names it. Raises InvalidInput."""
    if _LANGUAGE.fullmatch(code) and len(code) <= _LONGEST_LANGUAGE:
        return code
    message = _("“%(code)s” is not the code of a language; write it like en, de or ar.") % {"code": code[:40]}
    raise InvalidInput(code="language", message=message, field="language", kept=code)


def add_site(*, key: str, name: str, origins: Iterable[str] = (), language: str = "en") -> Site:
    """Add a publication. Raises InvalidInput for a key, name or language that is none, Conflict for a key in use."""
    if not _KEY.fullmatch(key):
        message = _("A site's key is 1 to 50 small letters, digits and hyphens; “%(key)s” is not.") % {
            "key": key[:60]
        }
        raise InvalidInput(code="site-key", message=message, field="key", kept=key)
    name, language = check_site_name(name), check_language(language)
    checked = [check_origin(origin) for origin in origins]
    with writing():
        if Site.objects.filter(key=key).exists():
            raise Conflict(_("There is a site with the key “%(key)s” already.") % {"key": key})
        site = Site.objects.create(key=key, name=name, language=language, created=clock.now())
        Origin.objects.bulk_create([Origin(site=site, origin=origin) for origin in dict.fromkeys(checked)])
    return site


def raise_edition(*, site: int) -> None:
    """What pages of a site show all alike has changed (a rule, staff, the publication): none kept is the present one.

    Call within the transaction of the change.
    """
    Site.objects.filter(pk=site).update(edition=F("edition") + 1)


def add_staff(
    *, email: str, site: Site, role: str, name: str = "", password: str = ""
) -> tuple[Commenter, str | None]:
    """Give a person a role on a site, making the account when there is none.

    Returns the commenter and the password made for a new account, or None when one was given or kept.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("“%(email)s” is not an e-mail address.") % {"email": email[:100]}
        raise InvalidInput(code="email", message=message, field="email", kept=email) from error
    if role not in Role.Kind.values:
        message = _("There is no role “%(role)s”; there are: %(roles)s.") % {
            "role": role,
            "roles": ", ".join(Role.Kind.values),
        }
        raise InvalidInput(code="role", message=message, field="role", kept=role)
    with writing():
        user, made = _get_or_make_user(email.strip().lower(), password)
        commenter, _new = Commenter.objects.get_or_create(user=user, defaults={"created": clock.now()})
        if name or not commenter.name:
            commenter.name = check_name(name or email.split("@", maxsplit=1)[0])
            commenter.name_key = name_key(commenter.name)
            commenter.save(update_fields=["name", "name_key"])
        Role.objects.update_or_create(
            commenter=commenter, site=site, defaults={"kind": role, "created": clock.now()}
        )
    return commenter, made


def _get_or_make_user(email: str, password: str) -> tuple[Any, str | None]:
    model = get_user_model()
    field = model.get_email_field_name()
    user = model._default_manager.filter(**{f"{field}__iexact": email}).first()
    if user is not None:
        return user, None
    made = None if password else secrets.token_urlsafe(12)
    user = model(**{field: email})
    if field != model.USERNAME_FIELD:
        setattr(user, model.USERNAME_FIELD, email)
    user.set_password(password or made)
    user.save()
    return user, made


def reset_password(*, email: str, password: str = "") -> str | None:
    """Give an account a new password and end its sessions.

    Returns the password made, or None when one was given. Raises NotFound for an address without an account.
    """
    model = get_user_model()
    user = model._default_manager.filter(**{f"{model.get_email_field_name()}__iexact": email.strip()}).first()
    if user is None:
        raise NotFound(_("There is no account with the address “%(email)s”.") % {"email": email[:100]})
    made = None if password else secrets.token_urlsafe(12)
    with writing():
        # Django ties each session to the password: a new one signs out everywhere.
        user.set_password(password or made)
        user.save(update_fields=["password"])
    return made


def remove_staff(*, commenter: Commenter, site: Site) -> None:
    """Take a role away; it is gone at once, in open tabs too."""
    with writing():
        Role.objects.filter(commenter=commenter, site=site).delete()


def check_guest_name(raw: str, site: Site) -> str:
    """A name a guest may use. Raises InvalidInput, also when it looks like staff's or the publication's."""
    name = check_name(raw)
    if looks_like(name, protected_names(site)) is not None:
        message = _(
            "This name looks like that of somebody who works here. Choose another one and post again."
        )
        raise InvalidInput(code="name-protected", message=message, field="name", kept=raw)
    return name
