"""What Assist holds of a person: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rejoinder.accounts.models import Commenter
from rejoinder.assist.models import Example
from rejoinder.core.db import writing

Line = dict[str, Any]
BATCH = 200


def export_person(commenter: Commenter) -> Iterator[Line]:
    """What was learned from what the person wrote."""
    mine = Example.objects.filter(author=commenter).select_related("site").order_by("pk")
    for example in mine.iterator(chunk_size=BATCH):
        yield {
            "type": "assist-example",
            "site": example.site.key,
            "about": example.key,
            "words": example.body,
            "label": "rejected" if example.label else "approved",
            "decided": example.at.isoformat(),
            "score": example.score,
        }


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """Nothing is learned from an erased person any more, whether or not their words stay in the discussion.

    Models forget them with the next refit.
    """
    with writing():
        Example.objects.filter(author=commenter).delete()


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What was written as a guest counts as the account's."""
    Example.objects.filter(author=guest).update(author=account)
