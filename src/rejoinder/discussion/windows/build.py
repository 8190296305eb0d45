"""Windows: a part of a thread, whose cost depends on the part alone.

A window is filled level by level: some roots, some replies of each, some of theirs, each level one statement.
Past INDENTED levels a conversation goes on flat, in the order it was written. Whatever is left out has a cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.db import reading
from rejoinder.discussion.errors import no_comment
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import BRANCH, ORDERS, Keys
from rejoinder.discussion.standings import earliest
from rejoinder.discussion.windows import rows
from rejoinder.discussion.windows.cursor import Cursor
from rejoinder.discussion.windows.draw import finish, lift_out, name_parents, shown
from rejoinder.discussion.windows.rows import BEGINNING, Place, Row
from rejoinder.discussion.windows.shape import INDENTED, More, Shown, Window

TARGET = 50  # a first window holds as many where the thread has them: about ten screens of a phone
MOST = 80  # and hardly more: what a reader downloads before the first word
ROOTS = 20
REPLIES = (6, 4, 3, 3)  # usually shown beneath a comment of depth 0, 1, 2, 3
FLAT = 8
ABOVE = 3  # ancestors drawn above a comment that a permalink asked for


class Builder:
    """Collects the rows of one window; the queries happen here, the decisions in the functions below."""

    def __init__(
        self, site: Site, thread: Thread, order: str, limit: int | None = None, anchor: str = ""
    ) -> None:
        self.anchor = anchor  # of the one place of the text that it is about, if it is
        # Of the list that the window is about; a program may want fewer than a page shows.
        self.limit = limit
        # Read again: the revision that the window says must be the one whose rows it shows.
        self.site, self.thread, self.order = site, rows.thread(thread), ORDERS[order]
        self.rows: dict[int, Row] = {}
        self.drawn: dict[int, Shown] = {}
        self.flat_rows: list[Row] = []

    def at_most(self, usual: int) -> int:
        return usual if self.limit is None else min(usual, self.limit)

    @property
    def room(self) -> int:
        return MOST - len(self.drawn)

    def draw(self, found: Sequence[Row]) -> list[Shown]:
        for row in found:
            self.rows[row.pk] = row
            self.drawn[row.pk] = shown(row)
        return [self.drawn[row.pk] for row in found]

    def place(self, cursor: Cursor) -> Place:
        """Where a cursor's list goes on: as of its revision, or in the present order.

        What is too long ago, or has not been yet (a database that was restored, a forged cursor), goes on as it is.
        """
        now, asof = self.thread.revision, cursor.revision
        known = asof is not None and earliest(now, self.thread.settled) <= asof < now
        return Place(cursor.after, asof if known else None)

    def cursor(self, kind: str, owner: int, last: Row | None, keys: Keys, asof: int | None = None) -> str:
        """Where a list goes on after `last`, read as of a revision: by default this window's own."""
        after = last.key(keys) if last else ()
        revision = (self.thread.revision if asof is None else asof) if last and keys.moving else None
        return str(Cursor(kind, self.order.name, self.thread.pk, owner, after, revision))

    def window(self, kind: str, roots: list[Shown], above: list[Shown], more: More | None) -> Window:
        finish(self.site, self.rows.values(), self.drawn, key=self.thread.key, about=self.anchor)
        name_parents(self.flat_rows, self.drawn)
        lift_out(self.thread, self.rows.values(), self.drawn)
        return Window(
            site=self.site.key,
            key=self.thread.key,
            order=self.order.name,
            revision=self.thread.revision,
            comment_count=self.thread.comment_count,
            closed=self.thread.closed is not None,
            roots=roots,
            above=above,
            more=more,
            kind=kind,
            invited=self.thread.is_by_invitation,
            anchor=self.anchor,
        )


def _enough(counts: Sequence[int], already: int, usual: int) -> int:
    """How many of each to show: the usual number, or more where the window would hold less than TARGET."""
    each = usual
    while already + sum(min(count, each) for count in counts) < TARGET and each < max(counts):
        each = min(each * 2, TARGET)
        if each == TARGET:
            break
    return each


def _fitting(owners: Sequence[Shown], counts: Sequence[int], each: int, room: int) -> list[Shown]:
    """The owners whose first `each` still fit, in order."""
    fitting = []
    for owner, count in zip(owners, counts, strict=True):
        if room <= 0:
            break
        fitting.append(owner)
        room -= min(count, each)
    return fitting


def _level(build: Builder, parents: list[Shown], usual: int) -> list[Shown]:
    """One level of replies beneath these parents. Returns the replies drawn."""
    keys = build.order.replies
    parents = [parent for parent in parents if parent.reply_count]
    if not parents:
        return []
    counts = [parent.reply_count for parent in parents]
    each = _enough(counts, len(build.drawn), usual)
    served = _fitting(parents, counts, each, build.room)
    found = rows.replies_of_each([parent.number for parent in served], keys, each)
    build.draw(found)
    last: dict[int, Row] = {}
    for row in found:
        build.drawn[row.parent_id or 0].replies.append(build.drawn[row.pk])
        last[row.parent_id or 0] = row
    for parent in parents:
        left = parent.reply_count - len(parent.replies)
        if left > 0:
            cursor = build.cursor("c", parent.number, last.get(parent.number), keys)
            parent.more = More(cursor, left)
    return [build.drawn[row.pk] for row in found]


def _flat(build: Builder, heads: list[Shown]) -> None:
    """The conversations that go on flat beneath comments of the last indented level."""
    heads = [head for head in heads if head.branch_count]
    if not heads:
        return
    counts = [head.branch_count for head in heads]
    each = _enough(counts, len(build.drawn), FLAT)
    served = _fitting(heads, counts, each, build.room)
    found = rows.branches_of_each([head.number for head in served], each)
    build.flat_rows += found
    build.draw(found)
    last: dict[int, Row] = {}
    for row in found:
        build.drawn[row.branch_id or 0].flat.append(build.drawn[row.pk])
        last[row.branch_id or 0] = row
    for head in heads:
        left = head.branch_count - len(head.flat)
        if left > 0:
            head.flat_more = More(build.cursor("b", head.number, last.get(head.number), BRANCH), left)


def _fill(build: Builder, tops: list[Shown]) -> None:
    """Fill beneath comments of one depth: indented as far as that reaches, then flat."""
    level = tops
    for depth in range(tops[0].depth if tops else INDENTED, INDENTED):
        level = _level(build, level, REPLIES[depth])
    _flat(build, [last for last in level if last.depth == INDENTED])
    for last in level:
        last.continued = last.depth > INDENTED and last.reply_count > 0


def _roots(build: Builder, place: Place) -> tuple[list[Shown], More | None]:
    """Some roots: the usual number, or up to TARGET where they have few replies."""
    keys = build.order.roots
    most = build.at_most(TARGET)
    found = rows.roots(build.thread, keys, place, most + 1, build.anchor)
    number, size = 0, 0
    while number < min(len(found), most) and (number < ROOTS or size < TARGET):
        size += 1 + min(found[number].reply_count, REPLIES[0])
        number += 1
    more = None
    if len(found) > number:
        kind, owner = ("p", ids.decode(build.anchor)) if build.anchor else ("r", 0)
        more = More(build.cursor(kind, owner, found[number - 1], keys, place.asof))
    return build.draw(found[:number]), more


def first(site: Site, thread: Thread, order: str, limit: int | None = None, *, anchor: str = "") -> Window:
    """The first window of a thread, in the order of this moment. `limit`: roots, where fewer are wanted.

    `anchor`: of the comments about that place of the text alone.
    """
    with reading():
        build = Builder(site, thread, order, limit, anchor)
        roots, more = _roots(build, BEGINNING)
        _fill(build, roots)
        return build.window("first", roots, [], more)


def further(site: Site, thread: Thread, cursor: Cursor, limit: int | None = None) -> Window:
    """The window at a cursor, of the order in which its list was begun to be read. `limit`: comments of that list.

    Raises NotFound when the comment it continues is not shown.
    """
    makers: dict[str, Callable[[Builder, Cursor], Window]] = {
        "r": _further_roots,
        "p": _further_roots,
        "c": _further_replies,
        "b": _further_flat,
    }
    with reading():
        anchor = ids.encode(cursor.owner) if cursor.kind == "p" else ""
        return makers[cursor.kind](Builder(site, thread, cursor.order, limit, anchor), cursor)


def _further_roots(build: Builder, cursor: Cursor) -> Window:
    roots, more = _roots(build, build.place(cursor))
    _fill(build, roots)
    return build.window("roots", roots, [], more)


def _one(build: Builder, number: int) -> Row:
    row = rows.one(build.thread, number)
    if row is None:
        raise no_comment()
    return row


def _further_replies(build: Builder, cursor: Cursor) -> Window:
    above = build.draw([_one(build, cursor.owner)])
    place = build.place(cursor)
    most = build.at_most(ROOTS)
    found = rows.replies(build.thread, cursor.owner, cursor.keys, place, most + 1)
    more = None
    if len(found) > most:
        found = found[:most]
        more = More(build.cursor("c", cursor.owner, found[-1], cursor.keys, place.asof))
    tops = build.draw(found)
    _fill(build, tops)
    return build.window("replies", tops, above, more)


def _further_flat(build: Builder, cursor: Cursor) -> Window:
    above = build.draw([_one(build, cursor.owner)])
    most = build.at_most(TARGET)
    found = rows.branch(cursor.owner, cursor.after, most + 1)
    more = None
    if len(found) > most:
        found = found[:most]
        more = More(build.cursor("b", cursor.owner, found[-1], BRANCH))
    build.flat_rows += found
    return build.window("branch", build.draw(found), above, more)


def context(site: Site, thread: Thread, comment: Comment, order: str) -> Window:
    """A comment with what it answers above and what answers it beneath, however deep it lies.

    Raises NotFound when it is not shown any more.
    """
    with reading():
        build = Builder(site, thread, order)
        row = _one(build, comment.pk)
        above = build.draw(rows.ancestors(row.parent_id, ABOVE))
        level = build.draw([row])
        target = level[0]
        target.target = True
        for usual in REPLIES:
            level = _level(build, level, usual)
        for last in level:
            last.continued = last.reply_count > 0
        return build.window("context", [target], above, None)
