"""The queue: what waits for a decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.console.access import access_console
from rejoinder.console.page import show


@require_safe
def queue(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/queue/"""
    viewer = access_console(request, site, may="read")
    context = {"page_title": _("Queue"), "cards": []}
    return show(request, viewer, "rejoinder/console/queue.html", context, place="console-queue")
