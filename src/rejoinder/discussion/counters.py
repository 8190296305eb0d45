"""Counters that follow what is shown. Called inside the transaction that changes it, never elsewhere.

Rows are locked from the leaf to the root everywhere, the thread last, so that no two writers wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rejoinder.core.db import ask
from rejoinder.discussion import standings
from rejoinder.discussion.errors import parent_gone, thread_closed
from rejoinder.discussion.models import Comment, Standing
from rejoinder.discussion.standings import Moved


def appear(comment: Comment) -> list[Moved]:
    """A comment became listed: a gone parent with something beneath it is listed again too, and so on up.

    Returns what moved by that, for `touch`.
    """
    return _climb(comment, 1)


def vanish(comment: Comment) -> list[Moved]:
    """A comment is listed no more. A gone parent with nothing left beneath it goes too, and so on up."""
    return _climb(comment, -1)


def answer(comment: Comment) -> list[Moved]:
    """A new comment appears. Raises Conflict when what it answers went in the meantime.

    What it answers is locked here and not before: everybody who answers the same comment waits for that.
    """
    return _climb(comment, 1, new=True)


@dataclass(frozen=True, slots=True)
class _Above:
    """A comment's parent, after its reply_count has changed."""

    pk: int
    parent_id: int | None
    branch_id: int | None
    thread_id: int
    state: str
    reply_count: int

    def listed(self, replies: int) -> bool:
        return self.state == Comment.State.PUBLIC or replies > 0


def _climb(comment: Comment, by: int, *, new: bool = False) -> list[Moved]:
    # A loop up through gone ancestors only: the first public one ends it, usually at once.
    beneath: Counter[int] = Counter()
    moved: list[Moved] = []
    changed: Comment | _Above = comment
    while changed.parent_id:
        branch = changed.branch_id
        if branch:
            beneath[branch] += by
        # The head of a flat part stands above all that was climbed through, so its turn is last, or now.
        flat = beneath.pop(branch, 0) if branch == changed.parent_id else 0
        above = _count_reply(changed.parent_id, by, flat)
        if new and above.state != Comment.State.PUBLIC:
            raise parent_gone()
        before = above.reply_count - by
        if above.parent_id is None:
            moved.append(Moved(above.pk, above.thread_id, None, Standing.Key.REPLY_COUNT, before))
        if above.listed(above.reply_count) == above.listed(before):
            break
        Comment.objects.filter(pk=above.pk).update(listed=by > 0)
        changed = above
    for head, flat in beneath.items():
        _run("UPDATE rejoinder_comment SET branch_count = branch_count + %s WHERE id = %s", [flat, head])
    return moved


def _count_reply(number: int, by: int, flat: int) -> _Above:
    sets, values = "reply_count = reply_count + %s", [by]
    if flat:
        sets, values = f"{sets}, branch_count = branch_count + %s", [by, flat]
    row = _run(
        f"UPDATE rejoinder_comment SET {sets} WHERE id = %s "  # noqa: S608  (columns are the constants above)
        "RETURNING id, parent_id, branch_id, thread_id, state, reply_count",
        [*values, number],
    )
    return _Above(*row)


def _run(sql: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """The row that a statement returns, or an empty tuple."""
    return next(iter(ask(sql, values)), ())


def set_state(comment: Comment, state: str) -> None:
    """Change a comment's state with all that counts it. The comment's row must be locked by the caller."""
    was_public, is_public = comment.state == Comment.State.PUBLIC, state == Comment.State.PUBLIC
    listed = is_public or comment.reply_count > 0
    changed, comment.state, comment.listed = listed != comment.listed, state, listed
    Comment.objects.filter(pk=comment.pk).update(state=state, listed=listed)
    moved = (appear if listed else vanish)(comment) if changed else []
    touch(comment.thread_id, public=int(is_public) - int(was_public), moved=moved)


class Touched(NamedTuple):
    """A thread's counters after a change."""

    revision: int
    comment_count: int


def touch(thread: int, *, public: int = 0, moved: Sequence[Moved] = (), is_open: bool = False) -> Touched:
    """Raise a thread's revision, and its count of public comments by `public`. Last in a transaction.

    `moved`: the comments whose rank or count of replies became another; lists that are being read stay as they
    were. With `is_open` raises Conflict where the thread was closed in the meantime.
    """
    moves = standings.first_of_each(moved)
    settles = ", settled = revision + 1" if len(moves) > standings.MANY else ""
    found = _run(
        f"UPDATE rejoinder_thread SET revision = revision + 1, comment_count = comment_count + %s{settles} "  # noqa: S608
        f"WHERE id = %s{' AND closed IS NULL' if is_open else ''} RETURNING revision, comment_count",
        [public, thread],
    )
    if not found:
        raise thread_closed()
    touched = Touched(*found)
    if not settles:
        standings.record(moves, touched.revision)
    return touched
