"""Deciding how a discussion goes on: its mode, its slowness, who is invited. Each is a decision with a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.core.text.check import check_short
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Answerer, Thread
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import check_moderator
from rejoinder.moderation.decisions.undoing import register_reversal
from rejoinder.moderation.models import Decision
from rejoinder.moderation.threads.manners import check_age, check_pause
from rejoinder.moderation.threads.paces import said_of

AGE = "age"
_A = Decision.Action


def set_slow(*, viewer: Viewer, thread: Thread, seconds: int, reason: str) -> Decision:
    """Let each person write once in so many seconds; 0: as its section and site have it; Thread.AS_FAST: as fast as
    they like. The last two also where it slowed down by itself.

    Raises InvalidInput, NotFound for who does not moderate, Conflict where it is so already.
    """
    reason = _check(viewer, reason)
    check_pause(seconds)
    slows = seconds > Thread.AS_FAST
    with writing():
        row = _locked(viewer, thread)
        calmed = row.calm == Thread.Calm.SLOW
        if row.slow == seconds and (slows or not calmed):
            raise _so_already()
        decision = record(
            site=viewer.site,
            action=_A.SLOW if slows else _A.STOP_SLOW,
            reason=reason,
            actor=viewer.commenter,
            thread=row,
            seconds=seconds or None,
        )
        calm = Thread.Calm.NOTHING if calmed and not slows else None
        change_thread(thread=row, slow=seconds, calm=calm)
    return decision


def set_age(*, viewer: Viewer, thread: Thread, days: int | None, reason: str) -> Decision:
    """Close a thread by itself once it is so many days old; 0: never; None: as its section and site have it.

    Raises InvalidInput, NotFound for who does not moderate, Conflict where it is so already.
    """
    reason = _check(viewer, reason)
    check_age(days or 0, "days")
    with writing():
        row = _locked(viewer, thread)
        if row.close_after == days:
            raise _so_already()
        decision = record(
            site=viewer.site,
            action=_A.RULE,
            reason=reason,
            actor=viewer.commenter,
            rule=AGE,
            thread=row,
            seconds=86_400 * days if days else None,
        )
        change_thread(thread=row, close_after=-1 if days is None else days)
    return decision


def set_mode(*, viewer: Viewer, thread: Thread, mode: str, reason: str) -> Decision:
    """Change who may write in a thread. Raises InvalidInput, NotFound, Conflict where it is so already."""
    reason = _check(viewer, reason)
    if mode not in Thread.Mode.values:
        raise InvalidInput(code="mode", message=_("There is no such choice."), field="mode")
    with writing():
        row = _locked(viewer, thread)
        if row.mode == mode:
            raise _so_already()
        decision = record(
            site=viewer.site,
            action=_A.MODE,
            reason=reason,
            actor=viewer.commenter,
            thread=row,
            text_seen=mode,
        )
        change_thread(thread=row, mode=mode)
    return decision


def stop_calm(*, viewer: Viewer, thread: Thread, reason: str) -> Decision:
    """Turn off what was turned on by itself; it comes on again only after the discussion was cool in between."""
    reason = _check(viewer, reason)
    with writing():
        row = _locked(viewer, thread)
        if not row.calm:
            raise _so_already()
        action = _A.STOP_SLOW if row.calm == Thread.Calm.SLOW else _A.STOP_HOLDING
        decision = record(site=viewer.site, action=action, reason=reason, actor=viewer.commenter, thread=row)
        change_thread(thread=row, calm=Thread.Calm.NOTHING)
    return decision


def invite(*, viewer: Viewer, thread: Thread, person: Commenter, invited: bool) -> Decision | None:
    """Let somebody write where not everybody may, or not any more. The same again changes nothing, and is None."""
    check_moderator(viewer)
    with writing():
        row = _locked(viewer, thread)
        found = Answerer.objects.filter(thread=row, commenter=person)
        if invited == found.exists():
            return None
        reason = _("%(name)s may write here.") if invited else _("%(name)s may no longer write here.")
        decision = record(
            site=viewer.site,
            action=_A.MODE,
            reason=reason % {"name": person.name},
            actor=viewer.commenter,
            thread=row,
            person=person,
        )
        if invited:
            Answerer.objects.create(thread=row, commenter=person, created=clock.now())
        else:
            found.delete()
        change_thread(thread=row)  # whose answers stand out is drawn anew
    return decision


def _reverse(viewer: Viewer, decision: Decision) -> None:
    """Who may write, or how fast, as it was before a decision. Raises Conflict where somebody decided since."""
    row = locked(Thread.objects.filter(decisions=decision.pk), of=("self",)).get()
    of = {_A.MODE} if decision.action == _A.MODE else {_A.SLOW, _A.STOP_SLOW}
    same = Decision.objects.filter(thread=row, person=None, action__in=of).select_related("words")
    if decision.person_id is not None or same.filter(pk__gt=decision.pk).exists():
        raise _so_already()
    by_hand = same.filter(pk__lt=decision.pk, actor__isnull=False)
    before = by_hand.exclude(undone_by__action=_A.UNDO).order_by("-pk").first()
    if decision.action == _A.MODE:
        change_thread(thread=row, mode=(before.text_seen if before else "") or Thread.Mode.OPEN)
    else:
        change_thread(thread=row, slow=(before.seconds or 0) if before else 0)


for _action in (_A.MODE, _A.SLOW, _A.STOP_SLOW):
    register_reversal(_action, _reverse)


def said(thread: Thread) -> list[str]:
    """How a thread is now, in a few words each, for those who moderate."""
    found = [_("closed")] if thread.closed else []
    if thread.mode != Thread.Mode.OPEN:
        found.append(str(Thread.Mode(thread.mode).label))
    slow = 0 if thread.slow == Thread.AS_FAST else thread.slow or None
    found += said_of(slow, thread.close_after)
    if thread.hold:
        found.append(_("new comments are held"))
    if thread.calm:
        found.append(
            _("slowed down by itself") if thread.calm == Thread.Calm.SLOW else _("holding by itself")
        )
    return found


def _check(viewer: Viewer, reason: str) -> str:
    check_moderator(viewer)
    if not reason.strip():
        message = _("Give a reason: it stands in the record.")
        raise InvalidInput(code="reason", message=message, field="reason", kept=reason)
    return check_short(reason, 500, "reason")


def _locked(viewer: Viewer, thread: Thread) -> Thread:
    row: Thread | None = locked(Thread.objects.filter(pk=thread.pk, site=viewer.site)).first()
    if row is None:
        raise no_thread()
    return row


def _so_already() -> Conflict:
    return Conflict(_("Somebody decided about this in between; look at it again."), code="decided")
