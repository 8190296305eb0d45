"""Whom is Assist hard on? What people approved although it thought a rejection likelier: by language and by author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from rejoinder.accounts.models import Site
from rejoinder.assist.models import Example

FEWEST = 5  # approved comments of one person, from which on a share says something
MOST = 5  # people that are listed
LANGUAGES = 12
_WRONG = Q(label=0, probability__gte=0.5)
_FOUND = Q(label=1, probability__gte=0.5)


@dataclass(frozen=True, slots=True)
class Row:
    """`suspected`: of those that people approved, what Assist thought likelier to be rejected; `found`: of those that
    they rejected.
    """

    name: str
    approved: int
    suspected: int
    rejected: int
    found: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose approved comments Assist mostly suspected."""

    number: int
    name: str
    approved: int
    suspected: int


def by_language(site: Site) -> list[Row]:
    """A row for each language, the most written first. One query."""
    rows: Any = _judged(site).values("language").annotate(**_counts())
    return [_row(row["language"], row) for row in rows.order_by("-approved")[:LANGUAGES]]


def by_kind(site: Site) -> list[Row]:
    """Guests, those with an account, and those who write elsewhere, on pages that ask here. One query."""
    found = _judged(site).aggregate(
        **{
            f"{kind}_{name}": Count("pk", filter=which & condition)
            for kind, which in _KINDS.items()
            for name, condition in _CONDITIONS.items()
        }
    )
    rows = [_row(kind, {name: found[f"{kind}_{name}"] for name in _CONDITIONS}) for kind in _KINDS]
    return [row for row in rows if row.approved or row.rejected]


def suspected_people(site: Site) -> list[Person]:
    """Those with at least FEWEST approved comments of which Assist suspected more than half. One query."""
    rows = (
        _judged(site)
        .filter(label=0, author__isnull=False)
        .values("author", "author__name")
        .annotate(approved=Count("pk"), suspected=Count("pk", filter=_WRONG))
        .filter(approved__gte=FEWEST, suspected__gt=F("approved") / 2)
        .order_by("-suspected", "author")
    )
    return [
        Person(row["author"], row["author__name"], row["approved"], row["suspected"]) for row in rows[:MOST]
    ]


_CONDITIONS = {"approved": Q(label=0), "suspected": _WRONG, "rejected": Q(label=1), "found": _FOUND}
_GUEST = Q(author__user__isnull=True, author__guest_token__isnull=False)  # as Commenter.is_guest
_OURS = Q(source=Example.Source.DECISION)
_KINDS = {
    "account": _OURS & Q(author__isnull=False) & ~_GUEST,
    "guest": _OURS & Q(author__isnull=False) & _GUEST,
    "elsewhere": Q(source=Example.Source.CLIENT),
}


def _judged(site: Site) -> QuerySet[Example]:
    return Example.objects.filter(site=site, probability__isnull=False)


def _counts() -> dict[str, Count]:
    return {name: Count("pk", filter=condition) for name, condition in _CONDITIONS.items()}


def _row(name: str, counts: Mapping[str, Any]) -> Row:
    return Row(name, *(counts[column] for column in _CONDITIONS))
