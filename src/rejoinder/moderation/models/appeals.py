"""What somebody says against a decision about what they wrote, and how that ended."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Commenter, Site
from rejoinder.moderation.models.decisions import Decision


class Appeal(models.Model):
    """One appeal against one decision, by the person it is about. Answered by a decision of its own (`outcome`)."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="appeals")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    appellant = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="appeals")
    body = models.TextField(max_length=2000)
    created = models.DateTimeField()
    # Until when it is to be answered.
    due = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    outcome = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        db_table = "rejoinder_appeal"
        indexes = [models.Index(fields=["site", "answered", "due"], name="appeal_waiting")]

    def __str__(self) -> str:
        return f"appeal against decision {self.decision_id}"
