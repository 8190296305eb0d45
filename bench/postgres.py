"""A PostgreSQL of the run's own, durable as its makers ship it; its data stay in the given folder."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers import INITDB, _embedded_postgres, _owner

NAME = "rejoinder"


@contextlib.contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Its address as DATABASE_URL takes it, with a database of the name `rejoinder`. Stopped at the end.

    The suite's servers may lose what a power cut takes; here nothing of the defaults is switched off: fsync,
    synchronous_commit and full_page_writes are on.
    """
    postgres = _embedded_postgres()
    data = folder / "pg"
    fresh = not (data / "PG_VERSION").exists()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A socket's path is short, the folder's may not be.
    sockets = Path(tempfile.mkdtemp(prefix="rejoinder-bench-"))
    sockets.chmod(0o777)
    context = {"user": _owner(data), "cwd": sockets, "timeout": 120}
    if fresh:
        postgres.initdb(INITDB, pgdata=data, **context)
    options = f"-c listen_addresses='' -k {sockets}"
    postgres.pg_ctl(
        ["-w", "-t", "60", "-l", str(data / "log"), "-o", options, "start"], pgdata=data, **context
    )
    try:
        address = f"postgresql://postgres@/{NAME}?host={sockets}"
        if fresh:
            _create(address)
        yield address
    finally:
        postgres.pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data, **context)
        with contextlib.suppress(OSError):
            sockets.rmdir()


def _create(address: str) -> None:
    import psycopg

    with psycopg.connect(address.replace(f"/{NAME}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
