"""From rows to what is shown: names, badges, text of the present renderer, nothing of what is gone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from rejoinder.accounts import badges
from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.text.render import RENDERER_VERSION, render
from rejoinder.discussion import ports
from rejoinder.discussion.anchors import anchors
from rejoinder.discussion.models import Answerer, Comment, Highlight, Thread
from rejoinder.discussion.windows.rows import Row
from rejoinder.discussion.windows.shape import Shown


def shown(row: Comment | Row) -> Shown:
    """One row as it is shown. Who wrote something deleted, and what was removed, stays here."""
    gone = row.state != Comment.State.PUBLIC
    return Shown(
        number=row.pk,
        id=ids.encode(row.pk),
        state=row.state,
        name="" if gone else row.author_name,
        badges=(),
        # Safe: made by core.text.render alone, of the present version (see `finish`).
        html=mark_safe("" if gone else row.html),  # noqa: S308
        created=row.created,
        edited=None if gone else row.edited,
        ups=0 if gone else row.ups,
        downs=0 if gone else row.downs,
        depth=row.depth,
        reply_count=row.reply_count,
        branch_count=row.branch_count,
        parent_number=row.parent_id,
        anchor="" if gone else row.anchor or "",
    )


def reveal(row: Comment, drawn: Shown) -> None:
    """Show what is held or removed: for its author and for those who moderate."""
    current = row.renderer_version == RENDERER_VERSION
    drawn.html = mark_safe(row.html if current else render(row.body))  # noqa: S308
    drawn.name = row.author_name


def finish(
    site: Site,
    rows: Iterable[Comment | Row],
    drawn: dict[int, Shown],
    *,
    key: str = "",
    by_guests: bool = False,
    about: str = "",
) -> None:
    """Badges, decorations and texts that an older renderer made. A fixed number of queries.

    `key`: the thread that all of them stand in, if it is one. `by_guests`: all of them are known to be, so nobody need
    be asked for a badge. `about`: the place of the text that the head of the page quotes already.
    """
    rows = list(rows)
    authors = () if by_guests else (row.author_id for row in rows if row.author_id)
    found = badges.drawn_for(authors, site, key=key)
    for row in rows:
        if row.author_id in found and not drawn[row.pk].gone:
            drawn[row.pk].badges = found[row.author_id]
    _render_anew([row for row in rows if row.renderer_version != RENDERER_VERSION], drawn)
    for decoration in ports.decorations:
        for number, markup in decoration(site.pk, drawn.keys()).items():
            drawn[number].html += markup
    _quote(site, [row for row in rows if row.anchor != about], drawn)


def _quote(site: Site, rows: list[Comment | Row], drawn: dict[int, Shown]) -> None:
    """Above comments of the first level, what they are about. One query, none where they are about whole texts."""
    tied = {row.pk: row.anchor for row in rows if row.anchor and not row.parent_id and drawn[row.pk].html}
    if not tied:
        return
    quotes = anchors().draw(site.pk, set(tied.values()))
    for number, anchor in tied.items():
        drawn[number].quote = quotes.get(anchor, drawn[number].quote)


def _render_anew(rows: list[Comment | Row], drawn: dict[int, Shown]) -> None:
    if not rows:
        return
    bodies = dict(Comment.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "body"))
    for row in rows:
        if not drawn[row.pk].gone:
            drawn[row.pk].html = mark_safe(render(bodies[row.pk]))  # noqa: S308


def lift_out(thread: Thread, rows: Iterable[Comment | Row], drawn: dict[int, Shown]) -> None:
    """Say which comments of a thread stand out. No query in most threads; the badges are there already."""
    if thread.highlights:
        _mark_highlights(drawn)
    if thread.mode == Thread.Mode.QUESTIONS:
        _mark_answers(thread, rows, drawn)
    if thread.corrected:
        _mark_older(thread, drawn.values())


def _mark_older(thread: Thread, drawn: Iterable[Shown]) -> None:
    """Say which comments are about a text that was corrected since they were written. One query."""
    moments = anchors().corrections(thread)
    for shown in drawn:
        written = shown.created
        if written is not None and not shown.gone:
            shown.corrected = next((moment for moment in moments if moment > written), None)


def _mark_highlights(drawn: dict[int, Shown]) -> None:
    """Say which of these comments staff lifted out. One query."""
    rows = Highlight.objects.filter(comment__in=drawn.keys()).order_by("-kind", "pk")
    for number, kind in rows.values_list("comment", "kind"):
        if not drawn[number].gone:
            drawn[number].highlights += (kind,)


def _mark_answers(thread: Thread, rows: Iterable[Comment | Row], drawn: dict[int, Shown]) -> None:
    """Say what whoever was invited to answer, works here or wrote the story said to a question. One query."""
    invited = set(Answerer.objects.filter(thread=thread).values_list("commenter", flat=True))
    for row in rows:
        shown = drawn[row.pk]
        spoke = row.author_id in invited or any(badge.code in {"staff", "author"} for badge in shown.badges)
        if row.depth and spoke and not shown.gone:
            shown.highlights += ("answer",)


def name_parents(rows: Iterable[Comment | Row], drawn: dict[int, Shown]) -> None:
    """Say whom a comment answers, where that one does not stand directly above."""
    waiting = [row for row in rows if row.parent_id]
    missing = {row.parent_id or 0 for row in waiting} - drawn.keys()
    names = dict(
        Comment.objects.filter(pk__in=missing, state=Comment.State.PUBLIC).values_list("pk", "author_name")
    )
    for row in waiting:
        above = drawn.get(row.parent_id or 0)
        drawn[row.pk].parent_id = ids.encode(row.parent_id or 0)
        drawn[row.pk].parent_name = above.name if above else names.get(row.parent_id or 0, "")


def as_rendered(html: str) -> SafeString:
    """Markup that core.text made of a text, and that was stored since."""
    return mark_safe(html)  # noqa: S308
