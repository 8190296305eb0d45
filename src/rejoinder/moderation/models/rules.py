"""What a site has its comments looked at for, and what was found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.models.thread import MAX_SECTION


class Rule(models.Model):
    """One rule of a site: what it looks for, where, and what then. Every change of it is a decision."""

    class Kind(models.TextChoices):
        EVERYTHING = "everything", _("Every comment")
        REPEATS = "repeats", _("Much the same as others")
        PHRASES = "phrases", _("Words and phrases")
        PATTERN = "pattern", _("A pattern")
        NEWCOMER = "newcomer", _("First comments of a person")
        RECORD = "record", _("Much of the person was removed")
        LINKS = "links", _("Links and pictures")
        SERVICE = "service", _("A service of your own")
        AKISMET = "akismet", _("Akismet")

    class Verdict(models.TextChoices):
        HOLD = "hold", _("hold it until a moderator has read it")
        REFUSE = "refuse", _("do not take it, and say why")
        CARD = "card", _("let it appear, and put it before a moderator")

    class Mode(models.TextChoices):
        OFF = "off", _("off")
        LOG = "log", _("only note")
        ON = "on", _("on")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="rules")
    # Where it holds: in one thread, in one section, or (both empty) on the whole site.
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="rules")
    section = models.CharField(max_length=MAX_SECTION, blank=True, default="")
    # Written into decisions: those who moderate and those it holds read it.
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # What it looks for: phrases, one a line; a regular expression; the address of a service.
    words = models.TextField(blank=True, default="")
    # Figures by name, what they mean is said by screening.kinds.
    figures = models.JSONField(default=dict)
    # What a service is known by: the key of its signatures. Never shown again, never exported.
    secret = models.CharField(max_length=120, blank=True, default="")
    verdict = models.CharField(max_length=6, choices=Verdict.choices, default=Verdict.HOLD)
    mode = models.CharField(max_length=3, choices=Mode.choices, default=Mode.LOG)
    # How bad it is where it is right: 1 to 5, the order of the queue.
    severity = models.PositiveSmallIntegerField(default=2)
    # The ground, of decisions.codes; and what its author is told, where the site has words of its own.
    code = models.CharField(max_length=20, blank=True, default="")
    sentence = models.CharField(max_length=500, blank=True, default="")
    # Why it was taken down to "only note" by itself; empty: it was not.
    fault = models.CharField(max_length=200, blank=True, default="")
    # Raised by each change, so that what was compiled from it is known to be old.
    revision = models.PositiveIntegerField(default=1)
    # Of the hits that were noted, those whose rows are dropped.
    dropped = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_rule"
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="rule_name_once_a_site")]

    def __str__(self) -> str:
        return self.name


class RuleHit(models.Model):
    """What a rule that is only to note would have done. The newest are kept, the others counted."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="hits")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    found = models.CharField(max_length=200, blank=True, default="")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_rule_hit"


class Fingerprint(models.Model):
    """By what a text is found again though some of its words were changed: see screening.fingerprints."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    first = models.BigIntegerField(db_index=True)
    second = models.BigIntegerField(db_index=True)
    third = models.BigIntegerField(db_index=True)
    fourth = models.BigIntegerField(db_index=True)
    created = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_fingerprint"
