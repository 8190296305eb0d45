"""Counters that follow what is shown. Called inside the transaction that changes it, never elsewhere."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from rejoinder.core.db import locked
from rejoinder.discussion.models import Comment, Thread


def appear(comment: Comment) -> None:
    """A comment becomes listed. A gone parent with something beneath it is listed again too, and so on up."""
    _step(comment, 1)


def vanish(comment: Comment) -> None:
    """A comment is listed no more. A gone parent with nothing left beneath it goes too, and so on up."""
    _step(comment, -1)


def _step(comment: Comment, by: int) -> None:
    beneath: Counter[int | None] = Counter()
    _climb(comment, by, beneath)
    # The head of a flat part stands above all that was climbed through, so its turn is last.
    for head in filter(None, beneath):
        Comment.objects.filter(pk=head).update(branch_count=F("branch_count") + beneath[head])


def _climb(comment: Comment, by: int, beneath: Counter[int | None]) -> None:
    # A loop up through gone ancestors only: the first public one ends it, usually at once. Rows are locked
    # from the leaf to the root everywhere, so that no two writers wait for each other.
    changed: Comment | None = comment
    while changed is not None:
        Comment.objects.filter(pk=changed.pk).update(listed=by > 0)
        if not changed.parent_id:
            return
        Comment.objects.filter(pk=changed.parent_id).update(reply_count=F("reply_count") + by)
        beneath[changed.branch_id] += by
        parent = locked(Comment.objects.filter(pk=changed.parent_id)).get()
        should = parent.state == Comment.State.PUBLIC or parent.reply_count > 0
        changed = parent if should != parent.listed else None


def set_state(comment: Comment, state: str) -> None:
    """Change a comment's state with all that counts it. The comment's row must be locked by the caller."""
    was_public, is_public = comment.state == Comment.State.PUBLIC, state == Comment.State.PUBLIC
    comment.state = state
    Comment.objects.filter(pk=comment.pk).update(state=state)
    listed = is_public or comment.reply_count > 0
    if listed != comment.listed:
        comment.listed = listed
        (appear if listed else vanish)(comment)
    touch(comment.thread_id, public=int(is_public) - int(was_public))


def touch(thread: int, *, public: int = 0) -> None:
    """Raise a thread's revision, and its count of public comments by `public`. Last in a transaction."""
    Thread.objects.filter(pk=thread).update(
        revision=F("revision") + 1, comment_count=F("comment_count") + public
    )
