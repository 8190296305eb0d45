"""Answering an appeal: by a person, and by another one than who decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Role
from rejoinder.accounts.viewer import MODERATES, Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, Refused, nothing_here
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.events import CommentStateChanged
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import access_decided, check_moderator, check_reason
from rejoinder.moderation.decisions.errors import decided_before
from rejoinder.moderation.decisions.undoing import can_reverse, reverse_about_person
from rejoinder.moderation.models import Appeal, Decision
from rejoinder.moderation.reasons import when

_A = Decision.Action
# So many appeals that were plainly without a ground, within so long, and further ones are not taken for a time.
UNFOUNDED, LATELY, PAUSE = 3, timedelta(days=180), timedelta(days=30)


def alone_from(viewer: Viewer, appeal: Appeal) -> datetime | None:
    """From when on whoever decided may answer themselves, nobody else moderating here; None where others do.

    Half of the time for an answer: until then somebody else can be found.
    """
    others = Role.objects.filter(site=appeal.site_id, kind__in=MODERATES).exclude(commenter=viewer.number)
    return None if others.exists() else appeal.created + (appeal.due - appeal.created) / 2


def check_may_answer(viewer: Viewer, appeal: Appeal) -> None:
    """Raises NotFound (who does not moderate), Refused (one's own appeal, one's own decision)."""
    check_moderator(viewer)
    if appeal.appellant_id is not None and appeal.appellant_id == viewer.number:
        raise Refused(_("This is your own appeal; somebody else answers it."), code="own-appeal")
    if appeal.decision.actor_id is None or appeal.decision.actor_id != viewer.number:
        return
    start = alone_from(viewer, appeal)
    if start is None:
        raise Refused(_("You decided this; another moderator answers the appeal."), code="own-decision")
    if clock.now() < start:
        message = _(
            "You decided this, and nobody else moderates here. Ask somebody to; from %(when)s on you may answer it."
        )
        raise Refused(message % {"when": when(start)}, code="own-decision")


def answer_appeal(
    *, viewer: Viewer, appeal: Appeal, upheld: bool, reason: str, unfounded: bool = False
) -> Decision:
    """Uphold an appeal, which restores all that the decision took away, or reject it, with a reason.

    `unfounded`: it was plainly without a ground; after several of these no further ones are taken for a time. Raises
    NotFound, Refused (see check_may_answer), InvalidInput, Overtaken (answered in between).
    """
    check_moderator(viewer)
    reason = check_reason(reason)
    with writing():
        found = Appeal.objects.filter(pk=appeal.pk, site=viewer.site).select_related(
            "decision__comment", "outcome__actor"
        )
        row: Appeal | None = locked(found, of=("self",)).first()
        if row is None:
            raise nothing_here()
        if row.answered is not None:
            raise decided_before(row.outcome)
        check_may_answer(viewer, row)
        outcome = _decide(viewer, row, upheld, reason, unfounded)
        Appeal.objects.filter(pk=row.pk).update(answered=clock.now(), outcome=outcome)
        if unfounded and not upheld:
            _pause(viewer, row)
    return outcome


def _decide(viewer: Viewer, row: Appeal, upheld: bool, reason: str, unfounded: bool) -> Decision:
    against = row.decision
    comment = access_decided(viewer, against.comment) if against.comment is not None else None
    if comment is not None and comment.state == Comment.State.DELETED:
        raise Conflict(_("Its author deleted the comment in between."), code="deleted")
    outcome = record(
        site=viewer.site,
        action=_A.APPEAL_UPHELD if upheld else _A.APPEAL_REJECTED,
        reason=reason,
        code="misuse" if unfounded and not upheld else against.code,
        actor=viewer.commenter,
        comment=comment,
        person=against.person,
        text_seen=comment.body if comment is not None else "",
        undoes=against if upheld else None,
    )
    if comment is None:
        if upheld and can_reverse(against):
            reverse_about_person(viewer, against)
        return outcome
    queue.take_away(comment=comment, why=None if upheld else "appeal")
    if upheld:
        set_comment_state(comment=comment, state=Comment.State.PUBLIC)
    return outcome


def _pause(viewer: Viewer, row: Appeal) -> None:
    """Whoever appeals again and again without a ground is paused, told so, and it is a decision like any other."""
    since = clock.now() - LATELY
    theirs = Appeal.objects.filter(site=viewer.site, appellant=row.appellant_id, answered__gt=since)
    if row.appellant is None or theirs.filter(outcome__code="misuse").count() < UNFOUNDED:
        return
    record(
        site=viewer.site,
        action=_A.MISUSE,
        reason=_("Several of your appeals were plainly without a ground."),
        code="misuse",
        actor=viewer.commenter,
        person=row.appellant,
        seconds=int(PAUSE.total_seconds()),
    )


@events.listen(CommentStateChanged, name="moderation.withdrawn")
def withdrawn(event: CommentStateChanged) -> None:
    """Who deletes a comment wants no answer about it any more."""
    if event.after != Comment.State.DELETED:
        return
    with writing():
        Appeal.objects.filter(decision__comment=event.comment, answered=None).update(answered=clock.now())
