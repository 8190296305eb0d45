"""Who a story rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rejoinder.sourcing.models import Document, Source
from rejoinder.sourcing.queries.claims import Shown, claims_of


@dataclass(frozen=True, slots=True)
class Share:
    """Sources of one kind and side. `share`: 0 to 1, of the sourced statements; all shares together are 1.

    A statement of two sources counts half for either. `statements`: how many name one of these sources.
    """

    kind: str
    side: str
    share: float
    statements: int
    sources: tuple[Source, ...]


def rests_on(claims: Document | Iterable[Shown]) -> list[Share]:
    """Sources by kind and side, the largest share first. No statement of its own for claims that are at hand.

    Claims without a source do not count: they rest on nobody.
    """
    shown = claims_of(claims) if isinstance(claims, Document) else claims
    sourced = [one for one in shown if one.sources]
    weights: dict[tuple[str, str], float] = defaultdict(float)
    naming: dict[tuple[str, str], set[int]] = defaultdict(set)
    sources: dict[tuple[str, str], dict[int, Source]] = defaultdict(dict)
    for one in sourced:
        for source in one.sources:
            key = source.kind, source.side
            weights[key] += 1 / len(one.sources) / len(sourced)
            naming[key].add(one.claim.pk)
            sources[key][source.pk] = source
    shares = [
        Share(kind, side, weights[kind, side], len(naming[kind, side]), tuple(named.values()))
        for (kind, side), named in sources.items()
    ]
    return sorted(shares, key=lambda share: (-share.share, share.kind, share.side))
