"""Where the database is, as Django wants it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rejoinder.core.conf import Configuration, ConfigurationError
from rejoinder.core.text.numbers import whole

# FULL: what is acknowledged is on disk. A transaction begins by taking the write lock, so it cannot fail half way.
# A comment changes some 40 pages, most of them again with the next: brought into the file every 4,000 pages (16 MB)
# instead of 1,000, a page is written there once for a hundred comments and not for 25.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 15,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-8192; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
        "PRAGMA wal_autocheckpoint=4000;"
    ),
}

# The server's few threads keep their connections; one that broke is noticed before it is used.
_KEPT = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


# A statement that came so often on a connection is prepared there: read and planned once.
PREPARE_AFTER = "3"


def _options(query: str) -> dict[str, Any]:
    """What psycopg is told, from the end of an address."""
    options: dict[str, Any] = dict(parse_qsl(query))
    # A statement that takes longer than this is a fault of ours, not something to wait for. None is so long that making
    # machine code for it would pay.
    options.setdefault("options", "-c statement_timeout=30000 -c jit=off")
    options["prepare_threshold"] = _prepare_after(options.get("prepare_threshold", PREPARE_AFTER))
    return options


def _prepare_after(said: str) -> int | None:
    """As psycopg takes it; None: never, for a pooler that gives each transaction another connection."""
    if said == "off":
        return None
    number = whole(said, 9)
    if number is None:
        raise ConfigurationError("prepare_threshold in DATABASE_URL must be a number, or off.")
    return number


def databases(configuration: Configuration) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Raises ConfigurationError for an address that is not understood."""
    address = configuration["DATABASE_URL"]
    if not address:
        path = configuration.data / "rejoinder.sqlite3"
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(path),
                **_KEPT,
                "OPTIONS": dict(_SQLITE),
            }
        }
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:  # its message may hold the address, and that a password
        raise ConfigurationError(
            "DATABASE_URL cannot be read: its host or port is none. It must be postgresql://user:password@host:port/name."
        ) from error
    if parts.scheme == "sqlite":
        name = unquote(parts.path)
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": name,
                **_KEPT,
                "OPTIONS": dict(_SQLITE),
            }
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        begins = f"begins with {parts.scheme}://" if parts.scheme else "is no address"
        raise ConfigurationError(
            f"DATABASE_URL {begins}; it must be postgresql://user:password@host:port/name."
        )
    options = _options(parts.query)
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "rejoinder",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(port or ""),
            **_KEPT,
            "OPTIONS": options,
        }
    }
