"""Reading the queues. Each statement reads an index from a given place and stops at its limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import rows
from rejoinder.core.db import ask
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Card, Watch
from rejoinder.moderation.models.queue import QUEUES
from rejoinder.moderation.queue.walking import Part, Walk, walk

ALL = "all"
NAMES = (*QUEUES, ALL)
PAGE = 10
FIFTH = 5  # every fifth card is one of which least is known
COUNTED = 1000  # how far a queue is counted: beyond, the number decides nothing
WATCHED = 100  # threads that one watch list may have


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards: of a queue, narrowed by at most what is named. Empty means: whatever it is."""

    queue: str = ALL
    section: str = ""
    language: str = ""
    rule: str = ""
    person: int | None = None
    thread: int | None = None
    watch: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return any((self.section, self.language, self.rule, self.person, self.thread, self.watch))


@dataclass(frozen=True, slots=True)
class After:
    """Where a queue goes on: beyond a card in its order, and beyond one in the order of doubt."""

    rank: float
    card: int
    doubt: float | None = None
    doubtful: int = 0

    def __str__(self) -> str:
        first = f"{self.rank!r}_{self.card}"
        return first if self.doubt is None else f"{first}_{self.doubt!r}_{self.doubtful}"


def after_of(text: str) -> After | None:
    """What `str` made of an After, read again; None for anything else."""
    parts = text.split("_")
    try:
        if len(parts) == 2:
            return After(float(parts[0]), int(parts[1]))
        if len(parts) == 4:
            return After(float(parts[0]), int(parts[1]), float(parts[2]), int(parts[3]))
    except (ValueError, OverflowError):
        return None
    return None


@dataclass(slots=True)
class Batch:
    """Some cards in the order in which they are worked through, and where it goes on."""

    cards: list[Card] = field(default_factory=list)
    after: After | None = None
    # Whether it ends before it is full only because so many cards were looked at already.
    stopped: bool = False


def batch(site: Site, wanted: Wanted, after: After | None = None, limit: int = PAGE) -> Batch:
    """The next cards. Every fifth is of those that are least certain, where the queue is not narrowed."""
    walked = _ranked(site, wanted, after, limit + 1)
    more, found = len(walked.cards) > limit, walked.cards[:limit]
    if not more and walked.reached is not None:
        return Batch(found, After(*walked.reached), stopped=True)
    doubtful = [] if wanted.is_narrowed or wanted.queue == "appeal" else _doubtful(site, wanted, after, found)
    mixed = _mixed(found, doubtful, limit)
    if not more:
        return Batch(mixed)
    last = [card for card in mixed if card in found][-1]
    unsure = [card for card in mixed if card not in found] or None
    where = After(last.rank, last.pk)
    if unsure:
        where = After(last.rank, last.pk, unsure[-1].doubt, unsure[-1].pk)
    elif after is not None and after.doubt is not None:
        where = After(last.rank, last.pk, after.doubt, after.doubtful)
    return Batch(mixed, where)


def _mixed(ranked: Sequence[Card], doubtful: Sequence[Card], limit: int) -> list[Card]:
    mixed, unsure = list(ranked), list(doubtful)
    for place in range(FIFTH - 1, limit, FIFTH):
        if unsure and place < len(mixed):
            mixed.insert(place, unsure.pop(0))
    return mixed[:limit]


_COLUMNS = ("section", "language", "rule")


def _cards(site: Site, wanted: Wanted) -> tuple[str, list[Any]]:
    """A condition for the cards that are asked for, with its values."""
    conditions, values = ["site_id = %s"], list[Any]([site.pk])
    if wanted.queue in QUEUES:
        conditions.append(f'"{wanted.queue}"')
    asked = {name: getattr(wanted, name) for name in _COLUMNS}
    for column, value in {**asked, "person_id": wanted.person, "thread_id": wanted.thread}.items():
        if value:
            conditions.append(f"{column} = %s")
            values.append(value)
    return " AND ".join(conditions), values


def _ranked(site: Site, wanted: Wanted, after: After | None, limit: int) -> Walk:
    """The next cards in their order. Where several things are asked for, it may stop before it has found so many."""
    parts = _parts(site, wanted)
    if len(parts) < 2 and wanted.watch is None:
        place = None if after is None else (after.rank, after.card)
        return Walk(_next(site, wanted, "rank", place, limit))
    return walk(site, parts, None if after is None else (after.rank, after.card), limit)


def _parts(site: Site, wanted: Wanted) -> list[Part]:
    """What is asked for, each with an index in the order of the queues; that with fewest cards most likely first."""
    asked = {"person_id": wanted.person, "thread_id": wanted.thread}
    parts = [Part(column, (value,)) for column, value in asked.items() if value]
    if wanted.watch is not None:
        parts.append(Part("thread_id", tuple(watched(site, wanted.watch))))
    for column in ("section", "rule"):
        if value := getattr(wanted, column):
            parts.append(Part(column, (value,), site=site.pk))
    if wanted.queue in QUEUES:
        parts.append(Part(wanted.queue, is_flag=True, site=site.pk))
    if wanted.language:
        parts.append(Part("language", (wanted.language,), site=site.pk))
    return parts


def _next(site: Site, wanted: Wanted, by: str, place: tuple[float, int] | None, limit: int) -> list[Card]:
    """The cards that are asked for in the order of a column, beyond a place in it."""
    condition, values = _cards(site, wanted)
    if place is not None:
        condition += f" AND ({by}, comment_id) > (%s, %s)"
        values += place
    return rows.every(Card, f"{condition} ORDER BY {by}, comment_id LIMIT {int(limit)}", values)


def _doubtful(site: Site, wanted: Wanted, after: After | None, besides: Sequence[Card]) -> list[Card]:
    shown = {card.pk for card in besides}
    place = None if after is None or after.doubt is None else (after.doubt, after.doubtful)
    few = _next(site, wanted, "doubt", place, len(besides) + PAGE // FIFTH)
    return [card for card in few if card.pk not in shown][: PAGE // FIFTH]


def watched(site: Site, watch: int) -> list[int]:
    """The numbers of the threads of a watch list; none where there is no such list on this site."""
    found = Watch.threads.through.objects.filter(watch=watch, watch__site=site)
    return list(found.values_list("thread", flat=True)[:WATCHED])


def counts(site: Site) -> dict[str, int]:
    """How many cards each queue has, counted no further than COUNTED + 1."""
    arm = "SELECT COUNT(*) FROM (SELECT 1 FROM rejoinder_card WHERE site_id = %s{only} LIMIT {most}) AS few"
    arms = [
        "(" + arm.format(only="" if name == ALL else f' AND "{name}"', most=COUNTED + 1) + ")"
        for name in NAMES
    ]
    return dict(zip(NAMES, ask("SELECT " + ", ".join(arms), [site.pk] * len(NAMES))[0], strict=True))


def newest(site: Site) -> int:
    """When the last card came, in microseconds; 0 where none waits."""
    return ask("SELECT MAX(changed) FROM rejoinder_card WHERE site_id = %s", [site.pk])[0][0] or 0


CHOICES = 60  # of one list
# Each value is found by one step through the index.
_STEPS = """{column}(value, place) AS (
    SELECT (SELECT MIN({column}) FROM rejoinder_card WHERE site_id = %s AND {column} > ''), 1
    UNION ALL SELECT (SELECT MIN(c.{column}) FROM rejoinder_card c
        WHERE c.site_id = %s AND c.{column} > step.value), step.place + 1
    FROM {column} AS step WHERE step.value IS NOT NULL AND step.place < {most})"""


def choices(site: Site) -> dict[str, list[str]]:
    """What the cards have of section, language and rule, for lists to choose from; empty words left out."""
    steps = ", ".join(_STEPS.format(column=column, most=CHOICES) for column in _COLUMNS)
    values = " UNION ALL ".join(
        f"SELECT '{column}', value, place FROM {column} WHERE value IS NOT NULL"  # noqa: S608  (of the list above)
        for column in _COLUMNS
    )
    lists: dict[str, list[str]] = {column: [] for column in _COLUMNS}
    found = ask(f"WITH RECURSIVE {steps} {values} ORDER BY 3", [site.pk] * 2 * len(_COLUMNS))
    for column, value, _place in found:
        lists[column].append(value)
    return lists


def comments_of(site: Site, numbers: Iterable[int]) -> dict[int, Comment]:
    """Comments of a site with all that a card is drawn with, by number: their threads, authors, and what they answer.

    Read kind by kind: joined, these are seven tables, and to plan that takes longer than to read them.
    """
    found = rows.numbered(Comment, numbers)
    above = rows.numbered(Comment, {row.parent_id for row in found.values()})
    threads = rows.numbered(Thread, {row.thread_id for row in (*found.values(), *above.values())})
    people = rows.numbered(Commenter, {row.author_id for row in found.values()})
    for thread in threads.values():
        if thread.site_id == site.pk:
            thread.site = site
    for row in (*found.values(), *above.values()):
        row.thread = threads[row.thread_id]
    for row in found.values():
        row.author = people.get(row.author_id or 0)
        row.parent = above.get(row.parent_id or 0)
    return found


def threads_of(site: Site, numbers: Sequence[int]) -> list[Thread]:
    return list(Thread.objects.filter(site=site, pk__in=numbers).order_by("title", "key"))
