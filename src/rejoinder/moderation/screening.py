"""Screening: an ordered list one can read. Each step: (draft) -> verdict or None; the first verdict holds.

Nothing is silently dropped: a hold is a decision with a reason that the author gets to read.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from rejoinder.core import clock
from rejoinder.discussion.models import Comment
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.models import Decision

Step = Callable[[Draft], Verdict | None]


def staff_pass(draft: Draft) -> bool:
    return draft.viewer.is_staff


def site_holds(draft: Draft) -> Verdict | None:
    if draft.viewer.site.hold_all:
        return Verdict(
            _("On this site a moderator reads every comment before it appears."), rule="site holds all"
        )
    return None


def thread_holds(draft: Draft) -> Verdict | None:
    if draft.thread.hold:
        return Verdict(
            _("In this discussion a moderator reads every comment before it appears."),
            rule="thread holds all",
        )
    return None


STEPS: tuple[Step, ...] = (
    # What the publication wants read first.
    site_holds,
    thread_holds,
)


class Screening:
    """The discussion's Screener port."""

    def screen(self, draft: Draft) -> Verdict | None:
        if staff_pass(draft):
            return None
        return next((verdict for step in STEPS if (verdict := step(draft)) is not None), None)

    def record(self, comment: Comment, verdict: Verdict) -> None:
        Decision.objects.create(
            site=comment.thread.site,
            thread=comment.thread,
            comment=comment,
            action=Decision.Action.HOLD,
            reason=verdict.reason[:500],
            rule=verdict.rule,
            text_seen=comment.body,
            created=clock.now(),
        )
