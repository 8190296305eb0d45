"""Going through cards in their order, so many at a time, where several things are asked for at once.

Each thing that can be asked for has an index in the order of the queue; no index has them all together, and of two that
have many cards each it may be that no card has both. So the cards of one of them are looked at in order, STEP of them a
statement and STEPS statements a page: of the one with which so many lead furthest. What a page has not come to, the
next one goes on with: nothing is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.core import rows
from rejoinder.core.db import ask
from rejoinder.moderation.models import Card

STEP = 5_000  # cards that one statement looks at
STEPS = 4

# Where a walk is: the rank and the number of a card. Everything before it has been looked at, itself too.
Place = tuple[float, int]
END: Place = (math.inf, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked of a card: that a column has one of some values, or is true where none are given.

    `column` is one of a closed list, never what somebody sent. `site`: whether its index begins with the site.
    """

    column: str
    values: tuple[Any, ...] = ()
    is_flag: bool = False
    site: int | None = None

    @property
    def asked(self) -> tuple[str, list[Any]]:
        """As a condition with its parameters."""
        if self.is_flag:
            return self.column, []
        marks = ", ".join(["%s"] * len(self.values)) or "NULL"
        return f"{self.column} IN ({marks})", list(self.values)

    @property
    def arms(self) -> list[tuple[str, list[Any]]]:
        """A condition for each run of cards that an index has in order."""
        arms: list[tuple[str, list[Any]]] = [(f"{self.column} = %s", [value]) for value in self.values]
        if self.is_flag:
            arms = [self.asked]
        if self.site is None:
            return arms
        return [(f"site_id = %s AND {condition}", [self.site, *values]) for condition, values in arms]


@dataclass(frozen=True, slots=True)
class Walk:
    """Cards in their order, and the place to go on from; None: nothing is left."""

    cards: list[Card]
    reached: Place | None = None


def walk(site: Site, parts: Sequence[Part], after: Place | None, limit: int) -> Walk:
    """The next cards of a site that have all parts, `limit` at most. Looks at STEP * STEPS cards and a few."""
    shares = {part: _share(part, alone=len(parts) == 1, limit=limit) for part in parts}
    ends = {part: _end(part, after, share) for part, share in shares.items()}
    way = max(parts, key=lambda part: ends[part] or END)
    to, found = ends[way], list[Place]()
    for step in range(STEPS):
        if step:
            to = _end(way, after, shares[way])
        walked, values = _arms(way, (after, to), "*", f"LIMIT {2 * shares[way]}")
        found += _matching(site, parts, (walked, values), limit - len(found)) if walked else []
        after = to
        if to is None or len(found) >= limit:
            break
    if len(found) >= limit:
        after = found[-1]
    cards = rows.numbered(Card, [number for _rank, number in found])
    return Walk([cards[number] for _rank, number in found if number in cards], after)


def _share(part: Part, *, alone: bool, limit: int) -> int:
    """How many cards of each arm are looked at in one statement."""
    return limit if alone else max(limit, STEP // max(len(part.arms), 1))


def _end(way: Part, after: Place | None, each: int) -> Place | None:
    """The first place at which an arm has had its share; up to there all arms can be compared."""
    sql, values = _arms(way, (after, None), "rank, comment_id", f"LIMIT 1 OFFSET {each - 1}")
    found = ask(f"{sql} ORDER BY 1, 2 LIMIT 1", values) if sql else []
    return (found[0][0], found[0][1]) if found else None


def _matching(site: Site, parts: Sequence[Part], walked: tuple[str, list[Any]], limit: int) -> list[Place]:
    """Those of some cards that have all parts. That the inner statement has a limit keeps it apart from these."""
    inner, values = walked
    conditions, more = ["site_id = %s"], [site.pk]
    for part in parts:
        condition, asked = part.asked
        conditions.append(condition)
        more += asked
    sql = (
        f"SELECT rank, comment_id FROM ({inner}) AS walked WHERE {' AND '.join(conditions)} "  # noqa: S608
        f"ORDER BY rank, comment_id LIMIT {limit}"
    )
    return [(rank, number) for rank, number in ask(sql, [*values, *more])]


def _arms(
    part: Part, span: tuple[Place | None, Place | None], columns: str, few: str
) -> tuple[str, list[Any]]:
    """The cards of each arm between two places, in order, all arms in one statement; empty where there is none."""
    beyond, places = "", list[Any]()
    for sign, place in zip((">", "<="), span, strict=True):
        if place is not None:
            beyond += f" AND (rank, comment_id) {sign} (%s, %s)"
            places += place
    arms, values = list[str](), list[Any]()
    for condition, more in part.arms:
        arms.append(
            f"SELECT * FROM (SELECT {columns} FROM rejoinder_card WHERE {condition}{beyond} "  # noqa: S608
            f"ORDER BY rank, comment_id {few}) AS arm"
        )
        values += [*more, *places]
    return " UNION ALL ".join(arms), values
