"""Reading the queues. Each statement reads an index from a given place and stops at its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Max, QuerySet

from rejoinder.accounts.models import Site
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


def _cards(site: Site, wanted: Wanted) -> QuerySet[Card]:
    cards = Card.objects.filter(site=site)
    if wanted.queue != ALL:
        cards = cards.filter(**{wanted.queue: True})
    if wanted.section:
        cards = cards.filter(section=wanted.section)
    if wanted.language:
        cards = cards.filter(language=wanted.language)
    if wanted.rule:
        cards = cards.filter(rule=wanted.rule)
    if wanted.person:
        cards = cards.filter(person=wanted.person)
    if wanted.thread:
        cards = cards.filter(thread=wanted.thread)
    return cards


def _ranked(site: Site, wanted: Wanted, after: After | None, limit: int) -> Walk:
    """The next cards in their order. Where several things are asked for, it may stop before it has found so many."""
    parts = _parts(site, wanted)
    if len(parts) < 2 and wanted.watch is None:
        cards = _cards(site, wanted)
        if after is not None:
            cards = cards.filter(rank__gte=after.rank).exclude(rank=after.rank, comment__lte=after.card)
        return Walk(list(cards.order_by("rank", "comment")[:limit]))
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


def _doubtful(site: Site, wanted: Wanted, after: After | None, besides: Sequence[Card]) -> list[Card]:
    cards = _cards(site, wanted)
    if after is not None and after.doubt is not None:
        cards = cards.filter(doubt__gte=after.doubt).exclude(doubt=after.doubt, comment__lte=after.doubtful)
    shown = {card.pk for card in besides}
    few = cards.order_by("doubt", "comment")[: len(besides) + PAGE // FIFTH]
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(arms), [site.pk] * len(NAMES))
        return dict(zip(NAMES, cursor.fetchone(), strict=True))


def newest(site: Site) -> int:
    """When the last card came, in microseconds; 0 where none waits."""
    return Card.objects.filter(site=site).aggregate(last=Max("changed"))["last"] or 0


def choices(site: Site, column: str) -> list[str]:
    """What a column of the cards has, for a list to choose from: each value found by one step through the index."""
    found: list[str] = []
    before = ""
    while len(found) < 60:
        step = Card.objects.filter(site=site, **{f"{column}__gt": before}).order_by(column)
        value = step.values_list(column, flat=True).first()
        if value is None:
            break
        found.append(value)
        before = value
    return found


def comments_of(cards: Sequence[Card]) -> dict[int, Comment]:
    """The comments of some cards, with their threads, by number."""
    rows = Comment.objects.filter(pk__in=[card.pk for card in cards])
    return {row.pk: row for row in rows.select_related("thread__site", "author", "parent__thread__site")}


def threads_of(site: Site, numbers: Sequence[int]) -> list[Thread]:
    return list(Thread.objects.filter(site=site, pk__in=numbers).order_by("title", "key"))
