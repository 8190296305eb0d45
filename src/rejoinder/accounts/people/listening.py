"""What follows when somebody signs in, up, or changes what they sign in with. Only where the accounts package is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from django.dispatch import receiver
from django.http import HttpRequest

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people.names import commenter_for
from rejoinder.accounts.people.second_factor import SET_UP_HERE
from rejoinder.core import clock, jobs
from rejoinder.core.db import writing

UNCONFIRMED = timedelta(days=1)


@receiver([account.user_signed_up, account.user_logged_in], dispatch_uid="rejoinder_accounts.person")
def somebody_came(user: Any, sociallogin: Any = None, **kwargs: Any) -> None:
    """Whoever has an account can write: under the name they gave, or the one that they have where they come from."""
    wanted = sociallogin.account.extra_data.get("name", "") if sociallogin else ""
    commenter_for(user, name=wanted)


_ANEW = [account.password_changed, account.password_set, account.password_reset]
_ANEW += [mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset]


@receiver(_ANEW, dispatch_uid="rejoinder_accounts.signed_out_elsewhere")
def signed_out_elsewhere(user: Any, **kwargs: Any) -> None:
    """Another way to sign in ends what was begun by the old one."""
    from rejoinder.accounts.sessions import end_all_of

    commenter = Commenter.objects.filter(user=user).first()
    if commenter is not None:
        end_all_of(commenter)


@receiver(mfa.authenticator_added, dispatch_uid="rejoinder_accounts.second_factor")
def second_factor_set_up(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """This session has proved itself by setting it up; others that are open have not."""
    request.session[SET_UP_HERE] = str(user.pk)


@jobs.periodic("accounts.forget_unconfirmed", every=timedelta(hours=6))
def forget_unconfirmed() -> None:
    """An account whose address nobody confirmed within a day was never one; the address is free again."""
    waiting = Commenter.objects.filter(
        created__lt=clock.now() - UNCONFIRMED,
        user__last_login=None,
        user__emailaddress__isnull=False,
        roles=None,
    )
    for commenter in waiting.exclude(user__emailaddress__verified=True).distinct()[:500]:
        with writing():
            user = commenter.user
            commenter.delete()
            if user is not None:
                user.delete()


@receiver(account.email_confirmed, dispatch_uid="rejoinder_accounts.address_proved")
def address_proved(request: HttpRequest, email_address: Any, **kwargs: Any) -> None:
    """A stranger may have made an account with this address and a password, and waited. The password goes."""
    user = email_address.user
    records = get_authentication_records(request, user)
    if records and records[-1]["method"] == "code" and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
