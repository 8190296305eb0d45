"""What notifications holds of a person: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rejoinder.accounts.models import Commenter
from rejoinder.core import ids
from rejoinder.core.db import writing
from rejoinder.notifications.models import Contact, Subscription, Waiting

Line = dict[str, Any]


def export_person(commenter: Commenter) -> Iterator[Line]:
    """Addresses that the person gave, what they are told of, and texts that wait."""
    for contact in Contact.objects.filter(commenter=commenter).select_related("site").order_by("pk"):
        about = Subscription.objects.filter(contact=contact).order_by("pk")
        yield {
            "type": "contact",
            "site": contact.site.key,
            "email": contact.email,
            "confirmed": contact.confirmed.isoformat() if contact.confirmed else None,
            "stopped": contact.stopped.isoformat() if contact.stopped else None,
            "created": contact.created.isoformat(),
            "told_of_answers_to": [ids.encode(number) for number in about.values_list("comment", flat=True)],
        }
    for kept in Waiting.objects.filter(contact__commenter=commenter, comment=None).order_by("pk"):
        yield {
            "type": "waiting",
            "thread": kept.thread_key,
            "name": kept.name,
            "body": kept.body,
            "created": kept.created.isoformat(),
        }


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """All of it goes; letters that are not sent yet are not sent."""
    with writing():
        Contact.objects.filter(commenter=commenter).delete()


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What a guest asked to be told of, the account is told of."""
    for contact in Contact.objects.filter(commenter=guest):
        same = Contact.objects.filter(site=contact.site_id, commenter=account, email=contact.email).first()
        if same is None:
            contact.commenter = account
            contact.save(update_fields=["commenter"])
            continue
        known = same.subscriptions.values("comment")
        contact.subscriptions.exclude(comment__in=known).update(contact=same)
        contact.delete()


def confirmed_guests(email: str) -> Iterable[int]:
    """The numbers of guests who have confirmed this address."""
    found = Contact.objects.filter(email__iexact=email, commenter__guest_token__isnull=False)
    return found.exclude(confirmed=None).values_list("commenter", flat=True).distinct()
