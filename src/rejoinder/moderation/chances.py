"""How probable it is that a comment would be rejected: what Assist says, and where it cannot tell yet, from rules."""

from __future__ import annotations

from rejoinder.assist.models import Policy, Score
from rejoinder.discussion.models import Comment
from rejoinder.moderation.assisting.opinions import policy

# The share of cards of each kind that staff would reject, as long as nobody has measured it.
HELD_BY_RULE = 0.6
HELD_BY_POLICY = 0.1  # everything is read first here: most of it is fine
SUSPECTED = 0.5
NEW = 0.08
APPEAL = 0.5
# One reader's flag; each further one is taken as independent of those before.
A_FLAG = 0.3
POLICIES = {"site holds all", "thread holds all"}


def of(comment: Comment, *, why: str, rule: str = "", flags: int | None = None) -> float:
    """The probability that this comment would be rejected, between 0.01 and 0.99.

    `why`: the queue it comes into; `flags`: how many complained, counted where it is not said.
    """
    known = _said(comment)
    if why == "reported":
        count = comment.flags.count() if flags is None else flags
        # What readers saw is news to whoever only read the words.
        p = 1.0 - (1.0 - (known or 0.0)) * (1.0 - A_FLAG) ** max(1, min(count, 20))
    else:
        p = known if known is not None else _by_kind(why, rule)
    return min(max(p, 0.01), 0.99)


def _said(comment: Comment) -> float | None:
    """The calibrated probability that Assist gave for the comment; None where there is none to be had."""
    if policy(comment.thread.site).mode == Policy.Mode.OFF:
        return None
    return Score.objects.filter(pk=comment.pk).values_list("probability", flat=True).first()


def _by_kind(why: str, rule: str) -> float:
    if why == "held":
        return HELD_BY_POLICY if rule in POLICIES else HELD_BY_RULE
    return {"suspected": SUSPECTED, "appeal": APPEAL}.get(why, NEW)
