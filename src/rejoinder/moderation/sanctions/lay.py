"""Laying something on a person, taking it back, writing to them, noting something. Each is a decision with a reason."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Role, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, jobs, rows
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, Refused, nothing_here
from rejoinder.core.text.check import check_short
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import check_moderator
from rejoinder.moderation.decisions.undoing import register_reversal
from rejoinder.moderation.models import Decision, Sanction, Whereabouts

__all__ = ["KEEP", "LONGEST", "lay", "lift", "note", "tell"]

_A = Decision.Action
_K = Sanction.Kind
# What begins a sanction, and what takes it back.
BEGINS = {_K.WARN: _A.WARN, _K.SUSPEND: _A.SUSPEND, _K.BAN: _A.BAN, _K.HOLD: _A.HOLD_NEW, _K.TRUST: _A.TRUST}
ENDS = {
    _K.WARN: _A.UNDO,
    _K.SUSPEND: _A.UNSUSPEND,
    _K.BAN: _A.UNBAN,
    _K.HOLD: _A.STOP_HOLDING,
    _K.TRUST: _A.DISTRUST,
}
LONGEST = timedelta(days=365)
# Where somebody writes from is known so long, and a ban that goes by it holds no longer.
KEEP = timedelta(days=30)


def lay(
    *,
    viewer: Viewer,
    person: Commenter,
    kind: str,
    reason: str,
    seconds: int | None = None,
    from_there: bool = False,
    code: str = "",
) -> Sanction:
    """Warn, suspend (for `seconds`), ban, read first or trust a person, with a reason that they read.

    `from_there`: guests who write from where this person wrote last are kept out too, for thirty days at most.
    Raises NotFound for who does not moderate, Refused for staff of the site, Conflict where it is so already.
    """
    _check(viewer, person)
    if kind not in _K.values:
        raise InvalidInput(code="action", message=_("There is no such decision."), field="action")
    reason = _check_words(raw=reason, longest=500, field="reason")
    seconds = _check_time(seconds) if kind == _K.SUSPEND else None
    moment = clock.now()
    with writing():
        locked(Commenter.objects.filter(pk=person.pk)).get()
        _check_new(viewer.site, person, kind)
        block = _block_of(person) if from_there and kind in {_K.SUSPEND, _K.BAN} else ""
        decision = record(
            site=viewer.site,
            action=BEGINS[_K(kind)],
            reason=reason,
            actor=viewer.commenter,
            code=code,
            person=person,
            seconds=seconds,
        )
        ends = moment + timedelta(seconds=seconds) if seconds else None
        return Sanction.objects.create(
            site=viewer.site,
            commenter=person,
            kind=kind,
            reason=reason,
            decision=decision,
            created=moment,
            ends=ends,
            block=block,
        )


def lift(*, viewer: Viewer, sanction: Sanction, reason: str) -> Decision:
    """Take a sanction back, with a reason. Raises Conflict where it is over already."""
    check_moderator(viewer)
    reason = _check_words(raw=reason, longest=500, field="reason")
    with writing():
        row: Sanction | None = locked(Sanction.objects.filter(pk=sanction.pk, site=viewer.site)).first()
        if row is None:
            raise nothing_here()
        if not holds(row):
            raise Conflict(_("That is over already; look at it again."), code="decided")
        decision = record(
            site=viewer.site,
            action=ENDS[_K(row.kind)],
            reason=reason,
            actor=viewer.commenter,
            person=row.commenter,
            undoes=row.decision,
        )
        Sanction.objects.filter(pk=row.pk).update(lifted=clock.now(), block="")
    return decision


def tell(*, viewer: Viewer, person: Commenter, words: str) -> Decision:
    """Write to a person: they read it among what was decided about them. The words go when they are erased."""
    return _write(viewer, person, _A.MESSAGE, reason=_("A moderator wrote to you."), words=words)


def note(*, viewer: Viewer, person: Commenter, words: str) -> Decision:
    """Note something about a person, for those who moderate here; it goes when the person is erased."""
    return _write(viewer, person, _A.NOTE, reason=_("A note for those who moderate."), words=words)


def _write(viewer: Viewer, person: Commenter, action: str, *, reason: str, words: str) -> Decision:
    _check(viewer, person)
    words = _check_words(raw=words, longest=2000, field="reason")
    with writing():
        return record(
            site=viewer.site,
            action=action,
            reason=reason,
            actor=viewer.commenter,
            person=person,
            text_seen=words,
        )


def holds(sanction: Sanction) -> bool:
    """Whether it still holds."""
    return sanction.lifted is None and (sanction.ends is None or sanction.ends > clock.now())


def reverse(viewer: Viewer, decision: Decision) -> None:
    """What undoing a decision, or upholding an appeal against it, does here. Within the transaction."""
    row: Sanction | None = locked(Sanction.objects.filter(decision=decision.pk, site=viewer.site)).first()
    if row is None or not holds(row):
        raise Conflict(_("That is over already; look at it again."), code="decided")
    Sanction.objects.filter(pk=row.pk).update(lifted=clock.now(), block="")


for _action in (_A.WARN, _A.SUSPEND, _A.BAN, _A.TRUST):
    register_reversal(_action, reverse)


def _check(viewer: Viewer, person: Commenter) -> None:
    check_moderator(viewer)
    if Role.objects.filter(commenter=person, site=viewer.site).exists():
        raise Refused(_("This person works here. An owner takes their role away first."), code="staff")


def _check_words(*, raw: str, longest: int, field: str) -> str:
    if not raw.strip():
        message = _("Write a reason: the person gets to read it.")
        raise InvalidInput(code="reason", message=message, field=field, kept=raw)
    return check_short(raw, longest, field)


def _check_time(seconds: int | None) -> int:
    if seconds is None or not 60 <= seconds <= LONGEST.total_seconds():
        message = _("Say for how long: at least a minute, at most a year.")
        raise InvalidInput(code="seconds", message=message, field="seconds")
    return seconds


def _check_new(site: Site, person: Commenter, kind: str) -> None:
    """A second warning may follow the first; for all else there is one at a time."""
    same = Sanction.objects.filter(site=site, commenter=person, kind=kind, lifted=None)
    if kind != _K.WARN and any(map(holds, same)):
        raise Conflict(_("Somebody decided this in between; it is so already."), code="decided")


def _block_of(person: Commenter) -> str:
    found = Whereabouts.objects.filter(commenter=person, seen__gt=clock.now() - KEEP)
    return found.values_list("block", flat=True).first() or ""


@jobs.periodic("moderation.forget_whereabouts", every=timedelta(hours=6))
def forget_whereabouts() -> None:
    """Where people write from is dropped after thirty days, and with a suspension that is over."""
    moment = clock.now()
    rows.forget(Whereabouts.objects.filter(seen__lt=moment - KEEP))
    with writing():
        kept = Sanction.objects.exclude(block="")
        kept.filter(ends__lt=moment).update(block="")
        kept.filter(created__lt=moment - KEEP).update(block="")
