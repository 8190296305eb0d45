"""Taking a decision back: within ten minutes, by whoever made it, as long as nothing happened since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, Refused, nothing_here
from rejoinder.discussion.actions import change_thread, set_comment_state
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation import queue
from rejoinder.moderation.decisions.comments import LEADS_TO, access_decided, check_moderator, latest_about
from rejoinder.moderation.decisions.errors import decided_before
from rejoinder.moderation.decisions.recording import record
from rejoinder.moderation.models import Decision

WITHIN = timedelta(minutes=10)
_A = Decision.Action
# What a decision about a thread changes of it; taken back, each is again what it was not.
THREAD_ACTIONS: dict[str, dict[str, Any]] = {
    _A.CLOSE: {"closed": True},
    _A.REOPEN: {"closed": False},
    _A.HOLD_NEW: {"hold": True},
    _A.STOP_HOLDING: {"hold": False},
}
# What takes back a decision of another kind, within the transaction. Raises Conflict where something happened since.
Reversal = Callable[[Viewer, Decision], None]
_reversals: dict[str, Reversal] = {}


def register_reversal(action: str, reversal: Reversal) -> None:
    """How decisions of this action about a person are taken back, by `undo` and by an appeal that is upheld."""
    _reversals[action] = reversal


def can_reverse(decision: Decision) -> bool:
    """Whether there is a way back from it at all."""
    if decision.action in _reversals:
        return True
    if decision.comment_id is not None:
        return decision.action in LEADS_TO
    return decision.thread_id is not None and decision.action in THREAD_ACTIONS


def undo(*, viewer: Viewer, decision: Decision) -> Decision:
    """Take one's own decision back, within ten minutes. What it changed is again as it was before.

    Raises NotFound, Refused (somebody else's), Conflict (too late, or something happened since).
    """
    check_moderator(viewer)
    with writing():
        comment = access_decided(viewer, decision.comment) if decision.comment else None
        row: Decision | None = Decision.objects.filter(pk=decision.pk, site=viewer.site).first()
        if row is None:
            raise nothing_here()
        _check(viewer, row)
        if comment is not None and row.action in LEADS_TO:
            _check_untouched(row, comment)
        taken_back = record(
            site=viewer.site,
            action=_A.UNDO,
            reason=_("Taken back by whoever decided it."),
            actor=viewer.commenter,
            comment=comment,
            thread=row.thread,
            person=row.person,
            undoes=row,
        )
        _reverse(viewer, row, comment)
    return taken_back


def _check(viewer: Viewer, row: Decision) -> None:
    if row.actor_id is None or row.actor_id != viewer.number:
        raise Refused(_("Only whoever decided can take it back; decide anew instead."), code="not-yours")
    if not can_reverse(row):
        raise Conflict(_("This cannot be taken back."), code="no-way-back")
    if clock.now() - row.created > WITHIN:
        raise Conflict(_("It was decided more than ten minutes ago; decide anew instead."), code="too-late")
    if row.undone_by.exists():
        raise Conflict(_("It was taken back already."), code="undone")


def _reverse(viewer: Viewer, row: Decision, comment: Comment | None) -> None:
    if row.action in _reversals:
        _reversals[row.action](viewer, row)
    elif comment is not None:
        _reverse_comment(row, comment)
    else:
        _reverse_thread(row)


def reverse_about_person(viewer: Viewer, row: Decision) -> None:
    """Lift what a decision laid on a person, as its registered reversal does. Within a transaction."""
    _reversals[row.action](viewer, row)


def _check_untouched(row: Decision, comment: Comment) -> None:
    """Nothing else was decided about the comment since, and its words are those that were decided on."""
    last = comment.decisions.filter(action__in=LEADS_TO).order_by("-pk").first()
    if comment.state != LEADS_TO[row.action] or last is None or last.pk != row.pk:
        raise decided_before(latest_about(comment))
    if comment.edited is not None and comment.edited > row.created:
        raise decided_before(None)


def _reverse_comment(row: Decision, comment: Comment) -> None:
    state = state_before(row)
    if state == Comment.State.HELD:
        queue.place(comment=comment, why="held", rule=_rule_of(row))
    else:
        queue.take_away(comment=comment, why="held")
    set_comment_state(comment=comment, state=state)


def state_before(decision: Decision) -> str:
    """The state of a comment before a decision: what the last one before it led to that was not taken back."""
    found = _standing_before(decision)
    return LEADS_TO[found.action] if found is not None else Comment.State.PUBLIC


def _standing_before(decision: Decision) -> Decision | None:
    earlier = Decision.objects.filter(
        comment=decision.comment_id, pk__lt=decision.pk, action__in=LEADS_TO
    ).exclude(undone_by__action=_A.UNDO)
    return earlier.order_by("-pk").first()


def _rule_of(decision: Decision) -> str:
    found = _standing_before(decision)
    return found.rule if found is not None else ""


def _reverse_thread(row: Decision) -> None:
    thread = locked(Thread.objects.filter(decisions=row.pk), of=("self",)).get()
    later = Decision.objects.filter(thread=thread, comment=None, pk__gt=row.pk, action__in=THREAD_ACTIONS)
    last = later.select_related("actor").first()
    if last is not None:
        raise decided_before(last)
    back: dict[str, Any] = {name: not value for name, value in THREAD_ACTIONS[row.action].items()}
    change_thread(thread=thread, **back)
