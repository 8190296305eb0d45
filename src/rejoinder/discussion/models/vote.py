from __future__ import annotations

from django.db import models
from django.db.models import Q

from rejoinder.accounts.models import Commenter
from rejoinder.discussion.models.comment import Comment
from rejoinder.discussion.models.thread import Thread


class Vote(models.Model):
    """One person's opinion of one comment: up (1) or down (-1)."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField()
    # False while the voter waits for admission to the thread; the comment's counts hold counted votes only.
    counted = models.BooleanField(default=True)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_vote"
        constraints = [
            models.UniqueConstraint(fields=["comment", "voter"], name="one_vote_a_voter"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="vote_up_or_down"),
        ]


class Admission(models.Model):
    """A guest's first vote in a thread. One new guest an address block in ten minutes counts, the rest wait."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    voter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="+")
    # Keyed digest of the address block, dropped after 30 days.
    block = models.CharField(max_length=64, blank=True, default="")
    created = models.DateTimeField()
    admitted = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_admission"
        constraints = [models.UniqueConstraint(fields=["thread", "voter"], name="admitted_once_a_thread")]
        indexes = [models.Index(fields=["thread", "block", "admitted"], name="admission_block")]
