"""Sites: publications, where their pages lie, and their rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Site(models.Model):
    """One publication. Owns threads, staff and rules; one server has many."""

    class GuestEmail(models.TextChoices):
        """Whether a guest gives an e-mail address."""

        NONE = "none", _("not asked for")
        OPTIONAL = "optional", _("may be given")
        REQUIRED = "required", _("must be given")
        CONFIRMED = "confirmed", _("must be given and confirmed before the comment is stored")

    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    # Rules of the house.
    hold_all = models.BooleanField(default=False)
    edit_window = models.PositiveIntegerField(default=15 * 60, help_text="seconds")
    guests = models.BooleanField(default=True)
    guest_email = models.CharField(max_length=9, choices=GuestEmail.choices, default=GuestEmail.NONE)
    # Pages of what a person wrote here.
    profiles = models.BooleanField(default=True)
    # Single sign-on by the site's own signed tokens (accounts.sites checks them together).
    sso_issuer = models.CharField(max_length=300, blank=True, default="")
    sso_audience = models.CharField(max_length=300, blank=True, default="")
    # For HS256, at least 32 bytes; empty: none. Needed as it is, so never shown and never exported.
    sso_secret = models.CharField(max_length=300, blank=True, default="")
    sso_jwks_url = models.CharField(max_length=500, blank=True, default="")
    # Names of JWA (RFC 7518, RFC 8037) with spaces between.
    sso_algorithms = models.CharField(max_length=60, blank=True, default="")
    sso_roles = models.BooleanField(default=False)  # claims may give roles
    sso_required = models.BooleanField(default=False)  # nobody speaks here but by the site's token
    # What approval is like here before a comment has votes (pseudo-votes), learned by discussion.orders.
    prior_up = models.FloatField(default=1.0)
    prior_down = models.FloatField(default=1.0)
    # Raised by every change of what all pages of the site show; see actions.raise_edition.
    edition = models.PositiveBigIntegerField(default=0)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_site"

    def __str__(self) -> str:
        return self.name


class Origin(models.Model):
    """An origin whose pages may have threads on this site: scheme, host and port, compared exactly."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="origins")
    origin = models.CharField(max_length=300)

    class Meta:
        db_table = "rejoinder_origin"
        constraints = [models.UniqueConstraint(fields=["site", "origin"], name="origin_once_a_site")]

    def __str__(self) -> str:
        return self.origin
