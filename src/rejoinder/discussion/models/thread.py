from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site

MAX_KEY = 500
MAX_TITLE = MAX_BYLINE = 300
MAX_SECTION = 120


class Thread(models.Model):
    """The discussion of one page, named by site and key."""

    class Mode(models.TextChoices):
        """Who may say what."""

        OPEN = "open", _("everybody writes and answers")
        QUESTIONS = "questions", _("readers ask, invited people answer")
        STAFF = "staff", _("only invited people write")

    class Calm(models.TextChoices):
        """What was turned on by itself, because much was reported lately; turned off by itself too."""

        NOTHING = "", _("nothing")
        SLOW = "slow", _("slow")
        HOLD = "hold", _("hold")

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="threads")
    key = models.CharField(max_length=MAX_KEY)
    # Where the discussed page is; empty for a thread that is its own page.
    url = models.CharField(max_length=2000, blank=True, default="")
    title = models.CharField(max_length=MAX_TITLE, blank=True, default="")
    # What the page says of itself, read by ourselves (discussion.metadata); `read`: when that last worked.
    byline = models.CharField(max_length=MAX_BYLINE, blank=True, default="")
    section = models.CharField(max_length=MAX_SECTION, blank=True, default="")
    published = models.DateTimeField(null=True)
    read = models.DateTimeField(null=True)
    # The title that came with the first comment: anybody can have written it, so only staff are shown it.
    hint = models.CharField(max_length=MAX_TITLE, blank=True, default="")
    created = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    # Hold every new comment of this thread, whatever the site says.
    hold = models.BooleanField(default=False)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.OPEN)
    # Seconds between two comments of one person; 0: as its section and site have it; AS_FAST: as fast as they like.
    slow = models.PositiveIntegerField(default=0)
    # Closed after so many days; 0: never; nothing: as its section and site have it.
    close_after = models.PositiveIntegerField(null=True)
    calm = models.CharField(max_length=4, choices=Calm.choices, blank=True, default=Calm.NOTHING)
    # How many of its comments staff lifted out; nearly always none, and then nobody need ask which.
    highlights = models.PositiveSmallIntegerField(default=0)
    # That its page's text was corrected; where it never was, nobody need ask when.
    corrected = models.BooleanField(default=False)
    # The site's prior when the thread began: all ranks of one thread are made with the same.
    prior_up = models.FloatField(default=1.0)
    prior_down = models.FloatField(default=1.0)
    # Raised by every visible change, in its transaction; touched last, so the row is locked briefly.
    revision = models.PositiveBigIntegerField(default=0)
    # The revision since which it is known how every comment stood (see standings); before it, nobody reads on.
    settled = models.PositiveBigIntegerField(default=0)
    # Public comments.
    comment_count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "rejoinder_thread"
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="thread_once_a_key")]

    def __str__(self) -> str:
        return self.title or self.key

    # The key that it was asked for by: one that it had before, where it was moved since.
    asked_as = ""

    # How slow a discussion becomes by itself: long enough to read what one answers.
    CALM_PAUSE = 60
    AS_FAST = 1

    @property
    def holds(self) -> bool:
        """Whether each new comment waits here, by hand or by itself."""
        return self.hold or self.calm == self.Calm.HOLD

    @property
    def is_by_invitation(self) -> bool:
        """Whether only some may answer here: who is invited, and staff."""
        return self.mode != self.Mode.OPEN

    @property
    def is_born(self) -> bool:
        """Whether it is stored; one that nobody has written in yet may not be."""
        return not self._state.adding


class Alias(models.Model):
    """A key that a thread had before it was moved, or that of a thread merged into it: it still leads there."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=MAX_KEY)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="aliases")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_alias"
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="alias_once_a_key")]

    def __str__(self) -> str:
        return self.key


class Answerer(models.Model):
    """Somebody invited to speak in a thread where not everybody may (see Thread.Mode)."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="answerers")
    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_answerer"
        constraints = [models.UniqueConstraint(fields=["thread", "commenter"], name="answerer_once")]
