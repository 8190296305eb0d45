"""Claims and corrections of a story for machines: schema.org's Claim, citation and CorrectionComment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.newsroom.sourced import source_url
from rejoinder.sourcing.models import Claim, Correction, Passage, Source
from rejoinder.sourcing.queries import Shown, claims_shown

# Who says it: persons, the others are organisations; documents are works, which say nothing but are cited.
_PERSONS: Final = frozenset({"witness", "expert", "reporter", "unnamed"})
# Of one story in a feed; the page has all.
_IN_FEED: Final = 20


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _source(source: Source, root: str) -> dict[str, Any]:
    kind = "CreativeWork" if source.kind == "document" else "Organization"
    kind = "Person" if source.kind in _PERSONS else kind
    return _present(
        {"@type": kind, "name": source.name, "url": root + source_url(source), "sameAs": source.link}
    )


def claim_nodes(claims: Iterable[Shown], url: str, root: str) -> list[dict[str, Any]]:
    """A node for each claim; `url`: of the story."""
    return [
        _present(
            {
                "@type": "Claim",
                "@id": f"{url}#claim-{ids.encode(shown.claim.pk)}",
                "url": f"{url}#p-{ids.encode(shown.passage.pk)}",
                "text": shown.passage.quote,
                "appearance": {"@id": f"{url}#story"},
                "author": [_source(source, root) for source in shown.sources],
                "dateCreated": shown.claim.said_on.isoformat() if shown.claim.said_on else "",
                "about": shown.claim.matter.title if shown.claim.matter else "",
                "creativeWorkStatus": shown.claim.status,
            }
        )
        for shown in claims
    ]


def article_facts(claims: Sequence[Shown], corrections: Sequence[Correction]) -> dict[str, Any]:
    """What the story's own node tells: works that its sources are, and what was corrected."""
    cited = {
        source.pk: _present({"@type": "CreativeWork", "name": source.name, "url": source.link})
        for shown in claims
        for source in shown.sources
        if source.kind == "document" or source.link
    }
    return _present(
        {
            "citation": list(cited.values()),
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": correction.note,
                    "datePublished": correction.created.isoformat(timespec="seconds"),
                }
                for correction in corrections
            ],
        }
    )


@dataclass(frozen=True, slots=True)
class Claimed:
    """Of one story in a feed."""

    claims: Sequence[Shown]
    corrections: Sequence[Correction]


def claimed_of(site: Site, keys: Sequence[str]) -> Mapping[str, Claimed]:
    """Claims and corrections of several documents by their key: two statements, or four."""
    claims: dict[str, list[Shown]] = defaultdict(list)
    corrections: dict[str, list[Correction]] = defaultdict(list)
    rows = Claim.objects.filter(
        document__site=site,
        document__key__in=keys,
        withdrawn=None,
        passage__state__in=(Passage.State.PLACED, Passage.State.CHANGED),
    )
    for shown in claims_shown(rows.order_by("document", "passage__begin", "pk")):
        if len(claims[shown.claim.document.key]) < _IN_FEED:
            claims[shown.claim.document.key].append(shown)
    found = Correction.objects.filter(document__site=site, document__key__in=keys, document__version__gt=0)
    for correction in found.select_related("document").order_by("-pk"):
        corrections[correction.document.key].append(correction)
    return {key: Claimed(claims[key], corrections[key]) for key in {*claims, *corrections}}
