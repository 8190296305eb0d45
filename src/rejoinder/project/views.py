"""The front page while there is no publication: what is discussed here, and how one begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.models import Site
from rejoinder.core.errors import NotFound
from rejoinder.core.http import private
from rejoinder.discussion.models import Thread
from rejoinder.discussion.pages import thread_url

NEWEST = 30


@require_safe
def newsroom_or_front(request: HttpRequest) -> HttpResponse:
    """GET /: the publication's front page, or ours while there is none at this address."""
    from rejoinder.newsroom import views

    try:
        return views.page(request, "")
    except NotFound:
        return front(request)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """GET /: the newest discussions of this server."""
    threads = Thread.objects.filter(comment_count__gt=0).select_related("site").order_by("-pk")[:NEWEST]
    context = {
        "page_title": _("Discussions"),
        "sites": list(Site.objects.order_by("name")[:50]),
        "threads": [{"thread": thread, "url": thread_url(thread.site.key, thread.key)} for thread in threads],
    }
    return private(render(request, "rejoinder/front.html", context))
