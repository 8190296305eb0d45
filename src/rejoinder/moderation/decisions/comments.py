"""Deciding about a comment: approve, hold, remove, restore, and taking that back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput, nothing_here
from rejoinder.core.text.check import check_short
from rejoinder.core.text.numbers import whole
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.errors import no_comment
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.decisions.errors import decided_before, words_changed
from rejoinder.moderation.decisions.recording import record
from rejoinder.moderation.models import Appeal, Decision

_A = Decision.Action
_S = Comment.State
# Which state an action leads to, and from which it makes sense.
COMMENT_ACTIONS: dict[str, tuple[str, set[str]]] = {
    _A.APPROVE: (_S.PUBLIC, {_S.HELD}),
    _A.HOLD: (_S.HELD, {_S.PUBLIC}),
    _A.REMOVE: (_S.REMOVED, {_S.PUBLIC, _S.HELD}),
    _A.RESTORE: (_S.PUBLIC, {_S.REMOVED}),
}
# What a decision about a comment leaves behind, whoever made it.
LEADS_TO: dict[str, str] = {action: state for action, (state, _from) in COMMENT_ACTIONS.items()} | {
    _A.APPEAL_UPHELD: _S.PUBLIC
}


def check_moderator(viewer: Viewer) -> None:
    """Raises NotFound for whoever does not moderate the site."""
    if not viewer.moderates:
        raise nothing_here()


def check_reason(raw: str) -> str:
    """A reason as it may be stored. Raises InvalidInput (field `reason`)."""
    if not raw.strip():
        message = _("Give a reason: the author gets to read it.")
        raise InvalidInput(code="reason", message=message, field="reason", kept=raw)
    return check_short(raw, 500, "reason")


def version_of(comment: Comment) -> str:
    """Names the words that a comment has now: whoever decides has read these and no others."""
    return str(clock.micros(comment.edited)) if comment.edited else "0"


def access_decided(viewer: Viewer, comment: Comment) -> Comment:
    """The comment's row, locked, with its thread, which is not. Raises NotFound where it is of another site."""
    found = Comment.objects.filter(pk=comment.pk, thread__site=viewer.site).select_related("thread__site")
    row: Comment | None = locked(found, of=("self",)).first()
    if row is None:
        raise no_comment()
    return row


def latest_about(comment: Comment) -> Decision | None:
    """The last decision that changed what is seen of a comment."""
    found = comment.decisions.filter(action__in=[*LEADS_TO, _A.UNDO]).select_related("actor")
    return found.order_by("-pk").first()


def decide_comment(
    *,
    viewer: Viewer,
    comment: Comment,
    action: str,
    reason: str,
    code: str = "",
    seen: str | None = None,
    machine: str = "",
) -> Decision:
    """Approve, hold, remove or restore a comment, with a reason. `seen`: the version_of what was read; `machine`: what
    a program had to do with it.

    Raises NotFound for those who do not moderate, Overtaken (a Conflict) when somebody else decided in between or
    its author changed it: it says who and what, or which words.
    """
    check_moderator(viewer)
    if action not in COMMENT_ACTIONS:
        raise InvalidInput(code="action", message=_("There is no such decision."), field="action")
    reason = check_reason(reason)
    state, sensible = COMMENT_ACTIONS[action]
    with writing():
        row = access_decided(viewer, comment)
        if row.state not in sensible:
            raise decided_before(latest_about(row))
        if seen is not None and seen != version_of(row):
            raise words_changed(_words_at(row, seen), row.body)
        decision = record(
            site=viewer.site,
            comment=row,
            action=action,
            reason=reason,
            code=code,
            actor=viewer.commenter,
            text_seen=row.body,
            machine=machine,
        )
        _place(row, state, decision)
        set_comment_state(comment=row, state=state)
    return decision


def _place(row: Comment, state: str, decision: Decision) -> None:
    """What was decided waits no more; what somebody holds does. What is public again was appealed for with success."""
    if state == _S.HELD:
        queue.place(comment=row, why="held")
        return
    queue.take_away(comment=row)
    if state == _S.PUBLIC:
        waiting = Appeal.objects.filter(decision__comment=row, answered=None).order_by("-pk")
        for number, asked in enumerate(waiting):
            asked.answered, asked.outcome = decision.created, decision if number == 0 else None
            asked.save(update_fields=["answered", "outcome"])


def _words_at(row: Comment, seen: str) -> str:
    """What the comment said when it was read: the words that the first edit after that replaced."""
    for edit in row.edits.order_by("pk"):
        if str(clock.micros(edit.created)) != seen and (
            seen == "0" or clock.micros(edit.created) > (whole(seen) or 0)
        ):
            return edit.body
    return ""
