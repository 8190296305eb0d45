"""What people complain of and what staff decide."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Comment, Thread


class Flag(models.Model):
    """A reader's complaint about a comment, with a reason."""

    class Reason(models.TextChoices):
        ABUSE = "abuse", _("Insult or threat")
        HATE = "hate", _("Hatred against a group")
        SPAM = "spam", _("Advertising or spam")
        OFF_TOPIC = "off-topic", _("Not about the story")
        FALSE = "false", _("False statement of fact")
        PRIVACY = "privacy", _("Shows private information")
        ILLEGAL = "illegal", _("Against the law")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="flags")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=1000, blank=True, default="")
    created = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_flag"
        constraints = [models.UniqueConstraint(fields=["comment", "reporter"], name="one_flag_a_reporter")]

    def __str__(self) -> str:
        return self.reason


class Decision(models.Model):
    """What was decided about a comment or a thread: by whom, why, on what text. Rows are only added."""

    class Action(models.TextChoices):
        APPROVE = "approve", _("approve")
        HOLD = "hold", _("hold")
        REMOVE = "remove", _("remove")
        RESTORE = "restore", _("restore")
        CLOSE = "close", _("close")
        REOPEN = "reopen", _("reopen")
        HOLD_NEW = "hold-new", _("hold new comments")
        STOP_HOLDING = "stop-holding", _("stop holding new comments")

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="decisions")
    thread = models.ForeignKey(Thread, null=True, on_delete=models.PROTECT, related_name="decisions")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=16, choices=Action.choices)
    # A sentence that the author gets to read.
    reason = models.CharField(max_length=500)
    # None when a rule decided; then `rule` names it.
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="decisions")
    rule = models.CharField(max_length=80, blank=True, default="")
    # What was seen when it was decided.
    text_seen = models.TextField(max_length=10_000, blank=True, default="")
    # How it was written, where a rule held it: [{name, weight, figure}], see signals. For those who moderate.
    signals = models.JSONField(default=list)
    created = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_decision"

    def __str__(self) -> str:
        return f"{self.action}: {self.reason}"
