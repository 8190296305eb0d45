"""A comment for whoever asks for it alone: drawn as in a window, with what they may do."""

from __future__ import annotations

from rejoinder.accounts.viewer import Viewer
from rejoinder.api import shapes
from rejoinder.api.access import Speaker
from rejoinder.api.listing import fields
from rejoinder.discussion import pages
from rejoinder.discussion.actions.change import editable_until, may_delete, may_edit
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import may_answer
from rejoinder.discussion.views.reading import draw_one


def own(speaker: Speaker, comment: Comment) -> shapes.Own:
    """What its author may still do with a comment, and until when."""
    viewer = speaker.viewer
    editable = may_edit(viewer, comment)
    may = [*(["edit"] if editable else []), *(["delete"] if may_delete(viewer, comment) else [])]
    return shapes.Own(until=editable_until(comment, viewer.site.edit_window) if editable else None, may=may)


def drawn(speaker: Speaker, comment: Comment) -> shapes.Drawn:
    viewer = speaker.viewer
    is_own = viewer.number is not None and comment.author_id == viewer.number
    known = is_own or viewer.moderates
    shown = pages.one(viewer.site, comment, own=known)
    mine = own(speaker, comment)
    return shapes.Drawn.model_validate(
        {
            **fields(comment.thread, shown),
            "html": draw_one(viewer, comment),
            "body": comment.body if known else "",
            "until": mine.until,
            "may": [*mine.may, *_anybody(viewer, comment, is_own)],
        }
    )


def _anybody(viewer: Viewer, comment: Comment, is_own: bool) -> list[str]:
    """What does not depend on whether it is theirs."""
    if comment.state != Comment.State.PUBLIC:
        return []
    written = ["reply"] if may_answer(viewer, comment.thread) else []
    return written if is_own else [*written, *([] if comment.thread.closed else ["vote"]), "flag"]
