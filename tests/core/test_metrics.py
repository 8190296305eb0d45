"""Figures: every label comes from a list of ours, and counting costs next to nothing."""

from __future__ import annotations

import threading
import time

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from rejoinder.core import clock, jobs, metrics
from rejoinder.core.models import Job


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def series() -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in REGISTRY.collect()
        if family.name.startswith("rejoinder_")
        for sample in family.samples
    }


def test_no_path_and_no_method_adds_a_series(db: None, client: Client) -> None:
    def ask(number: int) -> None:
        client.get(f"/nothing/{number}")
        client.get(f"/threads/site-{number}/", {"key": f"k{number}"})
        client.get(f"/comments/c{number}/")
        client.generic(f"ODD{number}", f"/accounts/{number}")

    ask(0)
    known = series()
    for number in range(1, 30):
        ask(number)
    assert series() == known


def test_a_request_is_counted_by_the_name_of_its_route(client: Client) -> None:
    labels = {"route": "healthz", "method": "GET", "status": "200"}
    before = value("rejoinder_requests_total", **labels)
    timed = value("rejoinder_request_seconds_count", route="healthz")
    client.get("/healthz")
    assert value("rejoinder_requests_total", **labels) == before + 1
    assert value("rejoinder_request_seconds_count", route="healthz") == timed + 1


def test_what_the_short_path_served_is_carried_over_from_every_thread() -> None:
    labels = {"kind": "window", "how": "memory"}
    names = ("rejoinder_served_total", "rejoinder_served_seconds_total", "rejoinder_served_bytes_total")
    metrics.carry()
    before = [value(name, **labels) for name in names]

    def serve() -> None:
        for _ in range(500):
            metrics.served("window", "memory", 0.25, 100)

    threads = [threading.Thread(target=serve) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    metrics.carry()
    metrics.carry()
    counted = [value(name, **labels) - was for name, was in zip(names, before, strict=True)]
    assert counted == [2000, 500, 200_000]


def test_counting_a_body_costs_less_than_writing_it() -> None:
    def seconds() -> float:
        began = time.perf_counter()
        for _ in range(10_000):
            metrics.served("window", "memory", 0.001, 100)
        return (time.perf_counter() - began) / 10_000

    assert min(seconds() for _ in range(5)) < 2e-6


@pytest.mark.django_db
def test_a_job_is_counted_by_what_became_of_it() -> None:
    def fail() -> None:
        raise ValueError

    jobs.register("tests.fails", fail)
    for task in ("tests.fails", "tests.nobody_knows"):
        Job.objects.create(task=task, due=clock.now())
    later = {"outcome": "later"}
    before = value("rejoinder_jobs_total", task="tests.fails", **later)
    strange = value("rejoinder_jobs_total", task="unknown", **later)
    while (job := jobs.lease()) is not None:
        jobs.run(job)
    assert value("rejoinder_jobs_total", task="tests.fails", **later) == before + 1
    assert value("rejoinder_jobs_total", task="unknown", **later) == strange + 1
    assert not value("rejoinder_jobs_total", task="tests.nobody_knows", **later)
