from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site

MAX_SOURCE_NAME = 160


class Source(models.Model):
    """Who says it: one row of a site's register."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official")
        PARTY = "party", _("party to the conflict")
        AGENCY = "agency", _("news agency")
        MEDIUM = "medium", _("medium")
        WITNESS = "witness", _("witness")
        DOCUMENT = "document", _("document")
        EXPERT = "expert", _("expert")
        REPORTER = "reporter", _("our own reporter")
        UNNAMED = "unnamed", _("unnamed")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=MAX_SOURCE_NAME)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # On whose side it is, or what interest it has: a few words, shown to readers.
    side = models.CharField(max_length=80, blank=True, default="")
    # Checked: http or https.
    link = models.CharField(max_length=2000, blank=True, default="")
    # Why its name is not told.
    reason = models.CharField(max_length=300, blank=True, default="")
    # It was found to be another one: what it said is the other's, and its page leads there.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="merged")
    # Raised by each change: who changes a source says which state they saw.
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_source"
        indexes = [models.Index(fields=["site", "name"], name="source_by_name")]

    def __str__(self) -> str:
        return self.name


class SourceName(models.Model):
    """A name that a source goes by, its own included: one name is one source's."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=MAX_SOURCE_NAME)
    # What names are compared by: see sourcing.names.
    key = models.CharField(max_length=MAX_SOURCE_NAME * 4)

    class Meta:
        db_table = "rejoinder_source_name"
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="source_name_once_a_site")]

    def __str__(self) -> str:
        return self.name


class SourceMerge(models.Model):
    """That one source was found to be another, and what came over with it: enough to take it back."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="merges")
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    # Numbers of claims that named `source`: those that did not name `into` too, and those that named both.
    moved = models.JSONField(default=list)
    shared = models.JSONField(default=list)
    # Names that came over.
    names = models.JSONField(default=list)
    created = models.DateTimeField()
    undone = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_source_merge"
