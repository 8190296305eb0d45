"""One command serves: it makes what is missing, refuses what would do harm, and ends with all it started."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.ops.installations import Installation, wait_until
from tests.ops.processes import alive, children, half_sent, job_worker, web
from tests.ports import free_port

pytestmark = pytest.mark.django_db


def test_serve_makes_everything_from_nothing_and_stops_when_told(empty: Installation) -> None:
    with empty.serving() as server:
        assert server.get("/healthz") == (200, "ok\n")
        assert server.get("/readyz") == (200, "ok\n")
        assert f"Rejoinder listens on http://127.0.0.1:{server.port}" in server.said
        family = children(server)
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 10
    wait_until(lambda: not any(map(alive, family)), "all that it started have ended")


def test_taken_port_is_refused_and_the_other_server_goes_on(
    installation: Installation, empty: Installation
) -> None:
    with installation.serving() as server:
        said = empty.refused("serve", "--port", str(server.port))
        assert f"Port {server.port}" in said
        assert "--port" in said
        assert server.get("/healthz") == (200, "ok\n")


def test_killed_server_leaves_nobody_behind_and_starts_again_at_once(installation: Installation) -> None:
    port = free_port()
    with installation.serving(port=port) as server:
        wait_until(lambda: job_worker(server), "the job worker runs")
        family = children(server)
        server.stop(signal.SIGKILL)
        wait_until(lambda: not any(map(alive, family)), "the children are gone")
    with installation.serving(port=port) as server:
        assert server.get("/readyz")[0] == 200


def test_killed_processes_are_started_anew(installation: Installation) -> None:
    with installation.serving() as server:
        worker = wait_until(lambda: job_worker(server), "the job worker runs")
        worker.kill()
        # The HTTP server gives up when one dies twice within seconds; ours goes on.
        for _ in range(2):
            for child in web(server):
                child.kill()
            wait_until(lambda: server.get("/healthz")[0] == 200, "requests are answered again")
        again = wait_until(lambda: job_worker(server), "the job worker runs again")
        assert again.pid != worker.pid
        assert server.process.poll() is None


def test_stopping_lets_a_request_end(installation: Installation) -> None:
    """A body that is still arriving when the server is told to stop is answered."""
    with installation.serving() as server, half_sent(server) as sock:
        threading.Timer(0.5, sock.sendall, (b"cd",)).start()
        server.process.send_signal(signal.SIGTERM)
        assert sock.recv(100).startswith(b"HTTP/1.1 4")


def test_unready_server_says_why_without_secrets(installation: Installation) -> None:
    if installation.database:
        pytest.skip("takes the SQLite file away")
    with installation.serving() as server:
        for path in installation.folder.glob("rejoinder.sqlite3*"):
            path.unlink()
        status, said = wait_until(
            lambda: answer if (answer := server.get("/readyz"))[0] != 200 else None, "it is not ready"
        )
        assert status == 503
        assert len(said.splitlines()) == 1
        assert server.get("/healthz") == (200, "ok\n")


REFUSALS = {
    "no such kind of database": ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL"),
    "database away": ({"DATABASE_URL": "postgresql://a:hidden@127.0.0.1:1/x"}, "cannot be reached"),
    "port that is none": ({"DATABASE_URL": "postgresql://a:hidden@127.0.0.1:port/x"}, "cannot be read"),
    "host that is none": ({"DATABASE_URL": "postgresql://a:hidden@[::1/x"}, "cannot be read"),
    "no address": ({"DATABASE_URL": "hidden"}, "is no address"),
    "no language of ours": ({"REJOINDER_LANGUAGE": "tlh"}, "REJOINDER_LANGUAGE"),
    "short secret": ({"REJOINDER_SECRET_KEY": "short"}, "at least 32"),
    "everybody trusted": ({"REJOINDER_TRUSTED_PROXIES": "0.0.0.0/0"}, "nearly everybody"),
    "everybody trusted in halves": ({"REJOINDER_TRUSTED_PROXIES": "::/1,8000::/1"}, "nearly everybody"),
    "no proxy": ({"REJOINDER_TRUSTED_PROXIES": "my-proxy"}, "no address"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_serve_refuses_what_cannot_work_in_one_line(name: str, installation: Installation) -> None:
    installation.more, sentence = REFUSALS[name]
    said = installation.refused("serve", "--port", str(free_port()))
    assert sentence in said
    assert "hidden" not in said


def test_data_folder_that_cannot_be_written_is_named(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    installation.more = {"REJOINDER_DATA": str(tmp_path / "file" / "data")}
    assert "cannot be written" in installation.refused("serve", "--port", str(free_port()))


def test_wrong_password_is_told_in_one_line(installation: Installation) -> None:
    if not installation.database:
        pytest.skip("SQLite has no passwords")
    installation.database = installation.database.replace("postgres@", "nobody:hidden@")
    said = installation.refused("migrate")
    assert "hidden" not in said
    assert "DATABASE_URL" in said or "does not exist" in said


def test_worker_ends_with_a_parent_that_is_gone_already(installation: Installation) -> None:
    import subprocess
    import sys

    nobody = subprocess.Popen([sys.executable, "-c", ""])
    nobody.wait()
    ended = subprocess.run(
        [sys.executable, "-m", "rejoinder.project.worker", str(nobody.pid)],
        env=installation.environment, timeout=20, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert os.getpid() != nobody.pid
