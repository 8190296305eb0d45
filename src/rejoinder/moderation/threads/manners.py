"""A site's guidelines, and what it does by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import rows
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import check_body
from rejoinder.core.text.render import render
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Thread
from rejoinder.discussion.ports import Guidelines
from rejoinder.discussion.windows.draw import as_rendered
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Manners

OLDEST = 3650  # days
SLOWEST = 86_400  # seconds
COOLEST, HOTTEST = 5, 95  # of a hundred


@dataclass(frozen=True, slots=True)
class Changes:
    """What a site says of itself from now on."""

    guidelines: str
    close_after: int
    reconsider: bool
    calms: bool
    calm_by: str
    hot: int
    # Seconds between two comments of one person.
    slow: int = 0


def manners_of(site: Site) -> Manners:
    """The site's, or the defaults where it has laid down none. Not to be changed."""
    return _with_markup(site)[0]


@once_an_edition
def _with_markup(site: Site) -> tuple[Manners, str]:
    """With what guidelines are drawn as."""
    found = rows.one(Manners, "site_id = %s", [site.pk]) or Manners(site=site)
    return found, render(found.guidelines) if found.guidelines else ""


def guidelines_of(site: Site) -> Guidelines | None:
    """What readers are shown before they write; the discussion's port."""
    _manners, found = _with_markup(site)
    if not found:
        return None
    return Guidelines(as_rendered(found), reverse("rejoinder:guidelines", args=[site.key]))


def change_manners(*, viewer: Viewer, changes: Changes) -> Manners:
    """Lay down guidelines and what happens by itself. Who may is the caller's to check. Raises InvalidInput.

    A decision where something changed. Pages that are kept anywhere are old from then on.
    """
    text = check_body(changes.guidelines) if changes.guidelines.strip() else ""
    _check(changes)
    with writing():
        made, _new = Manners.objects.get_or_create(site=viewer.site)
        row: Manners = locked(Manners.objects.filter(pk=made.pk)).get()
        changed = _differing(row, changes, text)
        if not changed:
            return row
        row.guidelines = text
        row.close_after, row.reconsider = changes.close_after, changes.reconsider
        row.slow = changes.slow
        row.calms, row.calm_by, row.hot = changes.calms, changes.calm_by, changes.hot
        row.save()
        record(
            site=viewer.site,
            action=Decision.Action.RULE,
            reason=_("Changed: %(names)s.") % {"names": ", ".join(changed)},
            actor=viewer.commenter,
            text_seen=text if "guidelines" in changed else "",
        )
        raise_edition(site=viewer.site.pk)
        if not row.calms:
            _stop_calming(viewer.site)
    return row


def check_pause(seconds: int) -> None:
    """Raises InvalidInput for a pause that is longer than a day."""
    if not 0 <= seconds <= SLOWEST:
        raise InvalidInput(code="seconds", message=_("A pause is at most a day."), field="slow")


def check_age(days: int, field: str) -> None:
    """Raises InvalidInput, about this field, for an age of more than ten years."""
    if not 0 <= days <= OLDEST:
        message = _("A number of days from 0 to %(most)d.") % {"most": OLDEST}
        raise InvalidInput(code="days", message=message, field=field)


def _check(changes: Changes) -> None:
    check_age(changes.close_after, "close_after")
    check_pause(changes.slow)
    if not COOLEST <= changes.hot <= HOTTEST:
        message = _("A number from %(least)d to %(most)d.") % {"least": COOLEST, "most": HOTTEST}
        raise InvalidInput(code="share", message=message, field="hot")
    if changes.calm_by not in {Thread.Calm.SLOW, Thread.Calm.HOLD}:
        raise InvalidInput(code="calm", message=_("There is no such choice."), field="calm_by")


def _differing(row: Manners, changes: Changes, text: str) -> list[str]:
    """The names of what changes."""
    new = {name: getattr(changes, name) for name in Changes.__slots__} | {"guidelines": text}
    return [name for name, value in new.items() if getattr(row, name) != value]


def _stop_calming(site: Site) -> None:
    """What was on by itself goes off with the switch."""
    for thread in Thread.objects.filter(site=site).exclude(calm=Thread.Calm.NOTHING).order_by("-pk"):
        change_thread(thread=thread, calm=Thread.Calm.NOTHING)
