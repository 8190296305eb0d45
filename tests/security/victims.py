"""Somebody worth acting for: an owner of a site who wrote there, signed in by every cookie there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from rejoinder.accounts.models import Session
from rejoinder.accounts.sessions import open_session
from rejoinder.core import ids
from tests import factories as make
from tests.api.asking import origin
from tests.security.addresses import Names, Request, rows_of, writings

# What counts tries, and what is drawn already.
COUNTERS = {"Tally", "Cached", "Schedule"}
# What one does about others' words; all else is about one's own.
ABOUT_OTHERS = ("vote", "flag", "mute", "decision")


class Victim:
    def __init__(self) -> None:
        self.site = make.site()
        self.owner = make.staff(self.site, "owner")
        # As signing in leaves it.
        EmailAddress.objects.create(
            user=self.owner.user, email=self.owner.user.email, verified=True, primary=True
        )
        self.thread = make.thread(self.site, title="The ferry")
        self.own = make.comment(self.thread, "The owner's own words.", by=self.owner)
        self.other = make.comment(self.thread, "Somebody else's words.")
        self.held = make.comment(self.thread, "Words that wait.")
        self.comments = [self.own, self.other, self.held]
        type(self.held).objects.filter(pk=self.held.pk).update(state="held", listed=False)

    def names(self, about: Any) -> Names:
        return Names(
            {
                "SITE": self.site.key,
                "KEY": self.thread.key,
                "ID": about.public_id,
                "PERSON": ids.encode(self.other.author_id or 0),
                "ORIGIN": origin(self.site),
                "URL": "https://paper.example/x",
                "STORY": "a-story",
            }
        )

    def writings(self) -> Iterator[Request]:
        """Everything that the owner could do, each where it would have an effect."""
        for own, other in zip(writings(self.names(self.own)), writings(self.names(self.other)), strict=True):
            yield other if any(word in own.name.lower() for word in ABOUT_OTHERS) else own

    def cookies(self) -> dict[str, str]:
        """Of our pages, of a guest, and of pages of other origins."""
        client = Client()
        client.force_login(self.owner.user)  # type: ignore[arg-type]
        opened = open_session(
            commenter=self.owner, site=self.site, origin=origin(self.site), kind=Session.Kind.ACCOUNT
        )
        guest = make.guest()
        guest.write(make.thread(make.site()), "Elsewhere.")
        return {
            "rejoinder_session": client.cookies["rejoinder_session"].value,
            make.COOKIE: guest.token,
            f"rejoinder-reader-{self.site.key}": opened.secret,
        }


def ours() -> list[Any]:
    """Our models, but for counters."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("rejoinder.") and model.__name__ not in COUNTERS
    ]


def everything() -> dict[str, list[Any]]:
    """All rows that hold anything of people."""
    return rows_of(*{*ours(), get_user_model(), EmailAddress, Authenticator})
