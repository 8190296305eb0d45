"""What Assist holds of a person: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.actions import ask_for_refit
from rejoinder.assist.models import Example, Score
from rejoinder.core import ids
from rejoinder.core.db import writing

Line = dict[str, Any]
BATCH = 200


def export_person(commenter: Commenter) -> Iterator[Line]:
    """What was learned from what the person wrote, and what Assist said of it."""
    mine = Example.objects.filter(author=commenter).select_related("site").order_by("pk")
    for example in mine.iterator(chunk_size=BATCH):
        yield {
            "type": "assist-example",
            "site": example.site.key,
            "about": example.key,
            "words": example.body,
            "label": "rejected" if example.label else "approved",
            "decided": example.at.isoformat(),
        }
    for score in Score.objects.filter(comment__author=commenter).order_by("pk").iterator(chunk_size=BATCH):
        yield {
            "type": "assist-score",
            "comment": ids.encode(score.pk),
            "score": score.score,
            "probability": score.probability,
            "reasons": score.reasons,
            "made": score.made.isoformat(),
        }


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """Nothing is learned from an erased person any more, whether or not their words stay in the discussion.

    The models forget them with the next refit, which comes in any case. Whoever decided stays, as in the log.
    """
    mine = Example.objects.filter(author=commenter)
    for site in Site.objects.filter(pk__in=mine.values("site")):
        with writing():
            mine.filter(site=site).delete()
            ask_for_refit(site, forced=True)
    with writing():
        Score.objects.filter(comment__author=commenter).delete()


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What was written as a guest counts as the account's."""
    Example.objects.filter(author=guest).update(author=account)
