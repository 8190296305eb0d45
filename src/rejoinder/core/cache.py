"""The shared cache: Valkey where configured, else a table of the database.

When Valkey is away the table takes over: what protects falls back, and is never unlimited.
"""

from __future__ import annotations

import time
from typing import Any

import redis
import redis.exceptions
import structlog
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache

from rejoinder.core import metrics

log = structlog.get_logger("rejoinder.cache")

REST = 5.0  # seconds before a Valkey that failed is asked again
_AWAY = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError, redis.exceptions.ResponseError)


_PATIENCE = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}  # seconds


def _location(address: str) -> str:
    # The protocol is Redis's own; its client knows the scheme under that name only.
    return address.replace("valkeys://", "rediss://").replace("valkey://", "redis://")


def _cache(address: str, params: dict[str, Any]) -> RedisCache:
    return RedisCache(_location(address), {**params, "OPTIONS": dict(_PATIENCE)})


def valkey(address: str) -> redis.Redis:
    """A client of the Valkey at VALKEY_URL, for what is more than a cache entry. Raises ValueError."""
    return redis.Redis.from_url(_location(address), **_PATIENCE)


class Absence:
    """Whether Valkey is away: one that failed is not asked again for REST seconds. True while that lasts."""

    def __init__(self, instead: str) -> None:
        self._instead, self._until = instead, 0.0

    def __bool__(self) -> bool:
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        self._until = time.monotonic() + REST
        metrics.away("valkey")
        log.warning(f"valkey is away; {self._instead}", error=str(error)[:200])


class Shared(BaseCache):
    """Django's cache interface over Valkey with the database behind it."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = dict(params.get("OPTIONS", {}))
        address = options.pop("VALKEY_URL", "")
        params = {**params, "OPTIONS": options}
        self._table = DatabaseCache(table, params)
        self._valkey = _cache(address, params) if address else None
        self._absence = Absence("the database serves")
        # createcachetable looks for these two.
        self.cache_model_class = self._table.cache_model_class
        self._table_name = table

    def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if self._valkey is not None and not self._absence:
            try:
                return getattr(self._valkey, method)(*args, **kwargs)
            except _AWAY as error:
                self._absence.begin(error)
        return getattr(self._table, method)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("delete", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("has_key", *args, **kwargs)

    def clear(self) -> None:
        self._call("clear")
