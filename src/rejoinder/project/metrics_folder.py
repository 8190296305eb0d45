"""Where the processes of one server count together: a folder of memory-mapped files, one a process and type.

Nothing here is kept: each start begins at nothing, as Prometheus expects. Loaded before prometheus_client,
which looks once, when it is imported, whether there is a folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FOLDER = "metrics"  # in the data folder; in it one folder a server
LOCK = "lock"
TYPES = ("counter", "histogram")
ENDED = "0"  # in place of a process's number: what those that ended have counted
ROOM = 512 * 1024  # bytes a file; all our series take a third of that


@contextmanager
def counting_together(data: Path) -> Iterator[Path]:
    """This process and those it starts count into one new folder, gone at the end.

    The folder of a server that was killed is removed by the next start: nobody holds its lock.
    """
    place = data / FOLDER
    place.mkdir(exist_ok=True)
    _remove_left_over(place)
    folder = Path(tempfile.mkdtemp(dir=place))
    with (folder / "new").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        (folder / "new").rename(folder / LOCK)  # held from the first moment that another start sees it
        _make_room(folder, ENDED)
        os.environ[VARIABLE] = str(folder)
        try:
            yield folder
        finally:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(folder, ignore_errors=True)


def join() -> None:
    """Call in each new process before it counts: its room on the disk is taken now.

    A mapped file that finds no room when it is written to ends its process: a full disk would end reading too.
    """
    if not os.environ.get(VARIABLE):
        return
    try:
        _make_room(Path(os.environ[VARIABLE]), str(os.getpid()))
    except OSError:  # full: this process counts by itself, unseen, and serves
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="rejoinder-")


def _make_room(folder: Path, process: str) -> None:
    for kind in TYPES:
        with (folder / f"{kind}_{process}.db").open("ab") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, ROOM)
            elif file.tell() < ROOM:
                file.write(bytes(ROOM - file.tell()))


def _remove_left_over(place: Path) -> None:
    for folder in place.iterdir():
        with suppress(OSError), (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def settled() -> Iterator[Path | None]:
    """The folder of this server, to be read: what ended processes counted is in one file a type. None without one."""
    if not os.environ.get(VARIABLE):
        yield None
        return
    folder = Path(os.environ[VARIABLE])
    with (folder / "settling").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in folder.glob("*_*.db"):
            kind, _, process = path.stem.rpartition("_")
            if process != ENDED and not _lives(int(process)):
                _add(path, folder / f"{kind}_{ENDED}.db")
                path.unlink()
        yield folder


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _add(path: Path, to: Path) -> None:
    from prometheus_client import mmap_dict

    files: Any = mmap_dict.MmapedDict  # comes without types
    total = files(str(to))
    for key, value, _moment, _position in files.read_all_values_from_file(str(path)):
        total.write_value(key, total.read_value(key)[0] + value, 0.0)
    total.close()
