"""What texts say as wholes, kept beside the examples: computed once a decision, erased with it.

Only where the further extra is installed, and for texts of models that take vectors.
"""

from __future__ import annotations

import time

from django.db.models import Count, QuerySet

from rejoinder.accounts.models import Site
from rejoinder.assist.examples import NEWEST
from rejoinder.assist.models import Example
from rejoinder.core.db import writing

BATCH = 50  # a second's work: what is done is written, so that a refit that is killed goes on where it was


def keep_vectors(site: Site, *, seconds: float | None = None) -> bool:
    """Compute what is missing, the newest first, for at most so long. Whether all is there now."""
    from rejoinder.assist.learning import meaning

    if not meaning.available():
        return True
    missing = list(_missing(site, meaning.LANGUAGES).values_list("pk", flat=True)[:NEWEST])
    ends = time.monotonic() + (seconds if seconds is not None else float("inf"))
    for begin in range(0, len(missing), BATCH):
        if time.monotonic() >= ends:
            return False
        rows = list(Example.objects.filter(pk__in=missing[begin : begin + BATCH]).only("pk", "body"))
        found = meaning.kept([row.body for row in rows])
        with writing():
            for row, vector in zip(rows, found, strict=True):
                # One that was decided anew meanwhile may say something else.
                Example.objects.filter(pk=row.pk, body=row.body).update(vector=vector)
    return True


def _missing(site: Site, languages: frozenset[str]) -> QuerySet[Example]:
    """Examples without a vector, newest first: all where most are in a language that vectors help with, else those."""
    examples = Example.objects.filter(site=site, left_out=False)
    usual = examples.values("language").annotate(count=Count("pk")).order_by("-count").first()
    lacking = examples.filter(vector=None).order_by("-at", "-pk")
    return lacking if usual and usual["language"] in languages else lacking.filter(language__in=languages)
