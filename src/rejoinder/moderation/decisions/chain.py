"""The chain: each site's decisions, sealed one onto the other, so that a row that is changed later does not fit.

Recording takes no lock for it: many are held at once in a busy thread, and whoever sealed within that transaction
would make all others wait until it ends. Rows are sealed afterwards, in the order of their numbers as far as they are
there, under the lock of the site's head: by a job every half minute, and by whoever reads the log
(docs/decisions/0017).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from rejoinder.accounts.models import Site
from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.moderation.models import Chain, Decision, DecisionText

BATCH = 500  # decisions sealed in one transaction
EVERY = timedelta(seconds=30)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """SHA-256 of salt and text, hexadecimal. Without the salt nobody can try out which words these were."""
    return _sha(salt + text)


def link(row: Decision, before: str) -> str:
    """The digest that seals a decision onto the one before it: of all that it says, its text by that text's digest.

    The thread is no part of it: merging threads moves decisions along with their comments.
    """
    content = [
        "decision 1",
        row.site_id,
        row.pk,
        clock.micros(row.created),
        row.actor_id,
        row.rule,
        row.action,
        row.code,
        row.comment_id,
        row.person_id,
        row.undoes_id,
        row.seconds,
        row.machine,
        _sha(row.reason),
        row.text_digest,
        before,
    ]
    return _sha(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def _unsealed() -> QuerySet[Decision]:
    return Decision.objects.filter(position=None)


def seal(site: int) -> int:
    """Seal what waits on a site. Returns how many decisions those were. Opens transactions of its own."""
    count = 0
    while sealed := _seal_batch(site):
        count += sealed
    return count


def _seal_batch(site: int) -> int:
    if not _unsealed().filter(site=site).exists():
        return 0
    with writing():
        Chain.objects.bulk_create([Chain(site_id=site)], ignore_conflicts=True)
        head: Chain = locked(Chain.objects.filter(site=site)).get()
        # Only what is there can be sealed: a number may be given before, and committed after, that of another.
        waiting = list(_unsealed().filter(site=site).order_by("pk")[:BATCH])
        for row in waiting:
            head.position, head.digest = head.position + 1, link(row, head.digest)
            row.position, row.digest = head.position, head.digest
        Decision.objects.bulk_update(waiting, ["position", "digest"], batch_size=100)
        head.save(update_fields=["position", "digest"])
    return len(waiting)


@jobs.periodic("moderation.seal_decisions", every=EVERY)
def seal_all() -> None:
    """Seal what waits on any site."""
    for site in _unsealed().order_by().values_list("site", flat=True).distinct():
        seal(site)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the decision's number (0: none of them), its place, and what does not fit."""

    decision: int
    position: int
    why: str  # "missing", "changed", "words", "head"


def verify(site: Site) -> Break | None:
    """The first place at which a site's chain does not fit, or None. Reads every decision of the site."""
    position, before = 0, ""
    rows = Decision.objects.filter(site=site).exclude(position=None).order_by("position")
    for row in rows.iterator(chunk_size=2000):
        position += 1
        if row.position != position:
            return Break(row.pk, position, "missing")
        before = link(row, before)
        if row.digest != before:
            return Break(row.pk, position, "changed")
    head = Chain.objects.filter(site=site).first()
    if (head.position if head else 0, head.digest if head else "") != (position, before):
        return Break(0, position, "head")
    return next(_changed_words(site), None)


def _changed_words(site: Site) -> Iterator[Break]:
    """Words that are not those that were read. Erased ones are not there, and are no break."""
    texts = DecisionText.objects.filter(decision__site=site).select_related("decision").order_by("pk")
    for text in texts.iterator(chunk_size=500):
        if text_digest(text.salt, text.body) != text.decision.text_digest:
            yield Break(text.decision_id, text.decision.position or 0, "words")


def head_of(site: Site) -> tuple[int, str]:
    """How many decisions a site's chain has, and the digest that closes it: noted elsewhere, it proves what was."""
    head = Chain.objects.filter(site=site).first()
    return (head.position, head.digest) if head else (0, "")
