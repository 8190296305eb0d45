"""`rejoinder work`: any number of workers share the jobs, and none is lost with the one who had it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.ops import slow_job
from tests.ops.installations import COMMAND, Installation, go_back, wait_until
from tests.shared import ROOT

pytestmark = pytest.mark.django_db


class Workers:
    """Workers of one installation, in processes of their own."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        with (self.installation.folder / f"work-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.ops.slow_job"],
                env={**self.installation.environment, **paths}, cwd=self.installation.folder,
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def said(self, what: str) -> list[int]:
        """Which processes have begun a job, or done one."""
        path = self.installation.folder / what
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def let_go(self) -> None:
        (self.installation.folder / "go").touch()


@pytest.fixture
def workers(installation: Installation) -> Iterator[Workers]:
    found = Workers(installation)
    yield found
    found.let_go()
    for process in found.processes:
        process.kill()
        process.wait()


def test_told_to_stop_it_finishes_the_job_in_hand_and_takes_no_other(workers: Workers) -> None:
    workers.installation.call(slow_job.enqueue, 2)
    worker = workers.start()
    wait_until(lambda: workers.said("begun"), "a job has begun")
    worker.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(0.5)
    workers.let_go()
    assert worker.wait(20) == 0
    assert workers.said("begun") == workers.said("done") == [worker.pid]


def test_two_share_the_jobs_and_what_a_killed_one_had_is_done_by_the_other(workers: Workers) -> None:
    workers.installation.call(slow_job.enqueue, 2)
    first, second = workers.start(), workers.start()
    wait_until(lambda: len(workers.said("begun")) == 2, "both have one")
    assert set(workers.said("begun")) == {first.pid, second.pid}
    first.kill()
    first.wait()
    workers.let_go()
    wait_until(lambda: workers.said("done") == [second.pid], "the other one did its own")
    workers.installation.call(slow_job.let_leases_end)
    wait_until(lambda: workers.said("done") == [second.pid] * 2, "and then that of the killed one")
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0


def test_lease_of_a_job_in_hand_is_renewed(workers: Workers) -> None:
    workers.installation.call(slow_job.enqueue, 1)
    workers.start()
    wait_until(lambda: workers.said("begun"), "the job has begun")
    before = workers.installation.call(slow_job.tell_leases)
    wait_until(lambda: workers.installation.call(slow_job.tell_leases) > before, "its lease is longer")


def test_server_without_jobs_leaves_them_to_others(workers: Workers) -> None:
    installation = workers.installation
    workers.let_go()
    with installation.serving("--no-jobs") as server:
        installation.call(slow_job.enqueue, 1)
        worker = workers.start()
        wait_until(lambda: workers.said("done") == [worker.pid], "the worker beside it does the job")
        wait_until(lambda: "rejoinder_jobs_waiting 0.0" in server.get("/metrics")[1], "none waits")
        assert 'rejoinder_jobs_total{outcome="done"' not in server.get("/metrics")[1]


def test_older_database_is_refused(installation: Installation) -> None:
    installation.call(go_back, "rejoinder_discussion")
    assert "older version" in installation.refused("work")


def test_it_says_that_it_works_and_ends_when_told(installation: Installation) -> None:
    process = subprocess.Popen(
        [*COMMAND, "work"],
        env=installation.environment,
        cwd=installation.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"Rejoinder does the jobs.\n"
        assert "is running" in installation.refused("restore", "nothing.tar.gz", "--yes")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
