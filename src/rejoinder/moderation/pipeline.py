"""Screening: an ordered list one can read. Each step: (draft, signals) -> verdict or None; the first verdict holds.

Nothing is silently dropped: a hold is a decision with a reason that the author gets to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from django.utils.translation import gettext as _

from rejoinder.discussion.models import Comment
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision
from rejoinder.moderation.signals import HOLD, Signal, evaluate

Step = Callable[[Draft, Sequence[Signal]], Verdict | None]


def staff_pass(draft: Draft) -> bool:
    return draft.viewer.is_staff


def site_holds(draft: Draft, signals: Sequence[Signal]) -> Verdict | None:
    if draft.viewer.site.hold_all:
        return Verdict(
            _("On this site a moderator reads every comment before it appears."), rule="site holds all"
        )
    return None


def thread_holds(draft: Draft, signals: Sequence[Signal]) -> Verdict | None:
    if draft.thread.hold:
        return Verdict(
            _("In this discussion a moderator reads every comment before it appears."),
            rule="thread holds all",
        )
    return None


def signals_hold(draft: Draft, signals: Sequence[Signal]) -> Verdict | None:
    """How it was written, taken together, looks like a program's work."""
    if sum(signal.weight for signal in signals) < HOLD:
        return None
    return Verdict(
        _(
            "It was sent in a way that programs which post advertising often use, so a moderator reads it first."
        ),
        rule="signals",
    )


STEPS: tuple[Step, ...] = (
    # What the publication wants read first.
    site_holds,
    thread_holds,
    # What a person looks at before others see it, because a program may have sent it.
    signals_hold,
)


class Screening:
    """The discussion's Screener port."""

    def screen(self, draft: Draft) -> Verdict | None:
        if staff_pass(draft):
            return None
        signals = evaluate(draft)
        verdict = next((found for step in STEPS if (found := step(draft, signals)) is not None), None)
        return verdict and replace(verdict, signals=[asdict(signal) for signal in signals])

    def record(self, comment: Comment, verdict: Verdict) -> None:
        record(
            site=comment.thread.site,
            comment=comment,
            action=Decision.Action.HOLD,
            reason=verdict.reason,
            rule=verdict.rule,
            text_seen=comment.body,
            signals=verdict.signals,
        )
