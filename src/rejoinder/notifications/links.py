"""Addresses that stand in letters. Whoever holds one may do what it is for, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.core.errors import NotFound
from rejoinder.core.mail import page_link
from rejoinder.core.signed import number_of, sign
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.notifications.models import Contact

CONFIRM, STOP = "confirm", "stop"


def _signed(purpose: str) -> str:
    return f"rejoinder.notifications.{purpose}"


def link(purpose: str, contact: Contact) -> str:
    """The address in a letter to this contact. What it carries names a row, no address of a person."""
    token = sign(_signed(purpose), contact.pk)
    return page_link(f"{reverse(f'rejoinder:mail-{purpose}')}?{urlencode({'t': token})}")


def comment_link(comment: Comment) -> str:
    return page_link(pages.comment_url(comment))


def access_contact(purpose: str, token: str) -> Contact:
    """The contact that a letter's address names. Raises NotFound."""
    number = number_of(_signed(purpose), token)
    found = Contact.objects.filter(pk=number).select_related("site", "commenter").first()
    if found is None:
        message = _(
            "This address is not whole, or what it led to is done with. Copy it from the letter again."
        )
        raise NotFound(message, code="no-letter")
    return found
