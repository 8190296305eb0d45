"""Who may send more than a megabyte."""

from __future__ import annotations

from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError


def session_key(scope: MutableMapping[str, Any]) -> str:
    """The session that a request names, or an empty string."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""


def has_user(key: str) -> bool:
    """Whether a session has a user. What that user may do is decided behind, by the desk."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        return SESSION_KEY in store.load()
    except DatabaseError:
        return False
