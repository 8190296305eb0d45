"""How a person with an account is called: once in 30 days another name, each change written down."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Commenter, NameChange, Role, Site
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.core.text.names import check_name
from rejoinder.core.text.skeleton import looks_like, name_key

# Long enough that nobody changes who they are from quarrel to quarrel.
PAUSE = timedelta(days=30)


def check_account_name(raw: str, *, commenter: Commenter | None = None) -> str:
    """A name for an account, which is one on all sites here. Raises InvalidInput, also for one like staff's."""
    name = check_name(raw)
    staff = Commenter.objects.filter(roles__isnull=False).exclude(name="")
    if commenter is not None:
        staff = staff.exclude(pk=commenter.pk)
    protected = [
        *Site.objects.values_list("name", flat=True),
        *staff.values_list("name", flat=True).distinct(),
    ]
    if looks_like(name, protected) is not None:
        message = _("This name looks like that of somebody who works here. Choose another one.")
        raise InvalidInput(code="name-protected", message=message, field="name", kept=raw)
    return name


def changes_again(commenter: Commenter) -> Any:
    """From when on the name may be changed again, or None when it may now."""
    last = commenter.name_changes.exclude(before="").order_by("-id").values_list("created", flat=True).first()
    return last + PAUSE if last is not None and clock.now() < last + PAUSE else None


def change_name(*, commenter: Commenter, name: str) -> Commenter:
    """Take another name. What was signed with the old one keeps it.

    Raises InvalidInput for a name that cannot be used, Conflict before the pause since the last change is over.
    """
    new = check_account_name(name, commenter=commenter)
    with writing():
        row: Commenter = locked(Commenter.objects.filter(pk=commenter.pk)).get()
        if row.name == new:
            return row
        again = changes_again(row)
        if again is not None:
            date = date_format(localtime(again))
            raise Conflict(
                _("Your name was changed lately. It can be changed again from %(date)s on.") % {"date": date},
                code="name-changed",
            )
        NameChange.objects.create(commenter=row, before=row.name, after=new, created=clock.now())
        _call(row, new)
        for site in Role.objects.filter(commenter=row).values_list("site_id", flat=True):
            raise_edition(site=site)  # names like that of its staff are refused
    return row


def _call(row: Commenter, name: str) -> None:
    row.name, row.name_key = name, name_key(name)[:240]
    row.save(update_fields=["name", "name_key"])


def name_for_somebody(wanted: str = "") -> str:
    """The name wanted where it can be used; otherwise a neutral one, to be changed by the person."""
    try:
        return check_account_name(wanted)
    except InvalidInput:
        return _("Reader %(number)s") % {"number": 1000 + secrets.randbelow(9000)}


def commenter_for(user: Any, *, name: str = "") -> Commenter:
    """The commenter of a user; made, under the name wanted or a neutral one, when there is none."""
    found = Commenter.objects.filter(user=user).first()
    if found is not None and found.name:
        return found
    chosen = name_for_somebody(name)
    with writing():
        row, _made = Commenter.objects.get_or_create(user=user, defaults={"created": clock.now()})
        if not row.name:
            _call(row, chosen)
    return row
