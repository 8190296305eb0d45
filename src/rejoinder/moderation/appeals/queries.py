"""Finding appeals, for those who may read them."""

from __future__ import annotations

from django.db.models import Q

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import nothing_here
from rejoinder.moderation.models import Appeal

_WITH = (
    "decision__actor",
    "decision__comment__thread__site",
    "decision__person",
    "appellant",
    "outcome__actor",
)


def access_appeal(viewer: Viewer, public_id: str) -> Appeal:
    """An appeal of the viewer's site. Raises NotFound."""
    found = Appeal.objects.filter(pk=ids.decode(public_id), site=viewer.site).select_related(*_WITH).first()
    if found is None:
        raise nothing_here()
    return found


def waiting(viewer: Viewer, *, after: int, limit: int) -> list[Appeal]:
    """What is to be answered, due first; `after`: the number of the last one that was seen, or 0."""
    rows = Appeal.objects.filter(site=viewer.site, answered=None).select_related(*_WITH)
    last = Appeal.objects.filter(pk=after, site=viewer.site).first() if after else None
    if last is not None:
        rows = rows.filter(Q(due__gt=last.due) | Q(due=last.due, pk__gt=last.pk))
    return list(rows.order_by("due", "pk")[:limit])


def answered(viewer: Viewer, *, before: int, limit: int) -> list[Appeal]:
    """What was answered or withdrawn, newest first; `before`: the number of the last one that was seen, or 0."""
    rows = Appeal.objects.filter(site=viewer.site, answered__isnull=False).select_related(*_WITH)
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:limit])
