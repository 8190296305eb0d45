"""The data folder, and the two locks in it: who serves from it, and who prepares it."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rejoinder.core.conf import ConfigurationError, load

SERVING = "serving.lock"  # shared by servers, taken alone by restore
PREPARING = "preparing.lock"  # whoever brings database and files to this version


class InUse(ConfigurationError):
    """Somebody else holds the lock."""


def data_folder() -> Path:
    """REJOINDER_DATA, made when absent. Raises ConfigurationError when it cannot be written."""
    folder = load().data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise ConfigurationError(
            f"The data folder {folder} cannot be written: {error.strerror}. "
            "Make it writable, or name another one in REJOINDER_DATA."
        ) from error
    return folder


@contextmanager
def _lock(path: Path, how: int, busy: str) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield
    except BlockingIOError as error:
        raise InUse(busy) from error
    finally:
        os.close(descriptor)


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Held as long as a server runs; several may. Raises InUse while the folder is being restored."""
    busy = f"{folder} is being restored at this moment. Start the server when that is done."
    with _lock(folder / SERVING, fcntl.LOCK_SH | fcntl.LOCK_NB, busy):
        yield


@contextmanager
def nobody_serving(folder: Path) -> Iterator[None]:
    """Raises InUse when a server runs on the folder; none can start meanwhile."""
    busy = f"A server is running on {folder}. Stop it first, then restore."
    with _lock(folder / SERVING, fcntl.LOCK_EX | fcntl.LOCK_NB, busy):
        yield


@contextmanager
def preparing(folder: Path) -> Iterator[None]:
    """One process at a time brings the folder to this version; the others wait."""
    with _lock(folder / PREPARING, fcntl.LOCK_EX, ""):
        yield
