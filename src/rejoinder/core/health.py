"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rejoinder.core.http import private


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """GET /healthz: the process lives. Asks nobody else."""
    return private(HttpResponse("ok\n", content_type="text/plain"))


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """GET /readyz: the database answers and is migrated."""
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # whatever the database says, the answer is the same and holds no secret
        return private(HttpResponse("the database does not answer\n", status=503, content_type="text/plain"))
    if waiting:
        return private(HttpResponse("migrations are missing\n", status=503, content_type="text/plain"))
    return private(HttpResponse("ok\n", content_type="text/plain"))
