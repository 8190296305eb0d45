"""Whose page it is, for pages that know no site of their own: sign-in, and what says that something went wrong."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rejoinder.core.errors import NotFound
from rejoinder.newsroom import queries
from rejoinder.newsroom.models import FrontPage


def publication(request: HttpRequest) -> dict[str, Any]:
    """A context processor: `publication`, the front page of the host asked; None where there is none.

    Asked for only by pages that show it, and never a reason to fail: it stands on the page that says so.
    """
    return {"publication": SimpleLazyObject(lambda: _front(request))}


def _front(request: HttpRequest) -> FrontPage | None:
    try:
        return queries.access_front(request)
    except (NotFound, DatabaseError):
        return None
