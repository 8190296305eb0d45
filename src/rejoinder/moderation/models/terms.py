"""What a site lays down about its moderation."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Site


class Terms(models.Model):
    """How a site accounts for what it decides. A site without a row has the defaults."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, primary_key=True, related_name="terms")
    # Whether readers may see what was removed beneath a story, and why.
    shows_removed = models.BooleanField(default=False)
    # Whether decisions can be appealed against here, and within how many days an appeal is to be answered.
    appeals = models.BooleanField(default=True)
    appeal_days = models.PositiveSmallIntegerField(default=7)
    # Within how many days a notice that something is against the law is decided, and for how many days after that the
    # name and the address of whoever sent it are kept, and what they wrote.
    notice_days = models.PositiveSmallIntegerField(default=7)
    notice_keep = models.PositiveSmallIntegerField(default=365)
    # How many independent, trusted readers' reports put a comment before a moderator, unseen until then; 0: none do.
    hide_after = models.PositiveSmallIntegerField(default=0)
    # The site's own sentence for a ground, by its code; one that is not here has the sentence of decisions.codes.
    sentences = models.JSONField(default=dict)

    class Meta:
        db_table = "rejoinder_terms"
