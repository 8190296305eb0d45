"""What Assist said of a comment, as it said it then."""

from __future__ import annotations

from django.db import models

from rejoinder.assist.models.versions import Version
from rejoinder.discussion.models import Comment


class Score(models.Model):
    """One a comment, of its present words."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="assist_score"
    )
    # None: the shipped prior alone.
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    score = models.FloatField()  # 0..1, for ordering
    probability = models.FloatField(null=True)  # None before it can be calibrated
    reasons = models.JSONField(default=list)
    language = models.CharField(max_length=12, blank=True, default="")
    # What automation would have done, or did: "hold", "approve" or nothing.
    would = models.CharField(max_length=8, blank=True, default="")
    # One of the few that people decide without being shown a score, to know how often Assist misses.
    blind = models.BooleanField(default=False)
    made = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_assist_score"
        indexes = [models.Index(fields=["comment"], condition=models.Q(blind=True), name="score_blind")]

    def __str__(self) -> str:
        return f"score of comment {self.pk}"
