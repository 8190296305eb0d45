"""What was removed beneath a story, for all its readers, where the site shows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site
from rejoinder.core.errors import nothing_here
from rejoinder.discussion import pages
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.models import Thread
from rejoinder.discussion.ports import Section
from rejoinder.discussion.views.reading import asked_thread
from rejoinder.moderation.decisions.public import removals, shows_removed


@require_safe
def removed(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/removed?key=…"""
    found = access_site(site)
    pages.speak(found)
    if not shows_removed(found):
        raise nothing_here()
    thread = asked_thread(request, found)
    if not thread.is_born:
        raise nothing_here()
    counts, rows = removals(found, thread)
    context = {
        **around(found, _("What was removed here, and why")),
        "thread": thread,
        "counts": counts,
        "rows": rows,
        "page_url": pages.thread_url(found.key, thread.key),
    }
    response = render(request, "rejoinder/removed.html", context)
    return share(response, site=found, thread=thread, revision=thread.revision)


def link_to_removed(site: Site, thread: Thread) -> list[Section]:
    """The discussion's port: the link beneath a thread."""
    if not thread.is_born or not shows_removed(site):
        return []
    address = pages.address("removed", site.key, key=thread.key)
    return [Section(_("What was removed here, and why"), address)]
