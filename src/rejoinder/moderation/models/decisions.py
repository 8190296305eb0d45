"""What staff and rules decide, chained so that a later change is seen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Comment, Thread


class Decision(models.Model):
    """What was decided about a comment, a thread, a person or the site: by whom, why, on what text.

    Rows are only added, and only by `moderation.decisions.record`; see docs/decisions/0017.
    """

    class Action(models.TextChoices):
        APPROVE = "approve", _("approve")
        HOLD = "hold", _("hold")
        REMOVE = "remove", _("remove")
        RESTORE = "restore", _("restore")
        CLOSE = "close", _("close")
        REOPEN = "reopen", _("reopen")
        HOLD_NEW = "hold-new", _("hold new comments")
        STOP_HOLDING = "stop-holding", _("stop holding new comments")
        FEATURE = "feature", _("feature")
        UNFEATURE = "unfeature", _("no longer feature")
        PIN = "pin", _("pin")
        UNPIN = "unpin", _("unpin")
        WARN = "warn", _("warn")
        MESSAGE = "message", _("write to the person")
        SUSPEND = "suspend", _("suspend for a time")
        UNSUSPEND = "unsuspend", _("end the suspension")
        BAN = "ban", _("ban")
        UNBAN = "unban", _("end the ban")
        NOTE = "note", _("note")
        IGNORE_FLAGS = "ignore-flags", _("ignore reports")
        SLOW = "slow", _("slow mode")
        STOP_SLOW = "stop-slow", _("end slow mode")
        MODE = "mode", _("change who may write")
        RULE = "rule", _("change a rule")
        APPEAL_UPHELD = "appeal-upheld", _("uphold an appeal")
        APPEAL_REJECTED = "appeal-rejected", _("reject an appeal")
        NOTICE_UPHELD = "notice-upheld", _("act on a notice")
        NOTICE_REJECTED = "notice-rejected", _("reject a notice")
        MISUSE = "misuse", _("put complaints aside")
        TRUST = "trust", _("trust")
        DISTRUST = "distrust", _("no longer trust")
        UNDO = "undo", _("undo")

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="decisions")
    # Where the comment stood; a merge of threads moves it along, so it is no part of the chain.
    thread = models.ForeignKey(Thread, null=True, on_delete=models.PROTECT, related_name="decisions")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="decisions")
    # Whom a decision about a person is about; for one about a comment, its author is.
    person = models.ForeignKey(Commenter, null=True, on_delete=models.PROTECT, related_name="decided_about")
    action = models.CharField(max_length=16, choices=Action.choices)
    # A sentence that the author gets to read. What is said to or noted about a person alone is DecisionText.
    reason = models.CharField(max_length=500)
    # A stable name of the ground (see decisions.codes), by which reports count.
    code = models.CharField(max_length=20, blank=True, default="")
    # None when a rule decided; then `rule` names it.
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.PROTECT, related_name="decisions")
    rule = models.CharField(max_length=80, blank=True, default="")
    # What a program had to do with it, in a few words; empty: nothing.
    machine = models.CharField(max_length=120, blank=True, default="")
    # How it was written, where a rule held it: [{name, weight, figure}], see signals. For those who moderate.
    signals = models.JSONField(default=list)
    # The decision that this one takes back.
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    # How long it holds (a suspension), or how far apart (slow mode).
    seconds = models.PositiveIntegerField(null=True)
    created = models.DateTimeField(db_index=True)

    # SHA-256 of the salt and the text as it was seen; empty where there was none.
    text_digest = models.CharField(max_length=64, blank=True, default="")
    # The place in the site's chain, and the digest that closes it there (decisions.chain). None until sealed.
    position = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "rejoinder_decision"
        constraints = [models.UniqueConstraint(fields=["site", "position"], name="one_decision_a_link")]
        indexes = [
            models.Index(fields=["site", "id"], name="decision_log"),
            models.Index(fields=["id"], name="decision_unsealed", condition=Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.reason}"

    @property
    def text_seen(self) -> str:
        """What was seen when it was decided; empty where that was erased."""
        try:
            return self.words.body
        except DecisionText.DoesNotExist:
            return ""


class DecisionText(models.Model):
    """The words that a decision was made on, with the salt of their digest. Erasing a person deletes the row."""

    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    body = models.TextField(max_length=10_000)
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "rejoinder_decision_text"


class Chain(models.Model):
    """The head of a site's chain of decisions: what the next one is sealed onto. Locked by whoever seals."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, primary_key=True, related_name="chain")
    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "rejoinder_chain"
