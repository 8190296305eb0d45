"""Programs that speak to the API."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site


class ApiToken(models.Model):
    """What a program of a site's speaks with, in its own name. The token itself is shown once and kept nowhere."""

    class Scope(models.TextChoices):
        READ = "read", _("read what is the program's own")
        WRITE = "write", _("write and change comments in the program's name")
        FLAG = "flag", _("complain about comments")
        SOURCE = "source", _("send texts of pages, and who says what in them")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="api_tokens")
    # Under whose name it writes: a row of its own, with neither an account nor an edit token.
    commenter = models.ForeignKey(Commenter, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    # Names of Scope with spaces between.
    scopes = models.CharField(max_length=100)
    # SHA-256 of the token.
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    # To the hour.
    used = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_api_token"

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: str) -> bool:
        return scope in self.scopes.split()
