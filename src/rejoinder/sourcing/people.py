"""What sourcing holds of a person: that they worked at the desk, or told it of an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rejoinder.accounts.models import Commenter
from rejoinder.core.db import writing
from rejoinder.sourcing.models import Claim, ClaimStatus, Correction, SourceMerge
from rejoinder.sourcing.reports.people import claim_reports, erase_reports, export_reports

Line = dict[str, Any]


def export_person(commenter: Commenter) -> Iterator[Line]:
    """Claims they entered, what they said became of claims, sources they merged, corrections with a part of theirs, and
    errors that they reported."""
    for claim in Claim.objects.filter(actor=commenter).select_related("passage").order_by("pk").iterator():
        yield {"type": "claim", "quote": claim.passage.quote, "created": claim.created.isoformat()}
    for step in ClaimStatus.objects.filter(actor=commenter).order_by("pk").iterator():
        yield {
            "type": "status of a claim",
            "status": step.status,
            "reason": step.reason,
            "link": step.link,
            "created": step.created.isoformat(),
        }
    for merge in SourceMerge.objects.filter(actor=commenter).select_related("into").order_by("pk"):
        yield {"type": "sources merged", "into": merge.into.name, "created": merge.created.isoformat()}
    for part, of in (("made", {"actor": commenter}), ("reported", {"reporter": commenter})):
        for correction in Correction.objects.filter(**of).order_by("pk").iterator():
            yield {
                "type": f"correction {part}",
                "note": correction.note,
                "thanked": correction.thanked if part == "reported" else "",
                "created": correction.created.isoformat(),
            }
    yield from export_reports(commenter)


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """What was published stays, and names them no more, the thanks included."""
    with writing():
        for model in (Claim, ClaimStatus, Correction, SourceMerge):
            model.objects.filter(actor=commenter).update(actor=None)
        Correction.objects.filter(reporter=commenter).update(reporter=None, thanked="")
        erase_reports(commenter, keeps_words)


def claim_person(guest: Commenter, account: Commenter) -> None:
    """Who told of an error as a guest is the account's."""
    Correction.objects.filter(reporter=guest).update(reporter=account)
    claim_reports(guest, account)
