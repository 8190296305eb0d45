"""Erase me: at once nobody can act as this person any more, and a job empties what is held of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import ProtectedError, Q, RestrictedError
from django.utils.translation import gettext as _

from rejoinder.accounts import ports
from rejoinder.accounts.models import Authorship, Commenter, Erasure, Mute, OneTimeCode
from rejoinder.accounts.people import ledger
from rejoinder.accounts.people.ledger import Entry
from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Refused


def ask_to_be_erased(*, commenter: Commenter, keeps_words: bool) -> Erasure:
    """Close the person's account and have all of it erased, by a job that runs now and until it is done.

    `keeps_words`: comments stay, without a name; otherwise their words go and the place of each stays. Raises Refused
    for staff: what they decided stays with their name until their role is taken away.
    """
    if commenter.roles.exists():
        raise Refused(_("You work here. Ask an owner to take your role away first, then erase your account."))
    with writing():
        row: Commenter = locked(Commenter.objects.filter(pk=commenter.pk)).get()
        asked, _new = Erasure.objects.get_or_create(
            number=row.pk,
            made=row.created,
            defaults={"keeps_words": keeps_words, "asked": clock.now()},
        )
        _shut(row)
        jobs.enqueue("accounts.erase", key=f"erase:{asked.pk}", number=asked.pk)
    return asked


def _shut(row: Commenter) -> None:
    """Nobody comes in as this person from now on."""
    from rejoinder.accounts.sessions import end_all_of

    end_all_of(row)
    OneTimeCode.objects.filter(commenter=row).delete()
    row.identities.all().delete()  # the site's next token makes somebody new
    row.guest_token = None
    row.save(update_fields=["guest_token"])
    if row.user is not None:
        row.user.is_active = False
        row.user.save(update_fields=["is_active"])


def erase(*, number: int) -> None:
    """The job. Runs twice without harm, and goes on where it was stopped."""
    row = Erasure.objects.filter(pk=number).first()
    if row is None:
        return
    # First: a backup that is put back while this runs must not lose it.
    ledger.append(ledger.entry_of(row))
    commenter = Commenter.objects.filter(pk=row.number, created=row.made).first()
    if commenter is not None:
        for erase_in_app in ports.erasables_in_order():
            erase_in_app(commenter, row.keeps_words)
        _empty(commenter)
    with writing():
        Erasure.objects.filter(pk=row.pk).update(done=clock.now())


jobs.register("accounts.erase", erase)


def _empty(commenter: Commenter) -> None:
    """What is left is a row with a number: votes stay counted and name nobody."""
    with writing():
        user = commenter.user
        commenter.name_changes.all().delete()
        Mute.objects.filter(Q(commenter=commenter) | Q(muted=commenter)).delete()
        for held in (commenter.roles, commenter.sessions, commenter.identities):
            held.all().delete()
        Authorship.objects.filter(commenter=commenter).delete()
        commenter.user, commenter.name, commenter.name_key, commenter.guest_token = None, "", "", None
        commenter.save(update_fields=["user", "name", "name_key", "guest_token"])
        # A host project's user is the host's to delete.
        if user is not None and getattr(settings, "REJOINDER_OWNS_USERS", False):
            _delete(user)


def _delete(user: Any) -> None:
    """The user's row, with how they signed in. One that a page or a log of the desk must keep is left empty."""
    try:
        with writing():
            user.delete()
    except (ProtectedError, RestrictedError):
        if apps.is_installed("allauth.mfa"):
            for held in (user.emailaddress_set, user.socialaccount_set, user.authenticator_set):
                held.all().delete()
        user.email = f"erased-{user.pk}@erased.invalid"
        user.set_unusable_password()
        user.save()


def erase_again(entries: Iterable[Entry]) -> int:
    """Erase, in a database that a backup brought back, whom it had not yet. Returns how many those were."""
    count = 0
    for entry in entries:
        made = datetime.fromisoformat(entry.made)
        if not Commenter.objects.filter(pk=entry.number, created=made).exists():
            continue
        row, _new = Erasure.objects.get_or_create(
            number=entry.number,
            made=made,
            defaults={"keeps_words": entry.keeps_words, "asked": datetime.fromisoformat(entry.asked)},
        )
        if row.done is None:
            with writing():
                _shut(Commenter.objects.get(pk=entry.number))
            erase(number=row.pk)
            count += 1
    return count
