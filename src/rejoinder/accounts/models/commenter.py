"""Who: those who write, and what staff may do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models.site import Site

MAX_NAME = 60


class Commenter(models.Model):
    """Whoever writes or votes: a guest's or an account's row."""

    name = models.CharField(max_length=MAX_NAME, blank=True, default="")
    # What two names are compared by (core.text.skeleton.name_key).
    name_key = models.CharField(max_length=240, blank=True, default="", db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rejoinder_commenter",
    )
    # SHA-256 of the guest's edit token; the token itself is only in the guest's browser.
    guest_token = models.CharField(max_length=64, null=True, unique=True)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_commenter"

    def __str__(self) -> str:
        return self.name

    @property
    def is_guest(self) -> bool:
        """Known by an edit token alone. An account has a user of the server's or an identity of the site's."""
        return self.user_id is None and self.guest_token is not None


class Role(models.Model):
    """What a commenter is on one site."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        MODERATOR = "moderator", _("moderator")
        ANALYST = "analyst", _("analyst")

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="roles")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_role"
        constraints = [models.UniqueConstraint(fields=["commenter", "site"], name="one_role_a_site")]

    def __str__(self) -> str:
        return self.kind
