"""What moderation adds to a comment's own page: flag, decide, and what was decided."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.discussion.ports import Action
from rejoinder.moderation.actions import COMMENT_ACTIONS, version_of
from rejoinder.moderation.appeals.filing import in_force, may_appeal, open_until
from rejoinder.moderation.decisions.statements import INTERNAL, statement
from rejoinder.moderation.models import Decision, Flag
from rejoinder.moderation.reasons import by_whom, common_reasons, past, said


def _flag(viewer: Viewer, comment: Comment) -> Action:
    return Action(
        name="flag",
        title=_("Report this comment"),
        url=reverse("rejoinder:flags", args=[viewer.site.key]),
        template="rejoinder/actions/flag.html",
        fields={"comment": comment.public_id},
        context={
            "reasons": Flag.Reason.choices,
            "notice_url": pages.address("notice", viewer.site.key, comment=comment.public_id),
            # A guest's address is confirmed for answers, if it ever was: they find the outcome on their page.
            "may_be_told": viewer.commenter is not None and not viewer.commenter.is_guest,
        },
    )


def notice_too(comment: Comment) -> dict[str, str]:
    """Where whoever reported a comment as against the law can go on: {url, label}."""
    url = pages.address("notice", comment.thread.site.key, comment=comment.public_id, reported="1")
    return {"url": url, "label": _("Send a notice too, with a receipt and an answer")}


def _decide(viewer: Viewer, comment: Comment) -> Action:
    possible = [
        (action, Decision.Action(action).label)
        for action, (_state, sensible) in COMMENT_ACTIONS.items()
        if comment.state in sensible
    ]
    return Action(
        name="decide",
        title=_("Decide"),
        url=reverse("rejoinder:decisions", args=[viewer.site.key]),
        template="rejoinder/actions/decide.html",
        fields={"comment": comment.public_id, "seen": version_of(comment)},
        context={"choices": possible, "flags": flag_counts(comment), "reasons": common_reasons(viewer.site)},
    )


def flag_counts(comment: Comment) -> list[dict[str, Any]]:
    """How often a comment was reported, by reason."""
    counts: dict[str, int] = {}
    for reason in comment.flags.values_list("reason", flat=True)[:1000]:
        counts[reason] = counts.get(reason, 0) + 1
    return [{"label": Flag.Reason(reason).label, "count": count} for reason, count in sorted(counts.items())]


def comment_actions(viewer: Viewer, comment: Comment) -> list[Action]:
    """The forms of this app that the viewer may use on this comment."""
    own = viewer.number is not None and comment.author_id == viewer.number
    offered = []
    # Who moderates decides, instead of reporting to themselves.
    if comment.state == Comment.State.PUBLIC and not own and not viewer.moderates:
        offered.append(_flag(viewer, comment))
    if viewer.moderates and comment.state != Comment.State.DELETED:
        offered.append(_decide(viewer, comment))
    if own:
        offered += _appeal(viewer, comment)
    return offered


def _appeal(viewer: Viewer, comment: Comment) -> list[Action]:
    decision = in_force(comment)
    if decision is None or not may_appeal(viewer, decision):
        return []
    return [
        Action(
            name="appeal",
            title=_("Appeal"),
            url=reverse("rejoinder:appeals", args=[viewer.site.key]),
            template="rejoinder/actions/appeal.html",
            fields={"decision": ids.encode(decision.pk)},
            context={"until": open_until(decision)},
        )
    ]


def history(viewer: Viewer, comment: Comment) -> list[dict[str, Any]]:
    """Decisions about a comment, as its author and those who moderate may read them: newest first.

    The author reads what and why; who decided is for staff.
    """
    own = viewer.number is not None and comment.author_id == viewer.number
    if not (own or viewer.moderates):
        return []
    rows = comment.decisions.order_by("-id").select_related("actor", "site", "comment__thread__site")[:100]
    if viewer.moderates:
        return [_row(row, by_whom(row, named=True), [said(signal) for signal in row.signals]) for row in rows]
    told = [statement(viewer, row) for row in rows if row.action not in INTERNAL]
    return [_row(one.decision, by_whom(one.decision, named=False), one.sentences[1:]) for one in told]


def _row(row: Decision, by: str, more: list[str]) -> dict[str, Any]:
    return {
        "label": past(row.action),
        "reason": row.reason,
        "created": row.created,
        "by": by,
        "rule": row.rule,
        "signals": more,
    }
