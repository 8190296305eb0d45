from __future__ import annotations

from django.db import models

from rejoinder.discussion.models.comment import Comment
from rejoinder.discussion.models.thread import Thread


class Standing(models.Model):
    """Where a comment stood among its siblings before it rose or fell: a key that it held for some revisions.

    So a list is read on as it was when its reading began, while ranks change. Kept for a time (see standings).
    """

    class Key(models.IntegerChoices):
        RANK = 1
        REPLY_COUNT = 2  # of roots alone: replies are not sorted by it

    # Without constraints in the database: each would look a row up at every vote, and comments are never deleted.
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    # The comment's own: its siblings are those of this parent, or the roots of the thread.
    parent = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    key = models.PositiveSmallIntegerField(choices=Key.choices)
    value = models.BigIntegerField()
    # It was so in the thread's revisions since <= revision < until. The comment's own row tells the present one.
    since = models.PositiveBigIntegerField()
    until = models.PositiveBigIntegerField()
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_standing"
        indexes = [
            models.Index(fields=["thread", "parent", "key", "until", "since"], name="standing_siblings"),
            models.Index(fields=["comment", "key", "until"], name="standing_comment"),
        ]
