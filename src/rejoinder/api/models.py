"""Programs that speak to the API."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, ProgramKey, Site


class ApiToken(ProgramKey):
    """What a program of a site's speaks with, in its own name."""

    class Scope(models.TextChoices):
        READ = "read", _("read what is the program's own")
        WRITE = "write", _("write and change comments in the program's name")
        FLAG = "flag", _("complain about comments")
        SOURCE = "source", _("send texts of pages, and who says what in them")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="api_tokens")
    # Under whose name it writes: a row of its own, with neither an account nor an edit token.
    commenter = models.ForeignKey(Commenter, on_delete=models.PROTECT, related_name="api_tokens")
    # Names of Scope with spaces between.
    scopes = models.CharField(max_length=100)

    class Meta:
        db_table = "rejoinder_api_token"

    def allows(self, scope: str) -> bool:
        return scope in self.scopes.split()
