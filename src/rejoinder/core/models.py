"""What every app stands on: the event outbox, the jobs, and counts that protect."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that happened, stored in the transaction that made it happen (the outbox)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    created = models.DateTimeField(db_index=True)
    # To be told together with others of its kind (events.gather).
    waits = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "rejoinder_event"
        indexes = [models.Index(fields=["id"], name="event_waits", condition=models.Q(waits=True))]


class Job(models.Model):
    """Work to be done after commit. Leased by a worker, tried again with growing pauses, then parked."""

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    # Two jobs with the same key are one: what is already waiting is not enqueued again.
    key = models.CharField(max_length=200, null=True, unique=True)
    due = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(max_length=2000, blank=True, default="")
    parked = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_job"
        indexes = [
            models.Index(fields=["due", "id"], name="job_due", condition=models.Q(parked=None)),
        ]


class Schedule(models.Model):
    """When a periodic task last ran and is next due: one row a task, whatever the number of processes."""

    task = models.CharField(max_length=120, primary_key=True)
    next_due = models.DateTimeField()
    last_run = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_schedule"


class Tally(models.Model):
    """How often something happened within a window of time. Limits that protect count here, never per process."""

    key = models.CharField(max_length=128, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_tally"


class Cached(models.Model):
    """The shared cache without Valkey: the table of Django's database cache, made by our migrations."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rejoinder_cache"
