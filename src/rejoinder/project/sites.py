"""What belongs to a site beyond its row."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from rejoinder.accounts.models import Commenter, Site
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
    """Give the site a front page where the newsroom is installed. Returns what to tell, line by line.

    It answers at REJOINDER_URL; a further site answers at its own first origin.
    """
    if not getattr(settings, "NEWSROOM", False):
        return []
    from rejoinder.newsroom.founding import ensure_newsroom

    written = [settings.REJOINDER_URL or f"http://localhost:{port}"]
    written += site.origins.order_by("id").values_list("origin", flat=True)
    for address in map(urlsplit, written):
        if not _taken(address, site):
            ensure_newsroom(site=site, hostname=address.hostname or "", port=_port(address))
            return [f"Its front page: {address.geturl().rstrip('/')}/"]
    return [
        "It has no front page: another site has this server's address. Add it with an --origin of its own."
    ]


def follow_address(*, port: int) -> list[str]:
    """Bring the first publication to the address that this server has now. Returns what to tell, line by line.

    Its pages name their address: to search engines, in feeds, to whoever shares them. A site is mostly added before
    REJOINDER_URL is set, and servers move. A publication at an origin of its own stays there.
    """
    if not getattr(settings, "NEWSROOM", False):
        return []
    from wagtail.models import Site as Host

    from rejoinder.newsroom.founding import ensure_newsroom
    from rejoinder.newsroom.models import FrontPage

    host = Host.objects.filter(is_default_site=True, root_page__in=FrontPage.objects.values("pk")).first()
    if host is None:
        return []
    address = urlsplit(settings.REJOINDER_URL or f"http://localhost:{port}")
    site = FrontPage.objects.select_related("publication").get(pk=host.root_page_id).publication
    of_its_own = {_place(urlsplit(origin)) for origin in site.origins.values_list("origin", flat=True)}
    placeholder = host.hostname == "localhost"
    if (
        (host.hostname, host.port) in {_place(address), *of_its_own}
        or not (settings.REJOINDER_URL or placeholder)
        or _taken(address, site)
    ):
        return []
    ensure_newsroom(site=site, hostname=address.hostname or "", port=_port(address))
    return [f"{site.name} is now at {address.geturl().rstrip('/')}/"]


def _place(address: SplitResult) -> tuple[str, int]:
    return address.hostname or "", _port(address)


def _port(address: SplitResult) -> int:
    return address.port or _PORTS.get(address.scheme, 80)


def _taken(address: SplitResult, site: Site) -> bool:
    from wagtail.models import Site as Host

    from rejoinder.newsroom.models import FrontPage

    own = FrontPage.objects.filter(publication=site).values_list("pk", flat=True)
    others = Host.objects.filter(hostname=address.hostname or "", port=_port(address)).exclude(
        root_page__in=own
    )
    return bool(others.filter(root_page__in=FrontPage.objects.values_list("pk", flat=True)).exists())


def admit_to_desk(commenter: Commenter) -> None:
    """Let the newsroom's desk know of somebody's role, where there is one."""
    if getattr(settings, "NEWSROOM", False):
        from rejoinder.newsroom.access import sync_desk_access

        sync_desk_access(commenter)
