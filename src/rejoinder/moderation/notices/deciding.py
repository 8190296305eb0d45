"""Deciding about a notice: by a person, with a reason, and with what becomes of the comment in the same act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Role
from rejoinder.accounts.viewer import MODERATES, Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput, Refused, nothing_here
from rejoinder.core.text.check import check_short
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.decisions import codes, record
from rejoinder.moderation.decisions.comments import access_decided, check_moderator, decide_comment
from rejoinder.moderation.decisions.errors import decided_before
from rejoinder.moderation.models import Decision, Flag, Notice
from rejoinder.moderation.notices import misuse
from rejoinder.moderation.notices.telling import tell_later
from rejoinder.moderation.reasons import when

_A = Decision.Action
_S = Comment.State
# What can be done with the comment, by the state it is in. One that is gone already needs nothing.
RESTRICTIONS: dict[str, tuple[str, ...]] = {_S.PUBLIC: (_A.REMOVE, _A.HOLD), _S.HELD: (_A.REMOVE,)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What staff decide. `reason`: whoever sent it reads it. `statement`: the comment's author reads it; empty: the
    site's sentence. `seen`: the version of the words that were read. `unfounded`: plainly without a ground."""

    upheld: bool
    reason: str
    action: str = ""
    statement: str = ""
    seen: str | None = None
    unfounded: bool = False


def decide_notice(*, viewer: Viewer, notice: Notice, answer: Answer) -> Decision:
    """Act on a notice, or reject it.

    Raises NotFound, Refused (see check_may_decide), InvalidInput, Overtaken (decided in between, other words).
    """
    check_moderator(viewer)
    reason = _check_reason(answer.reason)
    with writing():
        row: Notice | None = locked(
            Notice.objects.filter(pk=notice.pk, site=viewer.site).select_related("first", "notifier", "site"),
            of=("self",),
        ).first()
        if row is None:
            raise nothing_here()
        if row.ended is not None:
            raise decided_before(row.outcome)
        comment = access_decided(viewer, row.comment)
        check_may_decide(viewer, row, comment)
        row.removal = _restrict(viewer, comment, answer) if answer.upheld else None
        unfounded = answer.unfounded and not answer.upheld
        outcome = record(
            site=viewer.site,
            action=_A.NOTICE_UPHELD if answer.upheld else _A.NOTICE_REJECTED,
            reason=reason,
            code=misuse.CODE if unfounded else "illegal",
            actor=viewer.commenter,
            comment=comment,
            text_seen=comment.body,
        )
        end(row, outcome)
        if not answer.upheld:
            _put_down(comment)
        if unfounded:
            misuse.answer(viewer, row)
    return outcome


def end(row: Notice, outcome: Decision) -> None:
    """Within the transaction of the decision: whoever sent it is told."""
    row.outcome, row.ended = outcome, clock.now()
    row.save(update_fields=["outcome", "ended", "removal"])
    tell_later(row)


def _check_reason(raw: str) -> str:
    if not raw.strip():
        message = _("Give a reason: whoever sent the notice gets to read it.")
        raise InvalidInput(code="reason", message=message, field="reason", kept=raw)
    return check_short(raw, 500, "reason")


def _restrict(viewer: Viewer, comment: Comment, answer: Answer) -> Decision | None:
    """Take the comment away, with a statement for its author; nothing where it is gone."""
    possible = RESTRICTIONS.get(comment.state, ())
    if not possible:
        return None
    if answer.action not in possible:
        message = _("Say what becomes of the comment.")
        raise InvalidInput(code="action", message=message, field="action")
    statement = answer.statement.strip() or codes.sentences(viewer.site)["illegal"]
    return decide_comment(
        viewer=viewer,
        comment=comment,
        action=answer.action,
        reason=statement,
        code="illegal",
        seen=answer.seen,
    )


def _put_down(comment: Comment) -> None:
    """It waits no more because of reports, unless others reported it too."""
    others = comment.flags.filter(outcome=Flag.Outcome.OPEN).exists()
    if not others and not Notice.objects.filter(comment=comment, ended=None).exists():
        queue.take_away(comment=comment, why="reported")


def _others_moderate(viewer: Viewer) -> bool:
    roles = Role.objects.filter(site=viewer.site, kind__in=MODERATES)
    return roles.exclude(commenter=viewer.number).exists()


def alone_from(notice: Notice) -> datetime:
    """From when on whoever decided first may decide about a complaint, nobody else moderating: half of the time."""
    start = notice.complained or notice.created
    return start + (notice.due - start) / 2


def check_may_decide(viewer: Viewer, notice: Notice, comment: Comment) -> None:
    """Raises NotFound (who does not moderate), Refused (one's own comment; a complaint about one's own decision)."""
    check_moderator(viewer)
    if comment.author_id is not None and comment.author_id == viewer.number and _others_moderate(viewer):
        raise Refused(
            _("You wrote this comment; somebody else decides about the notice."), code="own-comment"
        )
    if notice.first is None or notice.first.actor_id != viewer.number:
        return
    if _others_moderate(viewer):
        message = _("You decided this, and it was contested; another moderator decides now.")
        raise Refused(message, code="own-decision")
    if clock.now() < alone_from(notice):
        message = _(
            "You decided this, and nobody else moderates here. Ask somebody to; from %(when)s on you may decide again."
        )
        raise Refused(message % {"when": when(alone_from(notice))}, code="own-decision")
