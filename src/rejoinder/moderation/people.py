"""What moderation holds of a person: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, ids
from rejoinder.core.db import writing
from rejoinder.moderation.models import Appeal, Card, Decision, DecisionText, Fingerprint, Flag

Line = dict[str, Any]
BATCH = 200


def export_person(commenter: Commenter) -> Iterator[Line]:
    """Complaints that the person made, and decisions about what they wrote."""
    for flag in Flag.objects.filter(reporter=commenter).order_by("id").iterator(chunk_size=BATCH):
        yield {
            "type": "flag",
            "comment": ids.encode(flag.comment_id),
            "reason": flag.reason,
            "note": flag.note,
            "outcome": flag.outcome,
            "created": flag.created.isoformat(),
        }
    about = Decision.objects.filter(comment__author=commenter).select_related("words").order_by("id")
    for decision in about.iterator(chunk_size=BATCH):
        yield {
            "type": "decision",
            "comment": ids.encode(decision.comment_id or 0),
            "action": decision.action,
            "reason": decision.reason,
            "rule": decision.rule,
            "text_seen": decision.text_seen,
            "created": decision.created.isoformat(),
        }
    yield from _appeals(commenter)


def _appeals(commenter: Commenter) -> Iterator[Line]:
    made = Appeal.objects.filter(appellant=commenter).select_related("site", "outcome").order_by("id")
    for appeal in made.iterator(chunk_size=BATCH):
        yield {
            "type": "appeal",
            "site": appeal.site.key,
            "words": appeal.body,
            "created": appeal.created.isoformat(),
            "answered": appeal.answered.isoformat() if appeal.answered else None,
            "outcome": appeal.outcome.reason if appeal.outcome else "",
        }


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """A complaint and an appeal stay without who made it and what they wrote. Of decisions the words go that were read.

    Nobody waits for the answer to an appeal any more. The chain of decisions holds without the words.
    """
    with writing():
        Appeal.objects.filter(appellant=commenter, answered=None).update(answered=clock.now())
        Appeal.objects.filter(appellant=commenter).update(appellant=None, body="")
        Flag.objects.filter(reporter=commenter).update(reporter=None, note="", block="")
        if not keeps_words:
            DecisionText.objects.filter(decision__comment__author=commenter).delete()
            Fingerprint.objects.filter(comment__author=commenter).delete()


def claim_person(guest: Commenter, account: Commenter) -> None:
    """Who complained as a guest and as an account has complained once."""
    mine = Flag.objects.filter(reporter=account).values("comment")
    Flag.objects.filter(reporter=guest, comment__in=mine).update(reporter=None)
    Flag.objects.filter(reporter=guest).update(reporter=account)
    Card.objects.filter(person=guest).update(person=account)
    Appeal.objects.filter(appellant=guest).update(appellant=account)
