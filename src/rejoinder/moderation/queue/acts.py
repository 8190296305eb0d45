"""What one can do with a card besides deciding what is seen: keep what was reported, lift out, decide many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, RejoinderError
from rejoinder.discussion.actions.highlights import highlight, lower
from rejoinder.discussion.models import Comment, Highlight
from rejoinder.moderation.assisting.opinions import part_of
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import (
    COMMENT_ACTIONS,
    access_decided,
    check_moderator,
    decide_comment,
    version_of,
)
from rejoinder.moderation.decisions.errors import decided_before, words_changed
from rejoinder.moderation.decisions.undoing import register_reversal, undo
from rejoinder.moderation.models import Decision
from rejoinder.moderation.queue.placing import place, take_away

_A = Decision.Action
# Action -> (what it lifts out, whether it does or takes that back).
LIFTS: dict[str, tuple[str, bool]] = {
    _A.FEATURE: (Highlight.Kind.FEATURED, True),
    _A.UNFEATURE: (Highlight.Kind.FEATURED, False),
    _A.PIN: (Highlight.Kind.PINNED, True),
    _A.UNPIN: (Highlight.Kind.PINNED, False),
}
ACTIONS = {*COMMENT_ACTIONS, *LIFTS, _A.IGNORE_FLAGS}
# More at once nobody has looked at.
MOST = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever decides has before them: the words (version_of), the last decision about the comment, and whether
    they read what Assist says of it."""

    words: str | None = None
    decision: int | None = None
    assist: bool = False


def act(
    *,
    viewer: Viewer,
    comment: Comment,
    action: str,
    reason: str = "",
    code: str = "",
    seen: Seen | None = None,
) -> Decision:
    """Do one of ACTIONS with a comment. Without a `reason`, what needs none says what was done.

    Raises NotFound, InvalidInput, and Conflict where somebody decided since what was `seen`, or the words are others.
    """
    check_moderator(viewer)
    if action not in ACTIONS:
        raise InvalidInput(code="action", message=_("There is no such decision."), field="action")
    seen = seen or Seen()
    with writing():
        row = access_decided(viewer, comment)
        _check_seen(row, seen)
        machine = part_of(row) if seen.assist else ""
        if action in COMMENT_ACTIONS:
            why = reason or _plain(action)
            return decide_comment(
                viewer=viewer,
                comment=row,
                action=action,
                reason=why,
                code=code,
                seen=seen.words,
                machine=machine,
            )
        if seen.words is not None and seen.words != version_of(row):
            raise words_changed("", row.body)
        return _lift(viewer, row, action, reason) if action in LIFTS else _keep(viewer, row, reason, machine)


def _check_seen(row: Comment, seen: Seen) -> None:
    if seen.decision is None:
        return
    later = row.decisions.filter(pk__gt=seen.decision, actor__isnull=False).select_related("actor")
    latest = later.order_by("-pk").first()
    if latest is not None:
        raise decided_before(latest)


def _plain(action: str) -> str:
    """What is said where a moderator gives no reason: only what takes nothing from anybody."""
    return {_A.APPROVE: _("A moderator has read it."), _A.RESTORE: _("A moderator has read it again.")}.get(
        Decision.Action(action), ""
    )


def _lift(viewer: Viewer, row: Comment, action: str, reason: str) -> Decision:
    kind, up = LIFTS[action]
    said = reason or (_("The newsroom points it out.") if up else _("The newsroom points it out no more."))
    decision = record(
        site=viewer.site, comment=row, action=action, reason=said, actor=viewer.commenter, text_seen=row.body
    )
    take_away(comment=row)
    (highlight if up else lower)(comment=row, kind=kind)
    return decision


def _keep(viewer: Viewer, row: Comment, reason: str, machine: str) -> Decision:
    """Nothing is wrong with it: it waits no more, and stays as it is."""
    said = reason or _("A moderator has read it and lets it stand.")
    decision = record(
        site=viewer.site,
        comment=row,
        action=_A.IGNORE_FLAGS,
        reason=said,
        actor=viewer.commenter,
        text_seen=row.body,
        machine=machine,
    )
    take_away(comment=row)
    return decision


@dataclass(frozen=True, slots=True)
class Result:
    """How it went with one of many: decided, or the sentence that says why not."""

    comment: Comment
    decision: Decision | None = None
    error: RejoinderError | None = None


def decide_many(
    *,
    viewer: Viewer,
    comments: Sequence[Comment],
    action: str,
    reason: str = "",
    code: str = "",
    seen: Mapping[int, Seen],
) -> list[Result]:
    """The same about several comments, each in a transaction of its own: one that is refused holds up no other."""
    check_moderator(viewer)
    results = []
    for comment in comments[:MOST]:
        try:
            decision = act(
                viewer=viewer,
                comment=comment,
                action=action,
                reason=reason,
                code=code,
                seen=seen.get(comment.pk),
            )
        except RejoinderError as error:
            results.append(Result(comment, error=error))
        else:
            results.append(Result(comment, decision))
    return results


def take_back(*, viewer: Viewer, decision: Decision) -> Decision:
    """Undo one's own decision; what waited because readers complained waits again."""
    with writing():
        taken_back = undo(viewer=viewer, decision=decision)
        comment = decision.comment
        if comment is not None:
            comment.refresh_from_db()
            if comment.state == Comment.State.PUBLIC and comment.flags.exists():
                place(comment=comment, why="reported")
    return taken_back


def _reverse_lift(viewer: Viewer, decision: Decision) -> None:
    kind, up = LIFTS[decision.action]
    if decision.comment is not None:
        (lower if up else highlight)(comment=decision.comment, kind=kind)


def _reverse_keep(viewer: Viewer, decision: Decision) -> None:
    """What was kept is as it was: only its card comes back, see take_back."""
    if decision.comment is not None and not decision.comment.flags.exists():
        place(comment=decision.comment, why="suspected")


def register_reversals() -> None:
    for action in LIFTS:
        register_reversal(action, _reverse_lift)
    register_reversal(_A.IGNORE_FLAGS, _reverse_keep)
