"""Claims with all that a page shows of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.models import Claim, ClaimSource, ClaimStatus, Document, Passage, Source

_IN_TEXT = (Passage.State.PLACED, Passage.State.CHANGED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim, its sources by name, and its history, oldest first; its passage and its matter come with it."""

    claim: Claim
    sources: tuple[Source, ...]
    history: tuple[ClaimStatus, ...]

    @property
    def passage(self) -> Passage:
        return self.claim.passage

    @property
    def figure(self) -> Figure | None:
        claim = self.claim
        if claim.figure_low is None and claim.figure_high is None:
            return None
        return Figure(
            low=claim.figure_low,
            high=claim.figure_high,
            unit=claim.figure_unit,
            approx=claim.figure_approx,
            written=claim.figure_written,
        )


def claims_of(document: Document, *, everywhere: bool = False) -> list[Shown]:
    """The claims of a text in the order in which they are read: three statements, whatever their number.

    `everywhere`: for the desk, those too whose passages wait or are detached; they come last.
    """
    claims = Claim.objects.filter(document=document, withdrawn=None)
    if not everywhere:
        claims = claims.filter(passage__state__in=_IN_TEXT)
    found = claims_shown(claims.order_by("passage__begin", "passage__end", "pk"))
    return sorted(found, key=lambda shown: not shown.passage.is_in_text)


def revision_of(document: Document) -> str:
    """What the claims of a text are at: another one as soon as any is added, changed or withdrawn. One statement.

    Those whose words wait for their publication are not part of it.
    """
    claims = Claim.objects.filter(document=document, withdrawn=None)
    claims = claims.exclude(passage__state=Passage.State.WAITING).order_by("pk")
    return _digest(claims.values_list("pk", "revision"))


def _digest(claims: Iterable[tuple[int, int]]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for number, revision in claims:
        digest.update(f"{number}:{revision};".encode())
    return digest.hexdigest()


NOTHING: Final = _digest(())  # the revision of a text without claims


def claims_shown(claims: QuerySet[Claim]) -> list[Shown]:
    """Any claims with what is shown of them: three statements."""
    found = list(claims.select_related("passage", "matter", "document"))
    numbers = [claim.pk for claim in found]
    sources = _sources(numbers)
    history: dict[int, list[ClaimStatus]] = defaultdict(list)
    for step in ClaimStatus.objects.filter(claim__in=numbers).order_by("pk"):
        history[step.claim_id].append(step)
    return [Shown(claim, tuple(sources[claim.pk]), tuple(history[claim.pk])) for claim in found]


def _sources(claims: Sequence[int]) -> dict[int, list[Source]]:
    links = ClaimSource.objects.filter(claim__in=claims).select_related("source")
    found: dict[int, list[Source]] = defaultdict(list)
    for link in links.order_by("source__name", "pk"):
        found[link.claim_id].append(link.source)
    return found
