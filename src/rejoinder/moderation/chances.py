"""How probable it is that a comment would be rejected: from rules and flags, until a model says it.

An app that knows better registers its own (`register_chance`); where that one does not know, these figures stand.
"""

from __future__ import annotations

from collections.abc import Callable

from rejoinder.discussion.models import Comment

# The share of cards of each kind that staff would reject, as long as nobody has measured it.
HELD_BY_RULE = 0.6
HELD_BY_POLICY = 0.1  # everything is read first here: most of it is fine
SUSPECTED = 0.5
NEW = 0.08
APPEAL = 0.5
# One reader's flag; each further one is taken as independent of those before.
A_FLAG = 0.3
POLICIES = {"site holds all", "thread holds all"}

# A comment -> the probability (0 to 1) that it would be rejected here, or None where it cannot tell.
Chance = Callable[[Comment], float | None]
_chance: Chance = lambda comment: None  # noqa: E731


def register_chance(new: Chance) -> None:
    global _chance  # noqa: PLW0603
    _chance = new


def of(comment: Comment, *, why: str, rule: str = "", flags: int | None = None) -> float:
    """The probability that this comment would be rejected, between 0.01 and 0.99.

    `why`: the queue it comes into; `flags`: how many complained, counted where it is not said.
    """
    known = _chance(comment)
    p = known if known is not None else _by_kind(comment, why, rule, flags)
    return min(max(p, 0.01), 0.99)


def _by_kind(comment: Comment, why: str, rule: str, flags: int | None) -> float:
    if why == "reported":
        count = comment.flags.count() if flags is None else flags
        return 1.0 - (1.0 - A_FLAG) ** max(1, min(count, 20))
    if why == "held":
        return HELD_BY_POLICY if rule in POLICIES else HELD_BY_RULE
    return {"suspected": SUSPECTED, "appeal": APPEAL}.get(why, NEW)
