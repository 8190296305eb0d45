"""SIGHUP gives a server other processes, one after the other, and no reader notices."""

from __future__ import annotations

import os
import pty
import signal
import threading
import time
from http.client import HTTPConnection, RemoteDisconnected

import psutil
import pytest

from tests.ops.installations import COMMAND, Installation, Server, wait_until
from tests.ops.processes import alive, half_sent, web
from tests.ports import free_port

# No mark for a database: which one it is makes no difference here, and once is enough.


def pids(server: Server) -> set[int]:
    return {child.pid for child in web(server)}


def reload(server: Server, workers: int) -> None:
    before = pids(server)
    assert len(before) == workers
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: len(pids(server)) == workers and not pids(server) & before, "all are others")


class Readers(threading.Thread):
    """Asks again and again; some on a connection of their own each time, some on one that is kept."""

    def __init__(self, port: int, *, keeps: bool) -> None:
        super().__init__(daemon=True)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self.keeps, self.ended = keeps, threading.Event()
        self.answered, self.failures = 0, [""][:0]

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                self.ask()
            except Exception as error:
                self.failures.append(repr(error))
                self.connection.close()
        self.connection.close()

    def ask(self) -> None:
        try:
            status = self.once()
        except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # A kept connection may end before it is used again; clients and proxies then take a new one.
            if not self.keeps:
                raise
            self.connection.close()
            status = self.once()
        assert status == 200, status
        self.answered += 1

    def once(self) -> int:
        try:
            self.connection.request("GET", "/healthz")
            answer = self.connection.getresponse()
            answer.read()
            return answer.status
        finally:
            if not self.keeps:
                self.connection.close()


def under_load(server: Server, *, workers: int, times: int) -> None:
    readers = [Readers(server.port, keeps=keeps) for keeps in (False, False, True)]
    for reader in readers:
        reader.start()
    for _ in range(times):
        reload(server, workers)
    for reader in readers:
        reader.ended.set()
        reader.join(30)
    assert [failure for reader in readers for failure in reader.failures] == []
    assert all(reader.answered > 10 * times for reader in readers)


def test_five_reloads_fail_no_request(installation: Installation) -> None:
    with installation.serving() as server:
        under_load(server, workers=1, times=5)
        assert server.process.poll() is None


@pytest.mark.long
def test_fifty_reloads_of_two_processes_fail_no_request(installation: Installation) -> None:
    with installation.serving("--workers", "2") as server:
        under_load(server, workers=2, times=50)


def test_request_that_is_in_hand_is_answered_by_the_process_that_goes(installation: Installation) -> None:
    with installation.serving() as server, half_sent(server) as sock:
        before = pids(server)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: pids(server) - before, "another process is there")
        time.sleep(1.5)  # until the old one was told to stop: nothing outside tells
        sock.sendall(b"cd")
        assert sock.recv(100).startswith(b"HTTP/1.1 4")


def test_stop_is_heard_during_a_reload(installation: Installation) -> None:
    with installation.serving("--workers", "2") as server:
        before = pids(server)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: pids(server) - before, "another process is there")
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 10


def test_terminal_that_is_closed_ends_the_server(installation: Installation) -> None:
    port = free_port()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(installation.folder)
        os.execve(COMMAND[0], [*COMMAND, "serve", "--port", str(port)], installation.environment)
    said = b""
    while b"listens on" not in said:
        said += os.read(terminal, 1000)
    family = psutil.Process(child).children(recursive=True)
    os.close(terminal)
    wait_until(lambda: os.waitpid(child, os.WNOHANG)[0], "the server has ended")
    wait_until(lambda: not any(map(alive, family)), "all that it started have ended")
