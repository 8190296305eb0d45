"""The processes of a running server."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import psutil

from tests.ops.installations import Server


def alive(process: psutil.Process) -> bool:
    """Whether it runs still; one that has ended and that nobody has looked at yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def children(server: Server) -> list[psutil.Process]:
    """Those that live: one that was killed stays in the list until its parent has looked."""
    found = psutil.Process(server.process.pid).children(recursive=True)
    return [child for child in found if _words(child)]


def _words(process: psutil.Process) -> list[str]:
    try:
        return [] if process.status() == psutil.STATUS_ZOMBIE else process.cmdline()
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return []


def _does_jobs(process: psutil.Process) -> bool:
    return "rejoinder.project.worker" in _words(process)


def web(server: Server) -> list[psutil.Process]:
    """Those that answer requests: forked off; the job worker is started as a module of its own."""
    return [child for child in children(server) if not _does_jobs(child)]


def job_worker(server: Server) -> psutil.Process | None:
    return next(filter(_does_jobs, children(server)), None)


@contextlib.contextmanager
def half_sent(server: Server) -> Iterator[socket.socket]:
    """A request that the server has in hand: it has asked for the body, and has half of it. "cd" is what is left."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as sock:
        says = b"Host: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
        sock.sendall(b"POST /nowhere HTTP/1.1\r\n" + says)
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"ab")
        yield sock
