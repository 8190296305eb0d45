"""Putting found comments into a thread: the same file twice adds nothing, new ones join their place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from rejoinder.accounts.models import MAX_NAME, Commenter
from rejoinder.core import clock
from rejoinder.core.text.normal import clean
from rejoinder.core.text.render import RENDERER_VERSION, render
from rejoinder.core.text.skeleton import name_key
from rejoinder.discussion import counters
from rejoinder.discussion.actions.post import branch_beneath
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import rank_of, tie_of
from rejoinder.discussion.standings import Moved
from rejoinder.transfer.importers.found import FoundComment, Page

BATCH = 500


@dataclass(frozen=True, slots=True)
class Seedling:
    """A found comment with its key in the database, its parent's, and its place in time."""

    found: FoundComment
    key: str
    parent: str | None
    created: datetime | None
    place: int


def import_keys(page: Page) -> dict[str, str]:
    """The stored key of each found comment, by its key in the file.

    A saved HTML page names its comments; in a text their words do: a position would change with the file.
    """
    if page.kind == "html":
        return {comment.key: f"id:{comment.key}"[:200] for comment in page.comments}
    keys: dict[str, str] = {}
    seen: dict[str, int] = {}
    for comment in page.comments:
        said = f"{keys.get(comment.parent or '', '')}|{comment.author}|{comment.body}"
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        seen[digest] = seen.get(digest, 0) + 1
        keys[comment.key] = f"text:{digest}:{seen[digest]}"
    return keys


def seedlings(page: Page, keys: dict[str, str]) -> list[Seedling]:
    """Found comments in the page's order. Where the page tells no date, its order is the order of writing."""
    place = clock.micros(clock.now()) - len(page.comments)
    grown = []
    for comment in page.comments:
        created = _aware(comment.created)
        place = clock.micros(created) if created else place + 1
        parent = keys[comment.parent] if comment.parent is not None else None
        grown.append(Seedling(comment, keys[comment.key], parent, created, place))
    return grown


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def plant(thread: Thread, seeds: Iterable[Seedling]) -> int:
    """Add what is not there yet. Inside a writing transaction. Returns how many were added."""
    known = {key: row for row in thread.comments.exclude(import_key=None) if (key := row.import_key)}
    people: dict[str, Commenter] = {}
    moved: list[Moved] = []
    added = 0
    # One level at a time: a parent has its row number before its replies are made.
    for level in _levels([seed for seed in seeds if seed.key not in known]):
        rows = [
            _row(thread, seed, known.get(seed.parent or ""), _person(people, known, seed)) for seed in level
        ]
        for made in Comment.objects.bulk_create(rows, batch_size=BATCH):
            known[made.import_key or ""] = made
            moved += counters.appear(made)
        added += len(rows)
    if added:
        counters.touch(thread.pk, public=added, moved=moved)
    return added


def _levels(seeds: list[Seedling]) -> list[list[Seedling]]:
    """New comments by how many new ones stand above them. Parents come before their replies."""
    levels: list[list[Seedling]] = []
    depth: dict[str, int] = {}
    for seed in seeds:
        depth[seed.key] = depth.get(seed.parent or "", -1) + 1
        if depth[seed.key] == len(levels):
            levels.append([])
        levels[depth[seed.key]].append(seed)
    return levels


def _person(people: dict[str, Commenter], known: dict[str, Comment], seed: Seedling) -> Commenter:
    """One commenter for each name of the page; an earlier import's is taken up again."""
    name = seed.found.author
    if name not in people:
        shown = short_name(name)
        before = next((row.author for row in known.values() if row.author_name == shown and row.author), None)
        people[name] = before or Commenter.objects.create(
            name=shown, name_key=name_key(shown)[:240], created=clock.now()
        )
    return people[name]


def short_name(name: str) -> str:
    """A name that fits; the report says where one was shortened."""
    tidy = " ".join(clean(name).split())
    return tidy if len(tidy) <= MAX_NAME else tidy[: MAX_NAME - 1] + "…"


def _row(thread: Thread, seed: Seedling, parent: Comment | None, author: Commenter) -> Comment:
    body = clean(seed.found.body)
    root = parent is None
    return Comment(
        thread=thread,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        branch_id=branch_beneath(parent),
        author=author,
        author_name=author.name,
        body=body,
        html=render(body),
        renderer_version=RENDERER_VERSION,
        created=seed.created,
        listed=True,
        place=seed.place,
        rank=rank_of(0, 0, thread.prior_up, thread.prior_down),
        # Roots without a date keep the page's order, behind what is written from now on.
        tie=tie_of(seed.place, root=root and seed.created is not None),
        import_key=seed.key,
    )
