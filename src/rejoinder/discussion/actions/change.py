from __future__ import annotations

from datetime import datetime, timedelta

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.text.check import check_and_render
from rejoinder.core.text.render import RENDERER_VERSION
from rejoinder.discussion import counters, ports
from rejoinder.discussion.actions.highlights import lower_all
from rejoinder.discussion.errors import edit_over, no_comment, thread_closed
from rejoinder.discussion.events import CommentEdited, CommentStateChanged
from rejoinder.discussion.models import Comment, Edit, Receipt


def editable_until(comment: Comment, window: int) -> datetime | None:
    """Until when its author may edit a comment, or None when there is no telling (imported, gone)."""
    if comment.created is None or comment.state not in {Comment.State.PUBLIC, Comment.State.HELD}:
        return None
    return comment.created + timedelta(seconds=window)


def may_edit(viewer: Viewer, comment: Comment) -> bool:
    if viewer.number is None or comment.author_id != viewer.number or comment.thread.closed:
        return False
    until = editable_until(comment, viewer.site.edit_window)
    return until is not None and clock.now() <= until


def may_delete(viewer: Viewer, comment: Comment) -> bool:
    own = viewer.number is not None and comment.author_id == viewer.number
    return own and comment.state != Comment.State.DELETED


def _own(viewer: Viewer, comment: Comment) -> Comment:
    """The row, locked; NotFound when it is not the viewer's own."""
    found = Comment.objects.filter(pk=comment.pk, author=viewer.number, author__isnull=False)
    row: Comment | None = locked(found).first()
    if row is None:
        raise no_comment()
    return row


def edit_comment(*, viewer: Viewer, comment: Comment, body: str) -> Comment:
    """Change one's own words while the window for that is open; what they were is kept.

    Screened anew: an edit may be held like a new comment. Raises InvalidInput, Conflict, NotFound, and
    Refused for who may not speak at present.
    """
    new, html = check_and_render(body)
    viewer.check_may_speak()
    parent = comment.parent.public_id if comment.parent else ""
    prepared = ports.screener().prepare(viewer, comment.thread, new, parent)
    with writing():
        row = _own(viewer, comment)
        if row.thread.closed:
            raise thread_closed()
        if not may_edit(viewer, row):
            raise edit_over()
        if new == row.body:
            return row
        verdict = ports.screener().screen(ports.draft_of(row, viewer, new, prepared))
        _replace_body(row, new, html)
        events.publish(CommentEdited(site=viewer.site.pk, thread=row.thread_id, comment=row.pk))
        if verdict is not None:
            ports.screener().record(row, verdict)
        if verdict is not None and verdict.holds and row.state == Comment.State.PUBLIC:
            set_comment_state(comment=row, state=Comment.State.HELD)
        elif row.state == Comment.State.PUBLIC:
            counters.touch(row.thread_id)
    return row


def _replace_body(row: Comment, body: str, html: str) -> None:
    moment = clock.now()
    Edit.objects.create(comment=row, body=row.body, created=moment)
    row.body, row.html, row.renderer_version, row.edited = body, html, RENDERER_VERSION, moment
    row.save(update_fields=["body", "html", "renderer_version", "edited"])


def delete_comment(*, viewer: Viewer, comment: Comment) -> None:
    """Take one's own comment back: its words are erased, the replies keep their place."""
    with writing():
        row = _own(viewer, comment)
        if row.state == Comment.State.DELETED:
            return
        row.edits.all().delete()
        # Who takes words back may say them again.
        Receipt.objects.filter(comment=row).delete()
        row.body = row.html = row.author_name = ""
        row.save(update_fields=["body", "html", "author_name"])
        set_comment_state(comment=row, state=Comment.State.DELETED)


def set_comment_state(*, comment: Comment, state: str) -> None:
    """Change what may be seen of a comment. Who may, and why, is decided by the caller (moderation)."""
    with writing():
        row = locked(Comment.objects.filter(pk=comment.pk)).get()
        before = row.state
        if before == state:
            return
        events.publish(
            CommentStateChanged(
                site=row.thread.site_id, thread=row.thread_id, comment=row.pk, before=before, after=state
            )
        )
        counters.set_state(row, state)
        if state != Comment.State.PUBLIC and row.thread.highlights:
            lower_all(comment=row)
        comment.state, comment.listed = row.state, row.listed
