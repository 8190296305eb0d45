"""From which pages one may speak on a site: those of its registered origins, compared exactly, and our own."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Origin, Site
from rejoinder.core.cors import origin_of, own_origin
from rejoinder.core.errors import Refused


def is_spoken_from(request: HttpRequest, site: Site, origin: str) -> bool:
    """Whether pages of an origin may speak on the site."""
    return origin == own_origin(request) or Origin.objects.filter(site=site, origin=origin).exists()


def access_named(request: HttpRequest, site: Site, origin: str) -> str:
    """The origin, where its pages may speak on the site. Raises Refused; the sentence is for their developer."""
    if origin and is_spoken_from(request, site, origin):
        return origin
    raise Refused(
        _("Pages of %(origin)s cannot speak on “%(site)s”: the site does not name this origin.")
        % {"origin": (origin or _("an origin that does not say its name"))[:100], "site": site.key},
        code="origin",
    )


def access_origin(request: HttpRequest, site: Site) -> str:
    """The origin of the page that asks. Raises Refused."""
    origin = origin_of(request)
    # Our own pages are named as such by the browser; what another site sends says that it does.
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return access_named(request, site, "" if origin == own_origin(request) and not ours else origin)
