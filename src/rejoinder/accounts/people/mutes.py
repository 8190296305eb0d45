"""Whom a person does not want to read. Windows stay the same for all: the reader's own script folds what is muted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Mute
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict, Refused

# More than anybody quarrels with; a bound on what the private request looks through.
MOST = 1000


def mute(*, commenter: Commenter, muted: Commenter) -> None:
    """Do not show me what this person writes. The same again changes nothing. Raises Refused, Conflict."""
    if commenter.pk == muted.pk:
        raise Refused(_("This is you."))
    with writing():
        if Mute.objects.filter(commenter=commenter).count() >= MOST:
            raise Conflict(_("You have muted a thousand people; take one back first."))
        Mute.objects.bulk_create(
            [Mute(commenter=commenter, muted=muted, created=clock.now())], ignore_conflicts=True
        )


def unmute(*, commenter: Commenter, number: int) -> None:
    """Take back that a person is muted. What is not there changes nothing."""
    with writing():
        Mute.objects.filter(commenter=commenter, muted=number).delete()


def muted_by(commenter: Commenter | None) -> list[int]:
    """The numbers of those whom a person has muted."""
    if commenter is None:
        return []
    return list(Mute.objects.filter(commenter=commenter).values_list("muted_id", flat=True)[:MOST])
