"""What was decided, in the order of time, as the model takes it: with each text's language and its author's record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from rejoinder.accounts.models import Site
from rejoinder.assist import learning
from rejoinder.assist.models import Example
from rejoinder.assist.queries import policy_of
from rejoinder.core.db import writing

# What is learned from at most: the newest. A newsroom's policy of five years ago is no longer its policy, and a refit
# has to end.
NEWEST = 20_000
# A language has a model of its own from so many decisions on, with so many of each kind.
OWN = 100
OF_EACH = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as it is learned from. `order` is when it was kept: what is later is new to a version."""

    at: datetime
    order: datetime
    language: str
    author: str
    example: learning.Example


def in_order(site: Site) -> list[Told]:
    """All that is learned from on a site, oldest decision first. One query."""
    allowed = policy_of(site).use_record
    rows = Example.objects.filter(site=site, left_out=False).order_by("-at", "-pk")[:NEWEST]
    before: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    found = []
    for row in reversed(rows):
        author = _author(row)
        record = before[author]
        told = (record[0], record[1]) if allowed and author else None
        vector = bytes(row.vector) if row.vector is not None else None
        found.append(_told(row, author, told, vector))
        record[0] += row.label
        record[1] += 1
    return found


def since(site: Site, learned: datetime | None, language: str) -> list[learning.Example]:
    """What was decided since a version was made, as it is learned in small steps. Two queries."""
    rows = Example.objects.filter(site=site, left_out=False).defer("vector").order_by("-at", "-pk")
    if learned is not None:
        rows = rows.filter(changed__gt=learned)
    if language:
        rows = rows.filter(language=language)
    later = list(rows[:OWN])[::-1]
    records = _records(site, later, learned) if policy_of(site).use_record else None
    return [
        _told(row, _author(row), records.get(_author(row), (0, 0)) if records is not None else None).example
        for row in later
    ]


def latest(site: Site) -> datetime | None:
    """When the newest decision was kept."""
    moment: datetime | None = Example.objects.filter(site=site).aggregate(last=Max("changed"))["last"]
    return moment


def lanes(told: Sequence[Told]) -> dict[str, list[Told]]:
    """What each model of a site learns from: "" for all, and each language that has enough of its own."""
    of: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.language:
            of[one.language].append(one)
    own = {language: those for language, those in of.items() if _enough(those)}
    # Where all is in one language, its model is the site's.
    own = {language: those for language, those in own.items() if len(those) < 0.95 * len(told)}
    return {"": list(told)} | own


def _enough(those: Sequence[Told]) -> bool:
    rejected = sum(one.example.label for one in those)
    return len(those) >= OWN and min(rejected, len(those) - rejected) >= OF_EACH


def name_languages(site: Site) -> None:
    """Find out in which language each text is that nobody has named one for; short ones are in the site's."""
    from rejoinder.assist.learning.languages import detect

    rows = list(Example.objects.filter(site=site, language="").only("pk", "body")[:NEWEST])
    for row in rows:
        code, sure = detect(row.body)
        row.language = code if sure else site.language
    with writing():
        Example.objects.bulk_update(rows, ["language"], batch_size=500)


def _author(row: Example) -> str:
    return f"commenter:{row.author_id}" if row.author_id else row.author_key


def _told(row: Example, author: str, record: tuple[int, int] | None, vector: bytes | None = None) -> Told:
    text = learning.Text(row.body, row.language, row.parent, row.at, record, vector)
    return Told(row.at, row.changed, row.language, author, learning.Example(text, row.label, row.weight))


def _records(site: Site, rows: Iterable[Example], until: datetime | None) -> dict[str, tuple[int, int]]:
    """What had become of these authors' texts before: (rejected, decided) of each."""
    numbers = {row.author_id for row in rows if row.author_id}
    keys = {row.author_key for row in rows if not row.author_id and row.author_key}
    known = Example.objects.filter(Q(author__in=numbers) | Q(author_key__in=keys), site=site, left_out=False)
    if until is not None:
        known = known.filter(changed__lte=until)
    counted = known.values("author", "author_key").annotate(
        decided=Count("pk"), rejected=Count("pk", filter=Q(label=1))
    )
    return {
        f"commenter:{row['author']}" if row["author"] else row["author_key"]: (
            row["rejected"],
            row["decided"],
        )
        for row in counted
    }
