"""Fetching what belongs to the queues of a site, through the viewer."""

from __future__ import annotations

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, ids
from rejoinder.core.errors import nothing_here
from rejoinder.discussion.models import Comment
from rejoinder.moderation.decisions.undoing import WITHIN
from rejoinder.moderation.models import Decision, Watch


def access_decision(viewer: Viewer, public_id: str) -> Decision:
    """A decision of the viewer's site. Raises NotFound."""
    found = Decision.objects.filter(site=viewer.site, pk=ids.decode(public_id)).select_related("comment")
    decision = found.first()
    if decision is None:
        raise nothing_here()
    return decision


def own_lately(viewer: Viewer, public_id: str) -> Decision | None:
    """A decision that the viewer made a moment ago and could still take back, or None."""
    own = Decision.objects.filter(site=viewer.site, actor=viewer.number, actor__isnull=False)
    return own.filter(pk=ids.decode(public_id), created__gt=clock.now() - WITHIN).first()


def access_watch(viewer: Viewer, public_id: str) -> Watch:
    """A watch list of the viewer's site. Raises NotFound."""
    watch = Watch.objects.filter(site=viewer.site, pk=ids.decode(public_id)).first()
    if watch is None:
        raise nothing_here()
    return watch


def comments_named(viewer: Viewer, public_ids: list[str]) -> list[Comment]:
    """Comments of the viewer's site, in the order in which they are named; others are left out. For staff."""
    numbers = [ids.decode(public_id) for public_id in public_ids]
    rows = Comment.objects.filter(thread__site=viewer.site, pk__in=[number for number in numbers if number])
    found = {row.pk: row for row in rows.select_related("thread__site", "author", "parent__thread__site")}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]
