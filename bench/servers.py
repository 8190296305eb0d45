"""Processes of a run: started on free loopback ports, ended by their number however the run ends."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from rejoinder.project.lifeline import end_with

STARTS_IN = 60.0  # seconds
ENDS_IN = 15.0
HOST = "127.0.0.1"


class DidNotStart(Exception):
    """A server ended, or said nothing for a minute. The message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: where, and the number of its first process."""

    port: int
    pid: int


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def ends_on_signals() -> None:
    """A SIGTERM ends the run as Ctrl-C does: through every `finally`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def answers(port: int, path: str = "/") -> bool:
    """Whether something speaks HTTP there and is not about to."""
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def running(
    command: Sequence[str],
    *,
    port: int,
    log: Path,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[Running]:
    """A server in a session of its own, so that Ctrl-C reaches it through us, once. Raises DidNotStart."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            env=dict(environment) if environment is not None else None, cwd=folder, start_new_session=True,
            preexec_fn=functools.partial(end_with, os.getpid()),  # noqa: PLW1509  (no threads yet; also where we are killed)
        )  # fmt: skip
    try:
        _wait(process, ready, log)
        yield Running(port, process.pid)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    give_up = time.monotonic() + STARTS_IN
    while not ready():
        if process.poll() is not None or time.monotonic() > give_up:
            said = log.read_text(errors="replace").strip().splitlines()[-8:]
            raise DidNotStart("\n".join(said) or "it said nothing")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(ENDS_IN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
