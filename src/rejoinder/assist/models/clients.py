"""Programs that ask in Perspective's format, each with a key."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Site

QUOTA = 600  # requests a minute, where nothing is said


class Client(models.Model):
    """A program that asks about comments of one site. The key itself is shown once and kept nowhere."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assist_clients")
    name = models.CharField(max_length=60)
    # SHA-256 of the key.
    digest = models.CharField(max_length=64, unique=True)
    quota = models.PositiveIntegerField(default=QUOTA)
    created = models.DateTimeField()
    # To the hour.
    used = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_assist_client"

    def __str__(self) -> str:
        return self.name
