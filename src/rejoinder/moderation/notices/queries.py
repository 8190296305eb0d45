"""Finding notices, for those who may read them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, Q

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, ids
from rejoinder.core.errors import nothing_here
from rejoinder.core.rows import among, every
from rejoinder.moderation.models import Appeal, Notice

_WITH = ("comment__thread__site", "notifier", "outcome__actor", "first__actor", "removal", "site")
# Of a single one, all that its comment is drawn with.
_WHOLE = (*_WITH, "comment__author", "comment__parent__thread__site")


def access_notice(viewer: Viewer, public_id: str) -> Notice:
    """A notice of the viewer's site. Raises NotFound."""
    found = Notice.objects.filter(pk=ids.decode(public_id), site=viewer.site).select_related(*_WHOLE).first()
    if found is None:
        raise nothing_here()
    return found


def waiting(viewer: Viewer, *, after: int, limit: int) -> list[Notice]:
    """What is to be decided, due first; `after`: the number of the last one that was seen, or 0."""
    rows = Notice.objects.filter(site=viewer.site, ended=None).select_related(*_WITH)
    last = Notice.objects.filter(pk=after, site=viewer.site).first() if after else None
    if last is not None:
        rows = rows.filter(Q(due__gt=last.due) | Q(due=last.due, pk__gt=last.pk))
    return list(rows.order_by("due", "pk")[:limit])


def ended(viewer: Viewer, *, before: int, limit: int) -> list[Notice]:
    """What was decided, newest notice first; `before`: the number of the last one that was seen, or 0."""
    rows = Notice.objects.filter(site=viewer.site, ended__isnull=False).select_related(*_WITH)
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:limit])


def sent_by(viewer: Viewer, limit: int) -> list[Notice]:
    """What the viewer sent on this site, newest first."""
    if viewer.number is None:
        return []
    rows = Notice.objects.filter(site=viewer.site, notifier=viewer.number).select_related(*_WITH)
    return list(rows.order_by("-pk")[:limit])


def waiting_about(comments: list[int]) -> dict[int, Notice]:
    """Of these comments, by number, the notice that is due first."""
    condition, values = among("comment_id", comments)
    found = every(Notice, f"{condition} AND ended IS NULL ORDER BY due DESC", values)
    return {row.comment_id: row for row in found}


def overdue(site: Site | None = None) -> tuple[int, int, datetime | None]:
    """How many notices and how many appeals should have been answered by now, and since when the first; of all sites
    where none is named."""
    late = Q(due__lt=clock.now()) & (Q(site=site) if site is not None else Q())
    notices = Notice.objects.filter(late, ended=None).aggregate(n=Count("pk"), first=Min("due"))
    appeals = Appeal.objects.filter(late, answered=None).aggregate(n=Count("pk"), first=Min("due"))
    since = min((row["first"] for row in (notices, appeals) if row["first"]), default=None)
    return notices["n"], appeals["n"], since
