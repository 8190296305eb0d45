"""To whom we write, and about what. Addresses of readers are here and nowhere else."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models import MAX_NAME, Commenter, Site
from rejoinder.discussion.models import Comment
from rejoinder.discussion.models.thread import MAX_KEY


class Contact(models.Model):
    """An e-mail address that somebody gave on a site. Until it is confirmed it may be anybody's."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="contacts")
    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="contacts")
    email = models.CharField(max_length=254, db_index=True)
    confirmed = models.DateTimeField(null=True)
    stopped = models.DateTimeField(null=True)
    created = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_contact"
        constraints = [
            models.UniqueConstraint(fields=["site", "commenter", "email"], name="one_contact_an_address")
        ]

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """Tell me when this comment is answered."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="subscriptions")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="subscriptions")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_subscription"
        constraints = [models.UniqueConstraint(fields=["contact", "comment"], name="subscribed_once")]


class Notice(models.Model):
    """An answer that somebody is to be told of. What comes within a few minutes goes into one letter."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField(db_index=True)
    told = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_notice"
        constraints = [models.UniqueConstraint(fields=["contact", "comment"], name="told_once")]


class Waiting(models.Model):
    """A text that is no comment yet: its writer's address is to be confirmed first."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="waiting")
    # Of who, where and what: the same text sent again is the same row.
    digest = models.CharField(max_length=64)
    thread_key = models.CharField(max_length=MAX_KEY)
    url = models.CharField(max_length=2000, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    parent = models.CharField(max_length=20, blank=True, default="")
    name = models.CharField(max_length=MAX_NAME)
    body = models.TextField(max_length=10_000)
    notify = models.BooleanField(default=False)
    signals = models.JSONField(default=dict)
    # The place of the discussed text that it is about, as it was sent.
    place = models.JSONField(default=dict)
    block = models.CharField(max_length=64)
    created = models.DateTimeField(db_index=True)
    # What became of it.
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "rejoinder_waiting"
        constraints = [models.UniqueConstraint(fields=["contact", "digest"], name="waiting_once")]
