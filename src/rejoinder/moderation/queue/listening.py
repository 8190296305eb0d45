"""What its author took back waits for nobody. All else takes its card away with the change itself."""

from __future__ import annotations

from rejoinder.core import events
from rejoinder.core.db import writing
from rejoinder.discussion.events import CommentStateChanged
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Card


@events.listen(CommentStateChanged, name="moderation.queue")
def forget_deleted(event: CommentStateChanged) -> None:
    if event.after == Comment.State.DELETED:
        with writing():
            Card.objects.filter(pk=event.comment).delete()
