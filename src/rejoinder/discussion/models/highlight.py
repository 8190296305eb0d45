from __future__ import annotations

from django.db import models

from rejoinder.discussion.models.comment import Comment
from rejoinder.discussion.models.thread import Thread


class Highlight(models.Model):
    """That staff lifted a comment out: featured, so that it is marked, or pinned, so that it stands first in best."""

    class Kind(models.TextChoices):
        FEATURED = "featured"
        PINNED = "pinned"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="highlights")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_highlight"
        constraints = [models.UniqueConstraint(fields=["comment", "kind"], name="one_highlight_a_kind")]

    def __str__(self) -> str:
        return self.kind
