"""How one talks to each other on a site: a page that everybody reads, the same for all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.queries import access_site
from rejoinder.core.errors import nothing_here
from rejoinder.discussion import pages
from rejoinder.discussion.views.reading import public
from rejoinder.moderation.threads.manners import guidelines_of


@require_safe
def guidelines(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/guidelines"""
    found = access_site(site)
    pages.speak(found)
    shown = guidelines_of(found)
    if shown is None:
        raise nothing_here()
    context = {
        **around(found, _("How we talk to each other here")),
        "guidelines": shown,
    }
    return public(render(request, "rejoinder/guidelines.html", context))
