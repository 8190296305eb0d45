"""Who is speaking from a page of another origin: sessions, and what leads to one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models.commenter import Commenter
from rejoinder.accounts.models.site import Site


class Session(models.Model):
    """A commenter who speaks on one site from one browser. Every use of it looks at this row."""

    class Kind(models.TextChoices):
        GUEST = "guest", _("guest")
        ACCOUNT = "account", _("account")
        SSO = "sso", _("signed in by the site")

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="sessions")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    # Where it was opened; what may be done with it is bound to the origin that each access token names.
    origin = models.CharField(max_length=300)
    # SHA-256 of the secret in the reader's cookie; none once the session has ended.
    secret = models.CharField(max_length=64, null=True, unique=True)
    # Of an account's password, or of how the site signs its tokens, when it was opened: another one ends it.
    stamp = models.CharField(max_length=64, blank=True, default="")
    created = models.DateTimeField()
    seen = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_session"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OneTimeCode(models.Model):
    """What the sign-in window hands to the page that opened it: for one origin, for a minute, for one use."""

    # SHA-256 of the code.
    digest = models.CharField(max_length=64, primary_key=True)
    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=300)
    stamp = models.CharField(max_length=64)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_one_time_code"


class Identity(models.Model):
    """Whom a site's own signed token speaks of: issuer and subject, and never the e-mail address."""

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="identities")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    # As the last token said. The picture's address is kept as text; nothing ever loads it.
    avatar = models.CharField(max_length=500, blank=True, default="")
    # Names of accounts.badges with spaces between.
    badges = models.CharField(max_length=100, blank=True, default="")
    created = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_identity"
        constraints = [
            models.UniqueConstraint(fields=["site", "issuer", "subject"], name="one_identity_a_subject")
        ]

    def __str__(self) -> str:
        return self.subject


class Authorship(models.Model):
    """That a commenter wrote the story beneath which a thread stands, as the site's own token said."""

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=500)  # the thread's

    class Meta:
        db_table = "rejoinder_authorship"
        constraints = [
            models.UniqueConstraint(fields=["site", "key", "commenter"], name="author_once_a_thread")
        ]


class UsedToken(models.Model):
    """The id (`jti`) of a token that was taken: it is taken once. Forgotten when the token has expired anyway."""

    # SHA-256 of site, issuer and id.
    digest = models.CharField(max_length=64, primary_key=True)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_used_token"
