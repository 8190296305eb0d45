"""What holds of a person now: asked with each act, so that it works at once in open tabs and with tokens given out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import ask
from rejoinder.core.errors import Refused
from rejoinder.moderation.models import Sanction

_KINDS = Sanction.Kind
# By a person's number, and for guests by where they write from: a second guest is made in a moment. Two halves, each
# with an index of its own: with OR, SQLite reads all of the site's.
_ACTIVE = """
    SELECT id, kind, reason, ends, commenter_id FROM rejoinder_sanction
    WHERE site_id = %(site)s AND commenter_id = %(person)s AND lifted IS NULL
    UNION
    SELECT id, kind, reason, ends, commenter_id FROM rejoinder_sanction
    WHERE site_id = %(site)s AND block = %(block)s AND lifted IS NULL AND NOT (block = '')
    ORDER BY id DESC LIMIT 100"""


@dataclass(frozen=True, slots=True)
class Active:
    """A sanction that holds now. `theirs`: laid on this very person, not on who wrote from the same address."""

    id: int
    kind: str
    reason: str
    ends: datetime | None
    theirs: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """All that holds of a person on a site now, newest first."""

    active: list[Active] = field(default_factory=list)

    def of(self, kind: str) -> list[Active]:
        return [one for one in self.active if one.kind == kind]

    @property
    def stopped_by(self) -> Active | None:
        """What keeps them from speaking: a ban, else the suspension that ends last."""
        bans, pauses = self.of(_KINDS.BAN), self.of(_KINDS.SUSPEND)
        pauses.sort(key=lambda one: one.ends.timestamp() if one.ends else float("inf"), reverse=True)
        return next(iter(bans + pauses), None)

    @property
    def warnings(self) -> list[Active]:
        return [one for one in self.of(_KINDS.WARN) if one.theirs]

    @property
    def is_read_first(self) -> bool:
        return any(one.theirs for one in self.of(_KINDS.HOLD))

    @property
    def is_trusted(self) -> bool:
        return any(one.theirs for one in self.of(_KINDS.TRUST))


def standing_of(site: Site, commenter: Commenter | None, block: str = "") -> Standing:
    """What holds of a person now; `block`: where they write from, which counts for those without an account."""
    number = commenter.pk if commenter is not None else 0
    if commenter is not None and not commenter.is_guest:
        block = ""
    found = ask(_ACTIVE, {"site": site.pk, "person": number, "block": block})
    moment = clock.now()
    rows = [
        Active(pk, kind, reason, _moment(ends), whose == number) for pk, kind, reason, ends, whose in found
    ]
    return Standing([one for one in rows if one.ends is None or one.ends > moment])


def _moment(stored: datetime | str | None) -> datetime | None:
    """As the database's driver gives it: SQLite text, PostgreSQL a moment."""
    if stored is None:
        return None
    found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return found if found.tzinfo else found.replace(tzinfo=clock.now().tzinfo)


def is_trusted(site: Site, commenter: Commenter | None) -> bool:
    """Whether somebody is spared what is asked of newcomers."""
    return commenter is not None and standing_of(site, commenter).is_trusted


def check_speaking(viewer: Viewer) -> None:
    """Whether somebody may write, change, vote and flag. Raises Refused for who is suspended or banned.

    Staff are not asked: whoever has a role is not under one. Votes that were cast before stay counted.
    """
    if not viewer.is_staff:
        check_standing(standing_of(viewer.site, viewer.commenter, viewer.block))


def check_standing(standing: Standing) -> None:
    stopped = standing.stopped_by
    if stopped is not None:
        raise Refused(_sentence(stopped), code="banned" if stopped.kind == _KINDS.BAN else "suspended")


def _sentence(stopped: Active) -> str:
    if not stopped.theirs:
        return _(
            "Somebody who wrote from your network address was suspended here. If that was not you, sign in with an "
            "account and write under your own name."
        )
    told = {"reason": stopped.reason, "until": until(stopped.ends)}
    if stopped.ends is None:
        return _("You cannot write, vote or report here any more: %(reason)s") % told
    return _("You cannot write, vote or report here until %(until)s: %(reason)s") % told


def until(ends: datetime | None) -> str:
    """A moment as one reads it, in the language that is spoken."""
    return date_format(timezone.localtime(ends), "DATETIME_FORMAT") if ends else ""
