"""Lifting a comment out of its discussion: featured, or pinned to its head. Who may is the caller's to check."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.discussion import counters
from rejoinder.discussion.models import Comment, Highlight, Standing, Thread
from rejoinder.discussion.orders import pinned_rank, unpinned_rank
from rejoinder.discussion.standings import Moved

# More than these would push what readers chose out of sight.
MOST_PINNED = 3


def highlight(*, comment: Comment, kind: str) -> None:
    """Feature or pin a comment. Raises Conflict where it is not public, is so already, or enough are pinned."""
    with writing():
        row = _row(comment)
        if row.state != Comment.State.PUBLIC:
            raise Conflict(_("Only what is public can be lifted out."), code="not-public")
        if Highlight.objects.filter(comment=row, kind=kind).exists():
            raise Conflict(_("Somebody did this in between; it is so already."), code="decided")
        if kind == Highlight.Kind.PINNED:
            _check_place(row)
        Highlight.objects.create(comment=row, thread_id=row.thread_id, kind=kind, created=clock.now())
        _touch(row, kind, by=1)


def lower(*, comment: Comment, kind: str) -> None:
    """Take a highlight back. Raises Conflict where there is none."""
    with writing():
        row = _row(comment)
        if not Highlight.objects.filter(comment=row, kind=kind).delete()[0]:
            raise Conflict(_("Somebody did this in between; it is so already."), code="decided")
        _touch(row, kind, by=-1)


def lower_all(*, comment: Comment) -> None:
    """What is public no more is not lifted out either. The comment's row is locked by the caller."""
    for kind in Highlight.objects.filter(comment=comment).values_list("kind", flat=True):
        lower(comment=comment, kind=kind)


def _row(comment: Comment) -> Comment:
    row: Comment = locked(Comment.objects.filter(pk=comment.pk)).get()
    return row


def _check_place(row: Comment) -> None:
    if row.parent_id is not None:
        message = _(
            "An answer stands beneath what it answers; only comments of the first level can be pinned."
        )
        raise InvalidInput(code="pin", message=message, field="action")
    if Highlight.objects.filter(thread=row.thread_id, kind=Highlight.Kind.PINNED).count() >= MOST_PINNED:
        message = _("%(most)d comments are pinned here already; take one down first.") % {"most": MOST_PINNED}
        raise Conflict(message, code="pins")


def _touch(row: Comment, kind: str, *, by: int) -> None:
    moved = []
    if kind == Highlight.Kind.PINNED:
        stood = row.rank
        row.rank = pinned_rank(stood) if by > 0 else unpinned_rank(stood)
        Comment.objects.filter(pk=row.pk).update(rank=row.rank)
        moved = [Moved(row.pk, row.thread_id, row.parent_id, Standing.Key.RANK, stood)]
    Thread.objects.filter(pk=row.thread_id).update(highlights=F("highlights") + by)
    counters.touch(row.thread_id, moved=moved)
