"""What stands on a card besides the comment: who wrote it, what was said about it, what is like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import rows
from rejoinder.core.db import ask
from rejoinder.moderation.models import Card, Decision, Fingerprint


@dataclass(slots=True)
class Record:
    """What a person's newest comments on a site came to: how many, how many of them were removed, and reported."""

    written: int = 0
    removed: int = 0
    reported: int = 0


RECENT = 200  # of a person's comments, so that one who wrote many costs no more than another

_SUMS = """COUNT(*), COUNT(CASE WHEN state = 'removed' THEN 1 END),
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM rejoinder_flag f WHERE f.comment_id = newest.id) THEN 1 END)"""
_NEWEST = """SELECT c.id, c.state FROM rejoinder_comment c JOIN rejoinder_thread t ON t.id = c.thread_id
        WHERE c.author_id = {number} AND t.site_id = %s ORDER BY c.id DESC LIMIT {most}"""


def records(site: Site, people: Iterable[int]) -> dict[int, Record]:
    """The record of each of a few people on a site, by their number; one statement."""
    numbers = sorted(set(people))
    if not numbers:
        return {}
    if connection.vendor == "postgresql":
        # Its planner takes longer over ten such arms than it takes to read them.
        newest = _NEWEST.format(number="person.number", most=RECENT)
        sql = f"""SELECT person.number, sums.* FROM unnest(%s::bigint[]) AS person(number)
            CROSS JOIN LATERAL (SELECT {_SUMS} FROM ({newest}) AS newest) AS sums"""  # noqa: S608
        values: list[Any] = [numbers, site.pk]
    else:
        arms = [
            f"SELECT {int(number)}, {_SUMS} FROM ({_NEWEST.format(number=int(number), most=RECENT)}) AS newest"  # noqa: S608
            for number in numbers
        ]
        sql, values = " UNION ALL ".join(arms), [site.pk] * len(arms)
    return {row[0]: Record(*row[1:]) for row in ask(sql, values)}


def flags_of(numbers: Iterable[int]) -> dict[int, dict[str, int]]:
    """How often each comment was reported, by reason."""
    found: dict[int, dict[str, int]] = {}
    condition, values = rows.among("comment_id", numbers)
    sql = f"""SELECT comment_id, reason, COUNT(*) FROM rejoinder_flag
        WHERE {condition} GROUP BY comment_id, reason ORDER BY 3 DESC"""  # noqa: S608  (a column of ours)
    for number, reason, count in ask(sql, values):
        found.setdefault(number, {})[reason] = count
    return found


def decisions_of(numbers: Iterable[int]) -> dict[int, list[Decision]]:
    """What was decided about each comment, oldest first."""
    found: dict[int, list[Decision]] = {}
    condition, values = rows.among("comment_id", numbers)
    decided = rows.every(Decision, f"{condition} ORDER BY id LIMIT 1000", values)
    actors = rows.numbered(Commenter, {row.actor_id for row in decided})
    for row in decided:
        row.actor = actors.get(row.actor_id or 0)
        found.setdefault(row.comment_id or 0, []).append(row)
    return found


COUNTED_LIKE = 30
_BANDS = ("first", "second", "third", "fourth")
# Of each band no more than are counted: of a flood all share one.
_SHARING = f"""SELECT * FROM (SELECT f.comment_id FROM rejoinder_fingerprint f
    JOIN rejoinder_card c ON c.comment_id = f.comment_id
    WHERE f.{{band}} = {{value}} AND f.comment_id <> {{mine}} LIMIT {COUNTED_LIKE}) AS {{band}}"""  # noqa: S608


def that_may_be_like(numbers: Sequence[int]) -> dict[int, list[str]]:
    """The words of comments that wait and share a band of their fingerprint with each of a few comments."""
    pairs = _pairs(numbers)
    condition, values = rows.among("id", {other for _, other in pairs})
    if not values:
        return {}
    bodies = dict(ask(f"SELECT id, body FROM rejoinder_comment WHERE {condition}", values))  # noqa: S608
    found: dict[int, list[str]] = {}
    for number, other in pairs:
        found.setdefault(number, []).append(bodies[other])
    return found


def _pairs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Each of a few comments with those that wait and share a band with it."""
    condition, values = rows.among("comment_id", numbers)
    if not values:
        return []
    if connection.vendor == "postgresql":
        sql = (
            "SELECT mine.comment_id, other.comment_id FROM rejoinder_fingerprint mine CROSS JOIN LATERAL "  # noqa: S608
            f"({_sharing('mine.{band}', 'mine.comment_id')}) AS other WHERE mine.{condition}"
        )
    else:
        prints = Fingerprint.objects.filter(comment__in=numbers).values_list("comment", *_BANDS)
        arms, values = list[str](), list[Any]()
        for number, *bands in prints:
            arms.append(f"SELECT {int(number)}, comment_id FROM ({_sharing('%s', number)}) AS others")  # noqa: S608
            values += bands
        sql = " UNION ALL ".join(arms)
    return ask(sql, values) if sql else []


def _sharing(value: str, mine: int | str) -> str:
    """Those that share one of the bands, `value` being what each is compared with, besides the comment `mine`."""
    bands = [_SHARING.format(band=band, value=value.format(band=band), mine=mine) for band in _BANDS]
    return f"SELECT * FROM ({' UNION '.join(bands)}) AS either LIMIT {COUNTED_LIKE}"  # noqa: S608


def waiting_among(numbers: Iterable[int]) -> set[int]:
    """Those of these comments that have a card."""
    return set(Card.objects.filter(pk__in=list(numbers)).values_list("pk", flat=True))
