from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.sourcing.models.document import Document, Passage
from rejoinder.sourcing.models.source import Source

MAX_UNIT, MAX_WRITTEN, MAX_PLACE, MAX_REASON = 60, 120, 120, 500


class Matter(models.Model):
    """What several claims are about: they are shown side by side, their figures on one axis."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="matters")
    title = models.CharField(max_length=160)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_matter"

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """A statement in a story, tied to its passage and to who makes it."""

    class Manner(models.TextChoices):
        SAYS = "says", _("says")
        CLAIMS = "claims", _("claims")
        DENIES = "denies", _("denies")
        ESTIMATES = "estimates", _("estimates")
        DOCUMENTS = "documents", _("documents")

    class Status(models.TextChoices):
        REPORTED = "reported", _("reported")
        CORROBORATED = "corroborated", _("corroborated")
        DISPUTED = "disputed", _("disputed")
        FALSE = "false", _("false")
        RETRACTED = "retracted", _("retracted")

    # The passage's, for one index.
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="claims")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="claims")
    sources = models.ManyToManyField(Source, through="ClaimSource", related_name="claims")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="claims")
    manner = models.CharField(max_length=9, choices=Manner.choices)
    said_on = models.DateField(null=True)
    # Of what is claimed: when and where it is said to have been.
    of_date = models.DateField(null=True)
    of_place = models.CharField(max_length=MAX_PLACE, blank=True, default="")
    # The figure, where there is one; its words as they stand in the text. See sourcing.figures.Figure.
    figure_low = models.DecimalField(null=True, max_digits=24, decimal_places=4)
    figure_high = models.DecimalField(null=True, max_digits=24, decimal_places=4)
    figure_approx = models.BooleanField(default=False)
    figure_unit = models.CharField(max_length=MAX_UNIT, blank=True, default="")
    figure_written = models.CharField(max_length=MAX_WRITTEN, blank=True, default="")
    # That of the newest row of its history.
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.REPORTED)
    # Raised by each change: who changes a claim says which state they saw.
    revision = models.PositiveIntegerField(default=1)
    # Who entered it. Shown to nobody outside the desk.
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()
    changed = models.DateTimeField()
    # Taken back at the desk as an error of ours: not shown, not counted, not lost.
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_claim"


class ClaimSource(models.Model):
    """That a claim is this source's, too."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="links")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="links")

    class Meta:
        db_table = "rejoinder_claim_source"
        constraints = [models.UniqueConstraint(fields=["claim", "source"], name="source_once_a_claim")]


class ClaimStatus(models.Model):
    """One step in the history of a claim: what is known of it since when, and why. Never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=12, choices=Claim.Status.choices)
    reason = models.CharField(max_length=MAX_REASON, blank=True, default="")
    # Checked: http or https.
    link = models.CharField(max_length=2000, blank=True, default="")
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_claim_status"


class Correction(models.Model):
    """What was wrong in a text and is right now."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="corrections")
    passage = models.ForeignKey(Passage, null=True, on_delete=models.PROTECT, related_name="corrections")
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    note = models.TextField()
    # The version of the text that has it right.
    version = models.PositiveIntegerField()
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who told the desk, and the name by which they wish to be thanked (empty: they do not, or were not asked).
    reporter = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    thanked = models.CharField(max_length=60, blank=True, default="")
    created = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_correction"
