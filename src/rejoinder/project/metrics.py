"""GET /metrics: what all processes of this server have counted, and what waits in the database.

Not public: for named addresses only, and for nobody through a proxy. Whoever may not ask gets what an address
that does not exist gets.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from rejoinder.core import client, clock
from rejoinder.core import metrics as counted
from rejoinder.core.http import private
from rejoinder.core.models import Event, Job
from rejoinder.discussion.models import Comment
from rejoinder.project import metrics_folder

MOST = 10_000  # rows counted; "10,000 or more" tells an operator as much as the number


# An address that does not exist asks no form for its token either.
@csrf_exempt
def metrics(request: HttpRequest) -> HttpResponse:
    """GET /metrics: in Prometheus's text format."""
    allowed = request.method in {"GET", "HEAD"} and client.came_directly_from(
        request, settings.REJOINDER_METRICS
    )
    if not allowed:
        _forget_this_address(request)
        raise Http404
    counted.carry()
    with metrics_folder.settled() as folder:
        registry = REGISTRY
        if folder is not None:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
        text = generate_latest(registry)
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    return private(HttpResponse(text + generate_latest(waiting), content_type=CONTENT_TYPE_LATEST))


def _forget_this_address(request: HttpRequest) -> None:
    """What follows, such as the slash that Django tries at the end, asks the list of addresses without this one."""
    from rejoinder.project.urls import PUBLIC

    request.urlconf = PUBLIC  # type: ignore[assignment]  # Django takes a list of patterns as well


class Waiting(Collector):
    """What waits in the database, counted when asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = list(_waiting())
        except DatabaseError:
            connection.close()
            counted.away("database")
            found = []
        yield _gauge("database_up", "Whether the database answered just now.", 1 if found else 0)
        yield from found


def _waiting() -> Iterator[GaugeMetricFamily]:
    moment = clock.now()
    due = Job.objects.filter(parked=None, due__lte=moment)
    # Events that no worker has made jobs of yet wait as jobs do.
    untold = Event.objects.filter(waits=True)
    firsts = (
        due.order_by("due", "id").values_list("due", flat=True).first(),
        untold.order_by("id").values_list("created", flat=True).first(),
    )
    age = max(((moment - first).total_seconds() for first in firsts if first), default=0)
    count = min(due[:MOST].count() + untold[:MOST].count(), MOST)
    yield _gauge("jobs_waiting", f"Jobs due or in hand, and events to be told; up to {MOST}.", count)
    yield _gauge("jobs_oldest_seconds", "For how long the oldest of them has been due.", max(age, 0))
    parked = Job.objects.filter(parked__isnull=False)[:MOST].count()
    yield _gauge("jobs_parked", f"Jobs given up; counted up to {MOST}.", parked)
    # The index on what is not public is used where that very condition is written out.
    held = Comment.objects.exclude(state=Comment.State.PUBLIC).filter(state=Comment.State.HELD)
    yield _gauge("comments_held", f"Comments that wait for a decision; up to {MOST}.", held[:MOST].count())


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"rejoinder_{name}", meaning, value=value)
