"""What waits for somebody who moderates, and groups of stories that they watch."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.models.thread import MAX_SECTION

# The queues that a card can stand in, by the column that says so. One more, `all`, is those of any of them.
QUEUES = ("held", "reported", "suspected", "new", "appeal")


def _indexes() -> list[models.Index]:
    """Each queue in its order, and by what is least certain, with the row number to go on from."""
    found = [
        models.Index(fields=["site", "rank", "comment"], name="card_all"),
        models.Index(fields=["site", "doubt", "comment"], name="card_all_doubt"),
    ]
    for name in QUEUES:
        only = Q((name, True))
        found += [
            models.Index(fields=["site", "rank", "comment"], name=f"card_{name}", condition=only),
            models.Index(fields=["site", "doubt", "comment"], name=f"card_{name}_doubt", condition=only),
        ]
    return found


class Card(models.Model):
    """A comment that waits for a decision, with all that its place in the queues is made of. No decision: it waits.

    `rank` is stored and never changes by time alone: created / tau - ln(p x severity x exposure), smaller is first, so
    that what waits longer comes up by itself (see queue.placing). `doubt` is |p - 1/2|.
    """

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="card")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(
        Commenter, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # As it was when the card was placed: what queues are narrowed by.
    section = models.CharField(max_length=MAX_SECTION, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    rule = models.CharField(max_length=80, blank=True, default="")

    held = models.BooleanField(default=False)
    reported = models.BooleanField(default=False)
    suspected = models.BooleanField(default=False)
    new = models.BooleanField(default=False)
    appeal = models.BooleanField(default=False)

    # How probable it is that it would be rejected, how bad it then is, how many may see it meanwhile.
    p = models.FloatField()
    severity = models.FloatField(default=1.0)
    exposure = models.FloatField(default=1.0)
    rank = models.FloatField()
    doubt = models.FloatField()
    created = models.DateTimeField()
    # When it came or came back, in microseconds: who looks at a queue asks for what is later than that.
    changed = models.BigIntegerField()

    class Meta:
        db_table = "rejoinder_card"
        indexes = [
            *_indexes(),
            models.Index(fields=["site", "changed"], name="card_changed"),
            models.Index(fields=["site", "section", "rank", "comment"], name="card_section"),
            models.Index(fields=["site", "language", "rank", "comment"], name="card_language"),
            models.Index(fields=["site", "rule", "rank", "comment"], name="card_rule"),
            models.Index(fields=["thread", "rank", "comment"], name="card_thread"),
            models.Index(fields=["person", "rank", "comment"], name="card_person"),
        ]

    def __str__(self) -> str:
        return f"card of comment {self.pk}"

    @property
    def whys(self) -> list[str]:
        """The queues it stands in."""
        return [name for name in QUEUES if getattr(self, name)]


class Watch(models.Model):
    """A named group of stories, whose cards can be looked at together."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="watches")
    name = models.CharField(max_length=80)
    created = models.DateTimeField()
    threads = models.ManyToManyField(Thread, related_name="+", db_table="rejoinder_watch_thread")

    class Meta:
        db_table = "rejoinder_watch"
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="watch_once_a_name")]

    def __str__(self) -> str:
        return self.name
