"""Where the console begins: which site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import commenter_of
from rejoinder.console.access import ROLES
from rejoinder.console.page import back, unframed
from rejoinder.core.errors import nothing_here


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """GET /console/: the sites where I have a role; of a single one, its queue at once."""
    if not request.user.is_authenticated:
        return back(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
    commenter = commenter_of(request)
    mine = Site.objects.filter(roles__commenter=commenter, roles__kind__in=ROLES["read"]).order_by("key")[
        :200
    ]
    if commenter is None or not mine:
        raise nothing_here()
    if len(mine) == 1:
        return back(reverse("rejoinder:console-queue", args=[mine[0].key]))
    context = {"page_title": _("Moderation"), "sites": mine}
    return unframed(render(request, "rejoinder/console/sites.html", context))
