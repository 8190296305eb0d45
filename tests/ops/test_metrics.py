"""/metrics tells of all processes of a server, of those that ended too, and of no other server."""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from tests.ops.installations import Installation, Makers, Server, wait_until
from tests.ops.processes import web

pytestmark = pytest.mark.django_db


def healthy(server: Server) -> int:
    """How many requests to /healthz have been counted."""
    status, text = server.get("/metrics")
    assert status == 200
    found = re.search(r'^rejoinder_requests_total{.*route="healthz".*} (\S+)$', text, re.MULTILINE)
    return int(float(found[1])) if found else 0


def test_every_process_is_counted_and_none_is_forgotten_when_it_ends(installation: Installation) -> None:
    with installation.serving("--workers", "2") as server:
        for _ in range(40):
            assert server.get("/healthz")[0] == 200
        wait_until(lambda: healthy(server) == 40, "both have counted all")
        workers = {child.pid for child in web(server)}
        assert len(workers) == 2
        for worker in web(server):
            worker.send_signal(signal.SIGKILL)
        wait_until(lambda: server.get("/healthz")[0] == 200, "the server answers again")
        wait_until(lambda: healthy(server) == 41, "what the ended ones counted is there")
        wait_until(lambda: 'rejoinder_jobs_total{outcome="done"' in server.get("/metrics")[1], "jobs count")
        folders = list((installation.folder / "metrics").iterdir())
        assert len(folders) == 1
        wait_until(
            lambda: healthy(server) and not any(list(folders[0].glob(f"*_{pid}.db")) for pid in workers),
            "their files are gone",
        )


def test_figures_of_a_killed_server_are_removed_by_the_next(installation: Installation) -> None:
    with installation.serving() as server:
        server.get("/healthz")
        server.stop(signal.SIGKILL)
    with installation.serving() as server:
        assert len(list((installation.folder / "metrics").iterdir())) == 1
        assert healthy(server) == 0
    assert not list((installation.folder / "metrics").iterdir())


@pytest.fixture(scope="module")
def server(makers: Makers) -> Iterator[Server]:
    """One for what leaves nothing behind that others would count."""
    with makers.migrated().serving() as found:
        yield found


def test_through_a_proxy_it_does_not_exist(server: Server) -> None:
    answers = []
    for path in ("/metrics", "/metricz"):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", path, headers={"X-Forwarded-For": "203.0.113.9"})
        answer = connection.getresponse()
        headers = [header for header in answer.getheaders() if header[0] != "date"]
        answers.append((answer.status, answer.read(), headers))
        connection.close()
    assert answers[0][0] == 404
    assert answers[0] == answers[1]


def test_refusals_before_django_are_counted(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as sock:
        sock.sendall(b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"414" in sock.recv(100)
    assert 'rejoinder_refused_total{status="414"} 1.0' in server.get("/metrics")[1]
