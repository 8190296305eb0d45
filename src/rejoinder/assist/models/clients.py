"""Programs that ask in Perspective's format, each with a key."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import ProgramKey, Site

QUOTA = 600  # requests a minute, where nothing is said


class Client(ProgramKey):
    """A program that asks about comments of one site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assist_clients")
    quota = models.PositiveIntegerField(default=QUOTA)

    class Meta:
        db_table = "rejoinder_assist_client"
