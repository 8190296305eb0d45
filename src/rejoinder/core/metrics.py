"""What is counted: for whoever runs the server, in Prometheus's terms.

Every label comes from a list in the code (routes, kinds of event, tasks): nothing that a client sends can add
a series. Where PROMETHEUS_MULTIPROC_DIR was set before this was loaded, as `rejoinder serve` does, all processes
count into one folder; elsewhere, as in a host project, each counts in its own registry and nothing is served.
"""

from __future__ import annotations

import os
import re
import threading
import time
from multiprocessing.util import Finalize

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import Counter, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_requests = Counter(
    "rejoinder_requests", "Requests that Django answered, by route.", ["route", "method", "status"]
)
_request_seconds = Histogram(
    "rejoinder_request_seconds", "Seconds a request took in Django.", ["route"], buckets=_SECONDS
)
_refused = Counter("rejoinder_refused", "Requests refused before Django saw them.", ["status"])
_served = Counter("rejoinder_served", "Public bodies sent by the short path.", ["kind", "how"])
_served_seconds = Counter("rejoinder_served_seconds", "Seconds that took, in sum.", ["kind", "how"])
_served_bytes = Counter("rejoinder_served_bytes", "Bytes of those bodies, in sum.", ["kind", "how"])
_events = Counter("rejoinder_events", "What was done and stored, by kind of event.", ["kind"])
_jobs = Counter("rejoinder_jobs", "Jobs run, by what became of them.", ["task", "outcome"])
_job_seconds = Counter("rejoinder_job_seconds", "Seconds jobs took, in sum.", ["task"])
_trouble = Counter("rejoinder_trouble", "Times that something needed was away.", ["what"])


def answered(request: HttpRequest, status: int, seconds: float) -> None:
    """Count a request that Django answered."""
    route = route_of(request)
    method = request.method if request.method in _METHODS else "other"
    _requests.labels(route, method, str(status)).inc()
    _request_seconds.labels(route).observe(seconds)


def route_of(request: HttpRequest) -> str:
    """The name of the route, never the path: `window`; `desk` for all that Wagtail serves there; `none`."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path_info.startswith(settings.STATIC_URL or "\0") else "none"
    if match.url_name and match.func.__module__.startswith("rejoinder."):
        return str(match.url_name)
    folder = match.route.partition("/")[0]
    return folder if re.fullmatch("[a-z]+", folder) else "other"


def refused(status: int) -> None:
    """Count a request that was refused for its weight, its slowness or its headers."""
    _refused.labels(str(status)).inc()


def happened(kind: str) -> None:
    """Count an event that was committed. `kind` is the name of its class."""
    _events.labels(kind).inc()


def ran(task: str, outcome: str, seconds: float) -> None:
    """Count a job. `outcome` is done, later or parked."""
    _jobs.labels(task, outcome).inc()
    _job_seconds.labels(task).inc(seconds)


def away(what: str) -> None:
    """Count that the `database` or `valkey` did not answer."""
    _trouble.labels(what).inc()


# The short path answers in some ten microseconds; writing three shared counters would cost four of them. So it
# adds to plain numbers, a set for each thread, and a thread carries them over each second: 0.2 us a call.
CARRY = 1.0  # seconds
_Cells = dict[tuple[str, str], list[float]]  # (kind, how) -> times, seconds, bytes
_mine = threading.local()
_all: list[tuple[_Cells, _Cells]] = []  # counted, and how much of it was carried over; one pair a thread
_carrying = threading.Lock()
_carrier: threading.Thread | None = None


def served(kind: str, how: str, seconds: float, size: int = 0) -> None:
    """Count a body sent by the short path. Both words come from a list in the code.

    `how`: memory, valkey, built, unchanged (304) ... as the caller calls it; `size` in bytes.
    """
    try:
        cell = _mine.cells[kind, how]
    except (AttributeError, KeyError):
        cell = _new_cell(kind, how)
    cell[0] += 1
    cell[1] += seconds
    cell[2] += size


def _new_cell(kind: str, how: str) -> list[float]:
    global _carrier  # noqa: PLW0603 (one a process)
    if not hasattr(_mine, "cells"):
        _mine.cells = {}
        with _carrying:
            _all.append((_mine.cells, {}))
            if _carrier is None:
                _carrier = threading.Thread(target=_carry_on, name="metrics", daemon=True)
                _carrier.start()
                # Runs at the end of a worker process too, where atexit does not.
                Finalize(None, carry, exitpriority=0)
    return _mine.cells.setdefault((kind, how), [0, 0.0, 0])  # type: ignore[no-any-return]


def _carry_on() -> None:
    while True:
        time.sleep(CARRY)
        carry()


def carry() -> None:
    """Bring what `served` has counted to where it can be read."""
    with _carrying:
        for counted, carried in _all:
            for labels, cell in list(counted.items()):
                now, before = list(cell), carried.get(labels, [0, 0.0, 0])
                if now[0] == before[0]:
                    continue
                carried[labels] = now
                _served.labels(*labels).inc(now[0] - before[0])
                _served_seconds.labels(*labels).inc(now[1] - before[1])
                _served_bytes.labels(*labels).inc(now[2] - before[2])


def _begin_anew() -> None:
    """A process that was forked off has counted nothing and has no carrier."""
    global _mine, _carrying, _carrier
    _mine, _carrying, _carrier = threading.local(), threading.Lock(), None
    _all.clear()


os.register_at_fork(after_in_child=_begin_anew)
