"""What people type about sources and claims, checked. All raise InvalidInput with the name of the field."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from rejoinder.core.errors import InvalidInput
from rejoinder.sourcing.passages import normal

_LONGEST_LINK = 2000
_is_link = URLValidator(schemes=["http", "https"])


def line(text: str, *, field: str, most: int, needed: bool = False) -> str:
    """One line without unseen signs, its blanks tidied."""
    tidy = " ".join(normal(text).split())
    if not tidy.isprintable() or len(tidy) > most:
        message = _("At most %(most)d characters that can be printed.") % {"most": most}
        raise InvalidInput(code="line", message=message, field=field, kept=text[:most])
    if needed and not tidy:
        raise InvalidInput(code="needed", message=_("Please fill this in."), field=field)
    return tidy


def words(text: str, *, field: str, most: int, needed: bool = False) -> str:
    """Words in several lines."""
    tidy = normal(text)
    if len(tidy) > most:
        message = _("At most %(most)d characters.") % {"most": most}
        raise InvalidInput(code="long", message=message, field=field, kept=tidy[:most])
    if needed and not tidy:
        raise InvalidInput(code="needed", message=_("Please fill this in."), field=field)
    return tidy


def link(text: str, *, field: str = "link") -> str:
    """A web address, or nothing."""
    tidy = text.strip()
    if not tidy:
        return ""
    try:
        if len(tidy) > _LONGEST_LINK or not tidy.isprintable():
            raise ValidationError("long")
        _is_link(tidy)
    except ValidationError:
        message = _("This is not the address of a page; write it like https://www.example.org/report.")
        raise InvalidInput(code="link", message=message, field=field, kept=tidy[:500]) from None
    return tidy


def one_of(value: str, choices: list[str], *, field: str) -> str:
    if value in choices:
        return value
    message = _("“%(value)s” is none of: %(choices)s.") % {"value": value[:40], "choices": ", ".join(choices)}
    raise InvalidInput(code="choice", message=message, field=field, kept=value[:40])
