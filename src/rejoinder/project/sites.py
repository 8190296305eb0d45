"""What belongs to a new site beyond its row."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from rejoinder.accounts.models import Site
from rejoinder.core.errors import NotFound

_PORTS = {"http": 80, "https": 443}


def access_site(key: str) -> Site:
    """The site with that key. Raises NotFound naming those that there are."""
    site = Site.objects.filter(key=key).first()
    if site is not None:
        return site
    keys = ", ".join(Site.objects.order_by("key").values_list("key", flat=True)[:20])
    there = f"there are: {keys}" if keys else "there is none yet; add one: rejoinder site add KEY --name NAME"
    raise NotFound(f"There is no site “{key}”; {there}.")


def publish(site: Site, *, port: int = 8000) -> list[str]:
    """Give the site a front page where the newsroom is installed. Returns what to tell, line by line."""
    if not getattr(settings, "NEWSROOM", False):
        return []
    from rejoinder.newsroom.setup import ensure_newsroom

    address = urlsplit(settings.REJOINDER_URL or f"http://localhost:{port}")
    ensure_newsroom(
        site=site,
        hostname=address.hostname or "localhost",
        port=address.port or _PORTS.get(address.scheme, 80),
    )
    return [f"Its front page: {address.geturl()}/"]
