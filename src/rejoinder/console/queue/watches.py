"""The page of watch lists: groups of stories by name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, show
from rejoinder.console.queue import asked
from rejoinder.core import ids
from rejoinder.core.errors import InvalidInput
from rejoinder.core.origin import own_forms_only
from rejoinder.moderation.models import Watch
from rejoinder.moderation.queue.access import access_watch
from rejoinder.moderation.queue.queries import Wanted
from rejoinder.moderation.queue.watching import drop_watch, keep_watch


@require_safe
def watches(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/watches/"""
    return _page(request, access_console(request, site, may="read"))


def _page(request: HttpRequest, viewer: Viewer, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = Watch.objects.filter(site=viewer.site).prefetch_related("threads").order_by("name")[:100]
    context = {
        "page_title": _("Watch lists"),
        "watches": [
            {
                "id": ids.encode(row.pk),
                "name": row.name,
                "keys": "\n".join(sorted(thread.key for thread in row.threads.all())),
                "url": asked.address(viewer.site, Wanted(watch=row.pk)),
            }
            for row in rows
        ],
        **more,
    }
    return show(
        request, viewer, "rejoinder/console/watches.html", context, place="console-queue", status=status
    )


@require_POST
@own_forms_only
def change(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/watches/changes: name and keys, with watch= to change one; drop=1 takes it away."""
    viewer = access_console(request, site, may="decide")
    named = request.POST.get("watch", "")
    watch = access_watch(viewer, named) if named else None
    try:
        if watch is not None and request.POST.get("drop"):
            drop_watch(viewer=viewer, watch=watch)
        else:
            keep_watch(
                viewer=viewer,
                name=request.POST.get("name", ""),
                keys=request.POST.get("keys", "")[:60_000],
                watch=watch,
            )
    except InvalidInput as error:
        typed = {"name": request.POST.get("name", "")[:80], "keys": request.POST.get("keys", "")[:60_000]}
        return _page(request, viewer, status=422, error=str(error), typed=typed)
    return back(reverse("rejoinder:console-watches", args=[viewer.site.key]))
