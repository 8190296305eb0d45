"""What was learned, each time: kept with how well it did on the decisions that came later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rejoinder.accounts.models import Commenter, Site


class Version(models.Model):
    """One model of a site, for one language or (language "") for all. At most one of these is active."""

    class State(models.TextChoices):
        ACTIVE = "active"
        SUPERSEDED = "superseded"
        REFUSED = "refused"  # it did worse on later decisions than the active one
        REVERTED = "reverted"  # somebody went back to another

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=12, blank=True, default="")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    # learning.dump; nothing is ever unpickled. Empty once it is so old that nobody goes back to it.
    blob = models.BinaryField(null=True)
    examples = models.PositiveIntegerField()
    until = models.DateTimeField(null=True)  # the latest decision it has learned from
    # After an alarm only what was decided since then is learned from, with the model before it (its number) as a
    # feature: begins again without forgetting.
    since = models.DateTimeField(null=True)
    base = models.PositiveIntegerField(null=True)
    evaluation = models.JSONField(default=dict)
    thresholds = models.JSONField(default=dict)
    made = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "rejoinder_assist_version"
        constraints = [
            models.UniqueConstraint(fields=["site", "language", "number"], name="version_once"),
            models.UniqueConstraint(
                fields=["site", "language"], condition=Q(state="active"), name="one_active_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language or 'all'} {self.number}"
