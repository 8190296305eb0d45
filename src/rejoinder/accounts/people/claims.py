"""A guest makes an account, and what they wrote before becomes the account's.

Whose comments those are is proved by the edit token in the same browser, or by an address that the guest confirmed
and the account has confirmed too.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest

from rejoinder.accounts import ports
from rejoinder.accounts.guests import find_guest, token_of
from rejoinder.accounts.models import Commenter, Mute
from rejoinder.core.db import writing


def claimable_by(request: HttpRequest, account: Commenter) -> list[Commenter]:
    """The guests who are proved to be this account's person."""
    if account.user_id is None:
        return []
    found = {guest.pk: guest for guest in [find_guest(token_of(request))] if guest is not None}
    numbers = {
        number for email in _confirmed(account) for of in ports.confirmed.values() for number in of(email)
    }
    guests = Commenter.objects.filter(pk__in=numbers - {account.pk}, user=None, guest_token__isnull=False)
    found |= {guest.pk: guest for guest in guests}
    return list(found.values())


def _confirmed(account: Commenter) -> list[str]:
    if not apps.is_installed("allauth.account"):
        return []
    user: Any = account.user
    return list(user.emailaddress_set.filter(verified=True).values_list("email", flat=True))


def claim(*, account: Commenter, guests: list[Commenter]) -> None:
    """Make what these guests wrote, voted and muted the account's. Who they are must have been proved."""
    for guest in guests:
        with writing():
            for claim_in_app in ports.claimables.values():
                claim_in_app(guest, account)
            _mutes(guest, account)
            # The row stays, for what still names it; nobody can act by it.
            guest.guest_token, guest.name, guest.name_key = None, "", ""
            guest.save(update_fields=["guest_token", "name", "name_key"])


def _mutes(guest: Commenter, account: Commenter) -> None:
    mine = Mute.objects.filter(commenter=account)
    Mute.objects.filter(commenter=guest).exclude(muted__in=mine.values("muted")).exclude(
        muted=account
    ).update(commenter=account)
    theirs = Mute.objects.filter(muted=account)
    Mute.objects.filter(muted=guest).exclude(commenter__in=theirs.values("commenter")).exclude(
        commenter=account
    ).update(muted=account)
    Mute.objects.filter(commenter=guest).delete()
    Mute.objects.filter(muted=guest).delete()
