"""Loading what answers before anybody asks: a second or two that Coral would not wait for."""

from __future__ import annotations

import threading

import structlog
from django.db import DatabaseError, connection

from rejoinder.accounts.models import Site
from rejoinder.assist import available

log = structlog.get_logger("rejoinder.perspective")

SITES = 16
# Of no language that its commonest words give away: what tells languages apart is loaded too.
WORDS = "Vaucluse cherche toujours quelques volontaires supplémentaires"


def begin() -> None:
    """Load models in a thread of their own, where there is a client to ask."""
    threading.Thread(target=_load, name="perspective", daemon=True).start()


def _load() -> None:
    try:
        sites = Site.objects.filter(assist_clients__ended=None, assist_clients__isnull=False).distinct()[
            :SITES
        ]
        if available() and (found := list(sites)):
            warm(found)
    except DatabaseError as error:
        # A database that is away, or of a version before clients: the first question loads instead.
        log.info("not loaded ahead", error=type(error).__name__)
    finally:
        connection.close()


def warm(sites: list[Site]) -> None:
    """Ask once of each site what will be asked of it."""
    from rejoinder.assist.judging import judge_in_full
    from rejoinder.assist.learning import Text

    for site in sites:
        judge_in_full(site, [Text(WORDS), Text(WORDS, "en")])
