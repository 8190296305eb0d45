"""How often a key may ask: counted in the database for all processes, a few at a time for the sake of speed."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from rejoinder.api.perspective.errors import over_quota
from rejoinder.assist.models import Client
from rejoinder.core.limits import Limit, take

WINDOW = timedelta(minutes=1)
# Of a quota, what a process takes ahead: a request need not wait for a write. Small quotas are counted one by one.
SHARE = 50


@dataclass(slots=True)
class _Ahead:
    left: int
    until: float


_ahead: dict[str, _Ahead] = {}
_turn = threading.Lock()


def spend(client: Client) -> None:
    """Count one request. Raises Wrong where the minute holds as many as it may."""
    if _had_ahead(client.digest):
        return
    limit, who = Limit("perspective", client.quota, WINDOW), client.digest
    several = max(1, client.quota // SHARE)
    wait = take(limit, who, uses=several)
    if wait is not None and several > 1:
        several, wait = 1, take(limit, who)
    if wait is not None:
        raise over_quota(client.quota, wait)
    with _turn:
        _ahead[client.digest] = _Ahead(several - 1, time.monotonic() + WINDOW.total_seconds())
        while len(_ahead) > 1000:
            del _ahead[next(iter(_ahead))]


def _had_ahead(digest: str) -> bool:
    with _turn:
        found = _ahead.get(digest)
        if found is None or found.left < 1 or time.monotonic() > found.until:
            return False
        found.left -= 1
        return True
