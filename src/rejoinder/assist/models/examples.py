"""What people decided, with the words they decided about: what Assist learns from."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Commenter, Site

MAX_KEY = 200


class Example(models.Model):
    """One decision about one text. A later one about the same takes its place and keeps the one before it."""

    class Source(models.TextChoices):
        DECISION = "decision"  # of this server's moderators
        CLIENT = "client"  # of somebody's who speaks Perspective's format

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.DECISION)
    # `comment:<number>`, or what a client calls it: no relation, so that examples outlive nothing by accident.
    key = models.CharField(max_length=MAX_KEY)
    language = models.CharField(max_length=12, blank=True, default="")
    label = models.PositiveSmallIntegerField()  # 1: rejected, 0: approved
    weight = models.FloatField(default=1.0)  # less than one where a client was not sure itself
    at = models.DateTimeField()
    changed = models.DateTimeField()  # when this row said something new: an old decision may be learned late
    body = models.TextField()
    parent = models.TextField(blank=True, default="")
    # Who wrote it: a commenter of ours, or whatever a client calls them.
    author = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    author_key = models.CharField(max_length=64, blank=True, default="")
    # Who decided, and whether they had seen what Assist says; unknown for clients.
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    saw = models.BooleanField(null=True)
    # What Assist said when it was decided.
    score = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    # The decision that this one took the place of.
    label_before = models.PositiveSmallIntegerField(null=True)
    at_before = models.DateTimeField(null=True)
    actor_before = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    # Somebody said that nothing is to be learned from it.
    left_out = models.BooleanField(default=False)
    # What the body says as a whole (learning.meaning), where the further extra is installed.
    vector = models.BinaryField(null=True)

    class Meta:
        db_table = "rejoinder_assist_example"
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="example_once")]
        indexes = [
            models.Index(fields=["site", "at", "id"], name="example_time"),
            models.Index(fields=["site", "changed"], name="example_changed"),
        ]

    def __str__(self) -> str:
        return self.key
