"""How one talks to each other on a site, and what happens by itself where one does not."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Thread
from rejoinder.discussion.models.thread import MAX_SECTION


class Manners(models.Model):
    """A site's guidelines and what it does by itself. A site without a row has the defaults."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, primary_key=True, related_name="manners")
    guidelines = models.TextField(max_length=10_000, blank=True, default="")  # Markdown
    # Threads older than so many days are closed; 0: none is.
    close_after = models.PositiveIntegerField(default=0)
    # Seconds between two comments of one person in each of its threads; 0: as fast as they like.
    slow = models.PositiveIntegerField(default=0)
    # Whoever is about to send what is usually held is told so first, once.
    reconsider = models.BooleanField(default=False)
    # Whether what a thread's temperature calls for is done, or only written down.
    calms = models.BooleanField(default=False)
    # What is done, and from which share of bad in a hundred comments on.
    calm_by = models.CharField(max_length=4, choices=Thread.Calm.choices[1:], default=Thread.Calm.SLOW)
    hot = models.PositiveSmallIntegerField(default=30)

    class Meta:
        db_table = "rejoinder_manners"


class SectionPace(models.Model):
    """How the threads of one section go on, where that is other than on the rest of the site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="section_paces")
    section = models.CharField(max_length=MAX_SECTION)
    # As of Manners; nothing: as the site has it.
    slow = models.PositiveIntegerField(null=True)
    close_after = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "rejoinder_section_pace"
        constraints = [models.UniqueConstraint(fields=["site", "section"], name="section_pace_once")]

    def __str__(self) -> str:
        return self.section


class Heat(models.Model):
    """How much of what is written in a thread is reported or removed: sums that halve every hour (threads.heat)."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="heat")
    bad = models.FloatField(default=0)
    removed = models.FloatField(default=0)
    moment = models.DateTimeField()
    # Whether it is over the site's threshold, done anything or not.
    is_hot = models.BooleanField(default=False)

    class Meta:
        db_table = "rejoinder_heat"
        indexes = [models.Index(fields=["is_hot"], name="heat_hot", condition=models.Q(is_hot=True))]


class HeatChange(models.Model):
    """That a thread became hot or cool again, by which figures, and whether anything was done."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="heat_changes")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    is_hot = models.BooleanField()
    # Of a hundred comments.
    share = models.PositiveSmallIntegerField()
    # What was turned on or off; empty: only written down.
    did = models.CharField(max_length=4, blank=True, default="")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_heat_change"
        indexes = [models.Index(fields=["site", "created"], name="heat_change_lately")]
