"""Ports of this machine for servers that a test starts by number."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import socket

# Below those that the system lends to connections (from 32768 on), or one of them would be lent while a server starts.
FIRST, LAST = 20_000, 32_000
PROCESSES = 16  # of one run; each has ports of its own


def _mine() -> range:
    number = int("".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or 0)
    return range(FIRST + number % PROCESSES, LAST, PROCESSES)


_ports = itertools.cycle(random.SystemRandom().sample(_mine(), len(_mine())))


def free_port() -> int:
    """A port that nobody listens on, and that this process has not given out lately."""
    for port in itertools.islice(_ports, len(_mine())):
        with socket.socket() as sock, contextlib.suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
