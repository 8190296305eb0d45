"""What a site lets Assist do, and whether it learns at present."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Site


class Policy(models.Model):
    """One a site; a site without one has the defaults. Shares are between 0 and 1."""

    class Mode(models.TextChoices):
        OFF = "off", _("off")
        LOG = "log", _("sorts and says, does nothing")
        HOLD = "hold", _("may hold")
        BOTH = "hold-and-approve", _("may hold and approve")

    site = models.OneToOneField(
        Site, on_delete=models.CASCADE, related_name="assist_policy", primary_key=True
    )
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.LOG)
    # Of what is approved by itself, how much people would have rejected; of what they would have rejected, how much
    # is approved. One without the other guards nothing: at few rejections the first lets nearly all through.
    miss = models.FloatField(default=0.02)
    through = models.FloatField(default=0.10)
    # Whether what became of an author's earlier comments counts.
    use_record = models.BooleanField(default=True)

    # Decisions no longer look like those before: no automation until somebody has looked.
    alarmed = models.DateTimeField(null=True)
    alarm = models.JSONField(default=dict)  # {"language", "delay": decisions, "worse": -1 | 1}
    # State of the watch for that, by language of the version ("" is the site's): what learning.Drift writes, and
    # which example it has seen last.
    drift = models.JSONField(default=dict)
    # Somebody went back to an older version: no new one is made until they say so.
    paused = models.DateTimeField(null=True)

    # Who refits at present: one at a time, and a lease that ends by itself.
    refit_until = models.DateTimeField(null=True)
    refit_by = models.CharField(max_length=32, blank=True, default="")
    looked = models.DateTimeField(
        null=True
    )  # up to where (Example.changed) a refit has looked, whatever came of it
    outcome = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "rejoinder_assist_policy"

    def __str__(self) -> str:
        return self.mode

    @property
    def may_hold(self) -> bool:
        """Whether Assist may hold by itself at present."""
        return self.mode in {self.Mode.HOLD, self.Mode.BOTH} and self.alarmed is None

    @property
    def may_approve(self) -> bool:
        """Whether Assist may approve by itself at present, within both caps."""
        return self.mode == self.Mode.BOTH and self.alarmed is None
