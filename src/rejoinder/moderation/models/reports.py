"""What was counted: a site's days, and its transparency reports as they were published."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Site


class Day(models.Model):
    """What happened on a site on one day (UTC), counted anew until the day is over."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    written = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    flags = models.PositiveIntegerField(default=0)
    # The last comment that is in `written`: the next count goes on from there.
    last = models.BigIntegerField(default=0)

    class Meta:
        db_table = "rejoinder_day"
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="one_row_a_day")]


class Report(models.Model):
    """A transparency report as it was published: its figures do not change with what happens later."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="reports", db_index=False)
    year = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_report"
        constraints = [models.UniqueConstraint(fields=["site", "year"], name="one_report_a_year")]
