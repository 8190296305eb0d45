"""The register of sources, and what each of them said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from rejoinder.accounts.models import Site
from rejoinder.sourcing.models import Claim, Source
from rejoinder.sourcing.names import key_of
from rejoinder.sourcing.queries.claims import _IN_TEXT, Shown, claims_shown

PER_PAGE = 50
MOST_SIDE = 200  # statements that are shown side by side


@dataclass(frozen=True, slots=True)
class Said:
    """What a source said here: claims, newest first, and how many there are by manner and by status, of all.

    `before`: the number to read on from, or None.
    """

    source: Source
    claims: list[Shown]
    manners: dict[str, int]
    statuses: dict[str, int]
    before: int | None


def of_source(source: Source, *, before: int | None = None) -> Said:
    """What readers may see of a source: claims in texts that are published. Four statements, or one more."""
    if source.merged_into is not None:
        source = source.merged_into
    claims = Claim.objects.filter(
        sources=source, withdrawn=None, passage__state__in=_IN_TEXT, document__version__gt=0
    )
    counted = list(claims.values_list("manner", "status").annotate(count=Count("pk")).order_by())
    listed = claims.order_by("-pk") if before is None else claims.filter(pk__lt=before).order_by("-pk")
    shown = claims_shown(listed[: PER_PAGE + 1])
    more = len(shown) > PER_PAGE
    return Said(
        source,
        shown[:PER_PAGE],
        _summed([(manner, count) for manner, _status, count in counted]),
        _summed([(status, count) for _manner, status, count in counted]),
        shown[PER_PAGE - 1].claim.pk if more else None,
    )


def about_the_same(claims: Iterable[Shown]) -> list[Shown]:
    """All that published texts say, by whomever, about the matters of these claims, oldest first; at most MOST_SIDE.

    Three statements; none where the claims have no matter.
    """
    matters = {shown.claim.matter_id for shown in claims} - {None}
    if not matters:
        return []
    found = Claim.objects.filter(
        matter__in=matters, withdrawn=None, passage__state__in=_IN_TEXT, document__version__gt=0
    )
    return claims_shown(found.order_by("pk")[:MOST_SIDE])


def _summed(counted: list[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, count in counted:
        found[name] = found.get(name, 0) + count
    return found


def find_sources(site: Site, words: str = "", *, most: int = 20) -> list[Source]:
    """Sources of the register whose name, or another name they go by, has these words in it; without words, by name."""
    sources = Source.objects.filter(site=site, merged_into=None).order_by("name", "pk")
    if key := key_of(words):
        sources = sources.filter(names__key__contains=key).distinct()
    return list(sources[:most])
