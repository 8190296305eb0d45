"""Addresses that stand in letters. Whoever holds one may do what it is for, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.core.errors import NotFound
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.notifications.models import Contact

CONFIRM, STOP = "confirm", "stop"
# A development server, where nobody has said what its address is; `rejoinder doctor` asks for it.
_HERE = "http://localhost:8000"


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"rejoinder.notifications.{purpose}")


def link(purpose: str, contact: Contact) -> str:
    """The address in a letter to this contact. What it carries names a row, no address of a person."""
    token = _signer(purpose).sign(str(contact.pk))
    return f"{_base()}{reverse(f'rejoinder:mail-{purpose}')}?{urlencode({'t': token})}"


def page_link(path: str) -> str:
    """The whole address of one of our pages."""
    return _base() + path


def comment_link(comment: Comment) -> str:
    return _base() + pages.comment_url(comment)


def access_contact(purpose: str, token: str) -> Contact:
    """The contact that a letter's address names. Raises NotFound."""
    try:
        number = int(_signer(purpose).unsign(token[:200]))
    except BadSignature:
        number = 0
    found = Contact.objects.filter(pk=number).select_related("site", "commenter").first()
    if found is None:
        message = _(
            "This address is not whole, or what it led to is done with. Copy it from the letter again."
        )
        raise NotFound(message, code="no-letter")
    return found


def _base() -> str:
    return str(getattr(settings, "REJOINDER_URL", "") or _HERE).rstrip("/")
