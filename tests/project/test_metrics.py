"""GET /metrics: for whoever runs the server, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rejoinder.core import clock
from rejoinder.core.conf import ConfigurationError
from rejoinder.core.models import Job
from rejoinder.project import proxies
from tests import factories as make

pytestmark = pytest.mark.django_db


def figure(client: Client, name: str) -> float:
    text = client.get("/metrics").content.decode()
    return float(re.findall(rf"^{name} (\S+)$", text, re.MULTILINE)[0])


def shape(answer: Any, path: str) -> tuple[int, bytes, dict[str, str]]:
    """Everything about an answer, the asked path apart."""
    headers = {name: text.replace(path, "/PATH") for name, text in answer.headers.items()}
    return answer.status_code, answer.content.replace(path.encode(), b"/PATH"), headers


REFUSED: dict[str, dict[str, str]] = {
    "another machine": {"REMOTE_ADDR": "203.0.113.9"},
    "another machine, mapped": {"REMOTE_ADDR": "::ffff:203.0.113.9"},
    "no address": {"REMOTE_ADDR": ""},
    "through a proxy here": {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    "claims to be this machine": {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    "Forwarded": {"HTTP_FORWARDED": "for=127.0.0.1"},
    "empty mark": {"HTTP_X_FORWARDED_FOR": ""},
    "X-Real-IP": {"HTTP_X_REAL_IP": "127.0.0.1"},
    "Via": {"HTTP_VIA": "1.1 cache"},
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_for_others_it_is_an_address_like_any_that_does_not_exist(name: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    ask = getattr(client, method)
    here, nowhere = (ask(f"/{word}", **REFUSED[name]) for word in ("metrics", "metricz"))
    assert shape(here, "/metrics") == shape(nowhere, "/metricz")
    assert here.status_code in {301, 404}  # where a newsroom is served, Django tries a slash at the end


def test_named_proxy_is_no_way_in(settings: Any, client: Client) -> None:
    settings.REJOINDER_TRUSTED_PROXIES = ["127.0.0.1"]
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code != 200


def test_named_addresses_may_ask(settings: Any, client: Client) -> None:
    settings.REJOINDER_METRICS = ["10.1.0.0/16"]
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics").status_code != 200
    settings.REJOINDER_METRICS = []
    assert client.get("/metrics").status_code != 200


def test_everybody_cannot_be_named() -> None:
    with pytest.raises(ConfigurationError, match="REJOINDER_METRICS"):
        proxies.check(["0.0.0.0/0"], setting="REJOINDER_METRICS")


def test_it_is_kept_by_nobody_and_sent_to_no_form(client: Client) -> None:
    assert "no-store" in client.get("/metrics")["Cache-Control"]
    assert client.post("/metrics").status_code != 200


def test_it_tells_what_waits(client: Client) -> None:
    site = make.site(hold_all=True)
    held = figure(client, "rejoinder_comments_held")
    make.guest().write(make.thread(site), "Words that wait.")
    assert figure(client, "rejoinder_comments_held") == held + 1
    Job.objects.all().delete()
    Job.objects.create(task="a", due=clock.now() - timedelta(seconds=100))
    Job.objects.create(task="b", due=clock.now() + timedelta(seconds=100))
    Job.objects.create(task="c", due=clock.now(), parked=clock.now())
    assert figure(client, "rejoinder_jobs_waiting") == 2, "one job, and the event of the post"
    assert figure(client, "rejoinder_jobs_parked") == 1
    assert 100 <= figure(client, "rejoinder_jobs_oldest_seconds") < 160
    assert figure(client, "rejoinder_database_up") == 1


def test_what_people_did_is_counted_once_it_is_stored(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    name = r'rejoinder_events_total{kind="CommentPosted"}'
    thread = make.thread(make.site())
    with django_capture_on_commit_callbacks(execute=True):
        make.guest().write(thread, "First.")
    before = figure(client, re.escape(name))
    with django_capture_on_commit_callbacks(execute=False):
        make.guest().write(thread, "Not committed.")
    assert figure(client, re.escape(name)) == before
    with django_capture_on_commit_callbacks(execute=True):
        make.guest().write(thread, "Second.")
    assert figure(client, re.escape(name)) == before + 1


def test_database_that_is_away_is_told_and_the_rest_is_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from rejoinder.project import metrics

    def fail() -> Any:
        raise OperationalError

    monkeypatch.setattr(metrics, "_waiting", fail)
    monkeypatch.setattr(metrics.connection, "close", lambda: None)
    text = client.get("/metrics").content.decode()
    assert "rejoinder_database_up 0.0" in text
    assert "rejoinder_requests_total" in text
    assert "rejoinder_jobs_waiting" not in text
