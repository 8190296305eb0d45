"""What hardly ever changes of a site and is asked for with every page: read once an edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from rejoinder.accounts.models import Site

Found = TypeVar("Found")


def once_an_edition(read: Callable[[Site], Found]) -> Callable[[Site], Found]:
    """A reader of something of a site that reads anew only where the site's edition has changed.

    Each process keeps one answer a site and shares it among its threads: nobody may change it. Whatever changes what
    is read calls `actions.raise_edition` within its transaction; a site that was read before that gives the answer of
    then.
    """
    # By the site's key. A site made anew under an old key begins at edition 0 again; its birth tells them apart.
    kept: dict[str, tuple[tuple[int, datetime], Found]] = {}

    @wraps(read)
    def of(site: Site) -> Found:
        state = (site.edition, site.created)
        known = kept.get(site.key)
        if known is None or known[0] != state:
            kept[site.key] = known = (state, read(site))
        return known[1]

    return of
