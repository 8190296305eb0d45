"""What is laid on a person, or given to one, on one site."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.moderation.models.decisions import Decision


class Sanction(models.Model):
    """A state of a person on a site that a decision began, and that another one, or time, ends."""

    class Kind(models.TextChoices):
        WARN = "warn", _("warned")
        SUSPEND = "suspend", _("suspended")
        BAN = "ban", _("banned")
        HOLD = "hold", _("read first")  # each comment of this person waits for a moderator
        TRUST = "trust", _("trusted")  # spared what is asked of newcomers

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="sanctions")
    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # The sentence that the person reads.
    reason = models.CharField(max_length=500)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    created = models.DateTimeField()
    # When it ends by itself; None: never.
    ends = models.DateTimeField(null=True)
    # When it was taken back, or, of a warning, when it was read.
    lifted = models.DateTimeField(null=True)
    # Keyed digest of a guest's address block, where new guests from there are kept out too; dropped with `ends`.
    block = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "rejoinder_sanction"
        indexes = [
            models.Index(fields=["site", "commenter"], name="sanction_of", condition=Q(lifted=None)),
            models.Index(
                fields=["site", "block"], name="sanction_from", condition=Q(lifted=None) & ~Q(block="")
            ),
            models.Index(fields=["commenter", "id"], name="sanction_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class Whereabouts(models.Model):
    """Where a guest wrote from last, so that a ban can reach their next guest: a keyed digest, for thirty days."""

    commenter = models.OneToOneField(
        Commenter, on_delete=models.CASCADE, primary_key=True, related_name="whereabouts"
    )
    block = models.CharField(max_length=64)
    seen = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_whereabouts"
