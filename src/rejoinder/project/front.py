"""What a request meets, in this order: pages kept in memory, the limits of what may come in, Django."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection

from rejoinder import __version__
from rejoinder.core.asgi import App
from rejoinder.core.cache import valkey
from rejoinder.core.text.render import RENDERER_VERSION
from rejoinder.discussion.delivery.elsewhere import Elsewhere
from rejoinder.discussion.delivery.path import Delivery
from rejoinder.discussion.delivery.revisions import of_database, read
from rejoinder.project.bridge import Bridge
from rejoinder.project.intake import Intake
from rejoinder.project.uploads import has_user, session_key

MEMORY = 32 * 1024 * 1024  # bytes of pages that a process keeps: about 2,000 first windows


def _version() -> str:
    """Of all that a page is made by; its links name static files by their content."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    files = manifest.read_bytes() if manifest.is_file() else b""
    database = repr(sorted(connection.settings_dict.items(), key=str)).encode()
    parts = b"|".join([__version__.encode(), str(RENDERER_VERSION).encode(), files, database])
    return hashlib.blake2b(parts, digest_size=8).hexdigest()


def _elsewhere() -> Elsewhere | None:
    address = settings.CONFIGURATION["VALKEY_URL"]
    return Elsewhere(valkey(address), version=_version(), present=read) if address else None


def threads(chosen: str) -> int:
    """How many threads a process has, by REJOINDER_THREADS.

    On SQLite one writer works at a time, and a second thread only takes the interpreter from it; PostgreSQL's answers
    are waited for.
    """
    if chosen != "auto":
        return int(chosen)
    return 1 if connection.vendor == "sqlite" else 2


def application_of(*, threads: int) -> App:
    """The server's ASGI application. `threads`: how many requests of one process Django works on at once."""
    bridge = Bridge(threads=threads)

    async def is_signed_in(scope: dict[str, object]) -> bool:
        key = session_key(scope)
        return bool(key) and await bridge.run(has_user, key)

    return Delivery(
        Intake(bridge, is_signed_in=is_signed_in),  # type: ignore[arg-type]
        django=bridge,
        revisions=of_database(),
        most=MEMORY,
        elsewhere=_elsewhere(),
    )
