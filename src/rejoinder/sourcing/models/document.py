from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Site
from rejoinder.discussion.models.thread import MAX_KEY


class Document(models.Model):
    """The text of a page, ours or anyone's, named by site and key as its thread is: what passages point to."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="documents")
    key = models.CharField(max_length=MAX_KEY)
    language = models.CharField(max_length=12, blank=True, default="")
    # The number of the version that readers have; 0: it has not been published yet.
    version = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_document"
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="document_once_a_key")]

    def __str__(self) -> str:
        return self.key


class DocumentVersion(models.Model):
    """What a document said from one publication to the next. Never changed, never dropped."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    # Plain text, NFC; a blank line between blocks.
    text = models.TextField()
    # SHA-256 of the text: the same words are no new version.
    digest = models.CharField(max_length=64)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_document_version"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_once_a_number")]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.number}"


class Passage(models.Model):
    """A place in a document's text: the words that were chosen, and where they are now.

    `quote` to `chosen_in` are the anchor and never change; `begin` to `score` say where it stands, or last stood.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not in a published text yet")
        PLACED = "placed", _("in its place")
        CHANGED = "changed", _("its words have changed")
        DETACHED = "detached", _("no longer in the text")

    class How(models.TextChoices):
        EXACT = "exact", _("the same words")
        DIFF = "diff", _("by what was changed")
        FUZZY = "fuzzy", _("by likeness")
        HAND = "hand", _("by hand")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    quote = models.TextField()
    before = models.CharField(max_length=32, blank=True, default="")
    after = models.CharField(max_length=32, blank=True, default="")
    position = models.PositiveIntegerField()
    # The version in which it was chosen; 0: in a draft.
    chosen_in = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    # Characters (code points) of the text of version `stood_in`: [begin, end). The present version's unless the
    # passage waits or is detached.
    begin = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    stood_in = models.PositiveIntegerField(default=0)
    how = models.CharField(max_length=5, choices=How.choices, default=How.EXACT)
    # Likeness of what stands there to what was chosen: 0 to 1.
    score = models.FloatField(default=1.0)
    # That a comment was tied to it, whatever became of that.
    talked = models.BooleanField(default=False)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_passage"
        indexes = [models.Index(fields=["document", "state"], name="passage_state")]

    def __str__(self) -> str:
        return self.quote[:60]

    @property
    def is_in_text(self) -> bool:
        """Whether readers have it before them: in its place, or there with other words."""
        return self.state in {self.State.PLACED, self.State.CHANGED}
