"""What belongs to a person: the names they had, whom they do not want to read, and that they asked to be forgotten."""

from __future__ import annotations

from django.db import models

from rejoinder.accounts.models.commenter import MAX_NAME, Commenter


class NameChange(models.Model):
    """That somebody took another name. Comments keep the name that they were signed with."""

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="name_changes")
    before = models.CharField(max_length=MAX_NAME, blank=True)
    after = models.CharField(max_length=MAX_NAME)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_name_change"

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"


class Mute(models.Model):
    """One person does not want to read another. Only the one who mutes knows."""

    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_mute"
        constraints = [models.UniqueConstraint(fields=["commenter", "muted"], name="muted_once")]


class Erasure(models.Model):
    """That a person asked to be erased. Holds nothing of them: the number and the age of a row that is emptied.

    Both name the row, so that in a database restored from a backup nobody else who got the number is hit.
    """

    number = models.BigIntegerField()
    made = models.DateTimeField()
    # Comments stay, without a name; otherwise their words go too.
    keeps_words = models.BooleanField()
    asked = models.DateTimeField()
    done = models.DateTimeField(null=True)

    class Meta:
        db_table = "rejoinder_erasure"
        constraints = [models.UniqueConstraint(fields=["number", "made"], name="erased_once")]
