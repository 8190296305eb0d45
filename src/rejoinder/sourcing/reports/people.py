"""What is held of whoever reported an error: handing it over, erasing it, joining a guest's to an account's, and
letting it go in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, ids, jobs
from rejoinder.core.db import writing
from rejoinder.sourcing.models import ErrorReport

# After the answer: long enough to ask why, and no longer than it is of use.
KEPT = timedelta(days=180)


def export_reports(commenter: Commenter) -> Iterator[dict[str, Any]]:
    """What they reported, with all that they gave, and what became of it."""
    sent = ErrorReport.objects.filter(reporter=commenter).select_related("passage").order_by("pk")
    for report in sent.iterator():
        yield {
            "type": "error report",
            "number": ids.encode(report.pk),
            "quote": report.passage.quote,
            "words": report.words,
            "link": report.link,
            "name": report.name,
            "email": report.email,
            "thanks": report.thanks,
            "created": report.created.isoformat(),
            "state": report.state,
            "answer": report.answer,
        }


def erase_reports(commenter: Commenter, keeps_words: bool) -> None:
    """That something may be wrong there is still known; who said so is not. Within a transaction."""
    ErrorReport.objects.filter(actor=commenter).update(actor=None)
    sent = ErrorReport.objects.filter(reporter=commenter)
    if not keeps_words:
        sent.update(words="", link="")
    _forget(sent)


def claim_reports(guest: Commenter, account: Commenter) -> None:
    ErrorReport.objects.filter(reporter=guest).update(reporter=account)


@jobs.periodic("sourcing.forget_reporters", every=timedelta(days=1))
def forget_reporters() -> None:
    """Names and addresses go when the time is over."""
    with writing():
        answered = ErrorReport.objects.filter(answered__lt=clock.now() - KEPT)
        _forget(answered.exclude(reporter=None, name="", email=""))


def _forget(found: QuerySet[ErrorReport]) -> None:
    # What the mark was made of would tell whose it is.
    found.update(reporter=None, name="", email="", thanks=False, mark=Cast("pk", CharField(max_length=64)))
