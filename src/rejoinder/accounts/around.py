"""What every page of a site is given."""

from __future__ import annotations

from typing import Any

from rejoinder.accounts.models import Site


def around(site: Site, title: str) -> dict[str, Any]:
    """{site, site_name, language, page_title}, for rejoinder/site.html."""
    return {"site": site, "site_name": site.name, "language": site.language, "page_title": title}
