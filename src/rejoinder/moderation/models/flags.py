"""What people complain of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models.decisions import Decision


class Flag(models.Model):
    """A reader's complaint about a comment, with a reason, and what came of it."""

    class Reason(models.TextChoices):
        ABUSE = "abuse", _("Insult or threat")
        HATE = "hate", _("Hatred against a group")
        SPAM = "spam", _("Advertising or spam")
        OFF_TOPIC = "off-topic", _("Not about the story")
        FALSE = "false", _("False statement of fact")
        PRIVACY = "privacy", _("Shows private information")
        ILLEGAL = "illegal", _("Against the law")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        OPEN = "", _("not decided yet")
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("not upheld")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="flags")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=1000, blank=True, default="")
    created = models.DateTimeField(db_index=True)
    # Keyed digest of the address block it came from, dropped after 30 days.
    block = models.CharField(max_length=64, blank=True, default="")
    # Whoever reported it asked to be told by mail what is decided; over once they were.
    tell = models.BooleanField(default=False)
    # What staff decided, and by which decision.
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="flags")

    class Meta:
        db_table = "rejoinder_flag"
        constraints = [models.UniqueConstraint(fields=["comment", "reporter"], name="one_flag_a_reporter")]
        indexes = [models.Index(fields=["created"], name="flag_from", condition=~Q(block=""))]

    def __str__(self) -> str:
        return self.reason
