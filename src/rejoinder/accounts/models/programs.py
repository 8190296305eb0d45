"""What programs speak with, whoever they speak to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import DatabaseError, models

from rejoinder.core import clock
from rejoinder.core.db import writing

USED = timedelta(hours=1)  # how exactly it is remembered when a key was used last


class ProgramKey(models.Model):
    """A program's key of some kind, by the name of the program. The key itself is shown once and kept nowhere."""

    name = models.CharField(max_length=60)
    # SHA-256 of the key.
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def end(self) -> None:
        """Take it back: refused from the next request on."""
        if self.ended is None:
            self.ended = clock.now()
            with writing():
                self.save(update_fields=["ended"])

    def remember_use(self) -> None:
        """Note that it was used, once an hour at most."""
        moment = clock.now()
        if self.used is None or moment - self.used > USED:
            self.used = moment
            with writing():
                self.save(update_fields=["used"])

    @classmethod
    def digests_ended(cls) -> list[str]:
        """The digests of those of this kind that were taken back; none where the database cannot tell."""
        try:
            return list(cls._default_manager.exclude(ended=None).values_list("digest", flat=True))
        except DatabaseError:
            return []

    @classmethod
    def end_again(cls, digests: Iterable[str]) -> int:
        """Take back those that a backup brought to life. Returns how many those were."""
        with writing():
            alive = cls._default_manager.filter(digest__in=list(digests), ended=None)
            return alive.update(ended=clock.now())
