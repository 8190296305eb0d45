"""What is held of a person here: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rejoinder.accounts.models import Commenter
from rejoinder.core.db import writing
from rejoinder.moderation.models import Decision, DecisionText, Sanction, Whereabouts

BATCH = 200


def export_person(commenter: Commenter) -> Iterator[dict[str, Any]]:
    """What was decided about the person, and said to or noted about them."""
    about = Decision.objects.filter(person=commenter).select_related("words", "site").order_by("id")
    for decision in about.iterator(chunk_size=BATCH):
        yield {
            "type": "decision-about-me",
            "site": decision.site.key,
            "action": decision.action,
            "reason": decision.reason,
            "seconds": decision.seconds,
            "words": decision.text_seen,
            "created": decision.created.isoformat(),
        }
    for seen in Whereabouts.objects.filter(commenter=commenter):
        yield {"type": "network-address-block", "digest": seen.block, "created": seen.seen.isoformat()}


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """What was said to them or noted about them goes, and where they wrote from. That it was decided stays."""
    with writing():
        DecisionText.objects.filter(decision__person=commenter).delete()
        Whereabouts.objects.filter(commenter=commenter).delete()
        Sanction.objects.filter(commenter=commenter).update(block="")


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What holds of a guest holds of the account that they turn out to be."""
    Sanction.objects.filter(commenter=guest).update(commenter=account)
    Whereabouts.objects.filter(commenter=guest).delete()
