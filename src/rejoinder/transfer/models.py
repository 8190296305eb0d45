"""What was brought in, so that the same file twice adds nothing."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Thread


class Import(models.Model):
    """One page that was imported: which, when, into which thread, and what was found."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    # Names the page, not the file: title and first words, or the canonical URL.
    identity = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    report = models.JSONField()
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_import"
        constraints = [models.UniqueConstraint(fields=["site", "identity"], name="page_imported_once")]
