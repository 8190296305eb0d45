"""Who may send more than a megabyte."""

from __future__ import annotations

from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError


def _session_key(scope: MutableMapping[str, Any]) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""


@sync_to_async
def _has_user(key: str) -> bool:
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        return SESSION_KEY in store.load()
    except DatabaseError:
        return False


async def is_signed_in(scope: MutableMapping[str, Any]) -> bool:
    """Whether the request's session has a user. What that user may do is decided behind, by the desk."""
    key = _session_key(scope)
    return bool(key) and await _has_user(key)
