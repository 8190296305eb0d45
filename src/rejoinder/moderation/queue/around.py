"""What stands on a card besides the comment: who wrote it, what was said about it, what is like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Card, Decision, Fingerprint, Flag


@dataclass(slots=True)
class Record:
    """What a person's newest comments on a site came to: how many, how many of them were removed, and reported."""

    written: int = 0
    removed: int = 0
    reported: int = 0


RECENT = 200  # of a person's comments, so that one who wrote many costs no more than another

_RECORDS = """
    SELECT {number} AS author, COUNT(*), COUNT(CASE WHEN state = 'removed' THEN 1 END),
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM rejoinder_flag f WHERE f.comment_id = newest.id) THEN 1 END)
    FROM (SELECT c.id, c.state FROM rejoinder_comment c JOIN rejoinder_thread t ON t.id = c.thread_id
        WHERE c.author_id = {number} AND t.site_id = %s ORDER BY c.id DESC LIMIT {most}) AS newest"""


def records(site: Site, people: Iterable[int]) -> dict[int, Record]:
    """The record of each of a few people on a site, by their number; one statement."""
    numbers = sorted(set(people))
    if not numbers:
        return {}
    arms = [_RECORDS.format(number=int(number), most=RECENT) for number in numbers]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), [site.pk] * len(arms))
        return {row[0]: Record(*row[1:]) for row in cursor.fetchall()}


def flags_of(numbers: Iterable[int]) -> dict[int, dict[str, int]]:
    """How often each comment was reported, by reason."""
    found: dict[int, dict[str, int]] = {}
    rows = Flag.objects.filter(comment__in=list(numbers)).values_list("comment", "reason")
    for number, reason, count in rows.annotate(n=Count("pk")).order_by("-n"):
        found.setdefault(number, {})[reason] = count
    return found


def decisions_of(numbers: Iterable[int]) -> dict[int, list[Decision]]:
    """What was decided about each comment, oldest first."""
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.filter(comment__in=list(numbers)).select_related("actor").order_by("pk")
    for row in rows[:1000]:
        found.setdefault(row.comment_id or 0, []).append(row)
    return found


def whole(found: Sequence[Comment]) -> list[Comment]:
    """The same comments with all that a card is drawn with; one query."""
    rows = Comment.objects.select_related("thread__site", "author", "parent__thread__site")
    known = rows.in_bulk([comment.pk for comment in found])
    return [known[comment.pk] for comment in found]


COUNTED_LIKE = 30
_BANDS = ("first", "second", "third", "fourth")


def that_may_be_like(numbers: Sequence[int]) -> dict[int, list[str]]:
    """The words of comments that wait and share a band of their fingerprint with each of a few comments."""
    prints = Fingerprint.objects.filter(comment__in=numbers).values_list("comment", *_BANDS)
    shared = " UNION ".join(
        f"SELECT comment_id FROM rejoinder_fingerprint WHERE {name} = %s"  # noqa: S608  (columns of the list above)
        for name in _BANDS
    )
    arms: list[str] = []
    values: list[int] = []
    for number, *bands in prints:
        arms.append(
            f"SELECT * FROM (SELECT {int(number)} AS mine, c.comment_id FROM rejoinder_card c "  # noqa: S608
            f"WHERE c.comment_id IN ({shared}) AND c.comment_id <> {int(number)} LIMIT {COUNTED_LIKE}) AS arm"
        )
        values += bands
    if not arms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), values)
        pairs = cursor.fetchall()
    bodies = dict(Comment.objects.filter(pk__in={other for _, other in pairs}).values_list("pk", "body"))
    found: dict[int, list[str]] = {}
    for number, other in pairs:
        found.setdefault(number, []).append(bodies[other])
    return found


def waiting_among(numbers: Iterable[int]) -> set[int]:
    """Those of these comments that have a card."""
    return set(Card.objects.filter(pk__in=list(numbers)).values_list("pk", flat=True))
