"""Whether the process lives, and whether it can do its work. For whoever starts, stops and balances servers."""

from __future__ import annotations

import functools

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _answer(status: int, line: str) -> HttpResponse:
    return HttpResponse(line + "\n", status=status, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Asks nobody."""
    return _answer(200, "ok")


@functools.cache
def _needed() -> frozenset[tuple[str, str]]:
    # The files of this version: they do not change while it runs.
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.leaf_nodes())


def unready() -> str:
    """Why requests cannot be served, as a line without secrets; empty when they can."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        connection.close()
        return "the database does not answer"
    missing = _needed() - applied
    return f"the database lacks {len(missing)} migrations of this version" if missing else ""


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and is of this version: 200, else 503 and the reason."""
    reason = unready()
    return _answer(503, reason) if reason else _answer(200, "ok")
