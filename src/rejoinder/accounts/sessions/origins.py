"""From which pages one may speak on a site: those of its registered origins, compared exactly, and our own."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Origin, Site
from rejoinder.core.cors import origin_of, own_origin
from rejoinder.core.errors import Refused


def is_spoken_from(request: HttpRequest, site: Site, origin: str) -> bool:
    """Whether pages of an origin may speak on the site."""
    if origin == own_origin(request):
        # A browser says where our own page's request comes from; another site cannot make it say this.
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return bool(origin) and Origin.objects.filter(site=site, origin=origin).exists()


def access_origin(request: HttpRequest, site: Site) -> str:
    """The origin of the page that asks. Raises Refused where it may not speak here; the sentence is its developer's."""
    origin = origin_of(request)
    if is_spoken_from(request, site, origin):
        return origin
    raise Refused(
        _("Pages of %(origin)s cannot speak on “%(site)s”: the site does not name this origin.")
        % {"origin": (origin or _("an origin that does not say its name"))[:100], "site": site.key},
        code="origin",
    )
