"""Serve: the HTTP server's processes and the one that does the jobs, all ended with this one."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec  # type: ignore[attr-defined]

from rejoinder.project import logs, metrics_folder, port, static
from rejoinder.project.folder import preparing
from rejoinder.project.leaving import HANG_UP, Leaving, let_leave
from rejoinder.project.lifeline import end_with
from rejoinder.project.migrate import bring_up_to_date

log = structlog.get_logger("rejoinder.serve")

HEADER_SECONDS = 10
GRACE = 8  # seconds for requests and the job in hand, once told to stop
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
STEADY = 60.0  # who has run that long starts anew with the first pause
OVERLAP = 1.0  # seconds that a process and the one that takes its place work together
STARTS_IN = 60.0  # seconds after which nobody waits for the port any longer


def prepare(folder: Path, *, tell: Callable[[str], None]) -> None:
    """Database and static files are of this version afterwards. A second start finds nothing to do."""
    check_proxies()
    (folder / "media").mkdir(exist_ok=True)
    bring_up_to_date(folder, tell=tell)
    with preparing(folder):
        if static.collect():
            tell("Collected the static files.")


def check_proxies() -> None:
    """Raises ConfigurationError where a setting that names addresses is malformed or names everybody."""
    from django.conf import settings

    from rejoinder.project.proxies import check

    for setting in ("REJOINDER_TRUSTED_PROXIES", "REJOINDER_METRICS"):
        check(getattr(settings, setting, []), setting=setting)


def _application(parent: int) -> Any:
    end_with(parent)
    metrics_folder.join()
    from rejoinder.project.asgi import application

    return Leaving(application)


# Processes are started one at a time. A process of the server is forked, and keeps what was open: the pipe by which a
# program started in that moment says that it runs, too. Its end would not come, and whoever waits for that would wait.
_starting = threading.Lock()


class JobWorker(threading.Thread):
    """Keeps one process that does the jobs; starts it anew, with growing pauses, when it dies."""

    def __init__(self) -> None:
        super().__init__(name="job-worker", daemon=True)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def _start_process(self) -> subprocess.Popen[bytes] | None:
        # In this order: who is told to stop while starting a process of the server waits for the second lock alone.
        with _starting, self._lock:
            if self._stopping.is_set():
                return None
            # A session of its own: Ctrl-C reaches it through us, once.
            self._process = subprocess.Popen(  # noqa: S603 (this very interpreter and module)
                [sys.executable, "-m", "rejoinder.project.worker", str(os.getpid())],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            return self._process

    def run(self) -> None:
        pause = FIRST_PAUSE
        while (process := self._start_process()) is not None:
            began = time.monotonic()
            code = process.wait()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            log.error("the job worker ended and is started anew", code=code, pause=pause)
            self._stopping.wait(pause)

    def ask_to_stop(self) -> None:
        with self._lock:
            self._stopping.set()
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for the job in hand; after that long the process is killed, and its job comes back."""
        if self._process is not None:
            try:
                self._process.wait(max(seconds, 0.1))
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


class Stop:
    """Whether and when we were told to stop: kept outside the HTTP server, which may be between two lives."""

    def __init__(self, jobs: JobWorker) -> None:
        self.at = 0.0
        self._jobs = jobs

    def tell(self) -> None:
        if not self.at:
            self.at = time.monotonic()
            self._jobs.ask_to_stop()


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


class Server(Granian):  # type: ignore[misc, valid-type]
    """The HTTP server, telling the job worker to stop at the moment it is told itself."""

    stop: Stop
    from_terminal = False
    _shd: Any

    def _init_shared_socket(self) -> None:
        """A listening socket for each process, kept here: connections that wait at one wait for its successor.

        A process that opened its own would reset them when it ends. One socket for all halves the throughput: who
        is woken first takes most connections. Where the system does not share out a port, it has to do.
        """
        spec = SocketSpec(self.bind_addr, self.bind_port, self.backlog)
        shares_out = sys.platform == "linux"
        self._listeners = [spec.build() for _ in range(self.workers)] if shares_out else [spec.build()]

    def _spawn_worker(self, idx: int, *args: Any, **kwargs: Any) -> Any:
        self._ssp, self._shd, self._sso = None, self._listeners[idx % len(self._listeners)], None
        worker = super()._spawn_worker(idx, *args, **kwargs)
        start = worker.start

        def start_alone() -> None:
            with _starting:
                start()

        worker.start = start_alone
        return worker

    def _drop_shared_socket(self) -> None:
        self._shd = None
        while self._listeners:
            os.close(self._listeners.pop().get_fd())

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """SIGHUP: other processes, one after the other; the end where it was the terminal that went away."""
        if self.from_terminal and not _has_terminal():
            self.signal_handler_interrupt()
        else:
            super().signal_handler_reload(*args, **kwargs)

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        self.main_loop_interrupt.clear()
        self.reload_signal = False
        for index in range(self.workers):
            if self.interrupt_signal:
                break
            self._replace_gently(self.wrks[index])
            self._respawn_workers([index], spawn_target, target_loader, delay=OVERLAP)

    def _replace_gently(self, worker: Any) -> None:
        terminate = worker.terminate

        def leave() -> None:
            let_leave(worker.inner)
            terminate()

        worker.terminate = leave

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        self.stop.tell()
        super().signal_handler_interrupt(*args, **kwargs)

    def startup(self, *args: Any, **kwargs: Any) -> None:
        super().startup(*args, **kwargs)
        if self.stop.at:  # told while there was no server, or the one before this
            self.signal_handler_interrupt()

    def _respawn_workers(self, *args: Any, **kwargs: Any) -> None:
        super()._respawn_workers(*args, **kwargs)
        # The loop clears its alarm before it comes here; one that rang in that moment would be lost.
        if self.interrupt_signal:
            self.main_loop_interrupt.set()


def _server(host: str, number: int, workers: int, form: str) -> Server:
    _, address = port.numeric(host)
    return Server(
        "rejoinder.project.asgi:application",
        address=address,
        port=number,
        interface=Interfaces.ASGI,
        workers=workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=64 * 1024),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        log_dictconfig=logs.as_dictionary(form),
    )


def _announce(host: str, number: int, tell: Callable[[str], None]) -> None:
    give_up = time.monotonic() + STARTS_IN
    while not port.answers(host, number):
        if time.monotonic() > give_up:
            return
        time.sleep(0.05)
    shown = f"[{host}]" if ":" in host else host
    tell(f"Rejoinder listens on http://{shown}:{number}")


def serve(
    host: str,
    number: int,
    *,
    workers: int,
    form: str,
    tell: Callable[[str], None],
    does_jobs: bool = True,
) -> int:
    """Run until SIGTERM or Ctrl-C. Returns the exit code: 0 when it was told to stop."""
    jobs = JobWorker()
    if does_jobs:
        jobs.start()
    threading.Thread(target=_announce, args=(host, number, tell), daemon=True).start()
    # The processes to come share what is loaded; no connection may be among it.
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 (loads all views)
    connections.close_all()
    # Until a new process listens for it itself; ours never does.
    signal.signal(HANG_UP, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    code, stop, from_terminal = 0, Stop(jobs), _has_terminal()
    crashes: list[float] = []
    while not stop.at:
        server = _server(host, number, workers, form)
        server.stop, server.from_terminal = stop, from_terminal
        with contextlib.suppress(SystemExit):
            server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)
        if not stop.at and _crashes_too_often(crashes):
            code = 1
            log.error("the server's processes end as soon as they start; giving up")
            stop.tell()
    jobs.wait(stop.at + GRACE - time.monotonic())
    return code


def _crashes_too_often(crashes: list[float]) -> bool:
    """The HTTP server gives up when a process dies twice within seconds. Somebody may be killing it: go on, a while."""
    moment = time.monotonic()
    crashes[:] = [*(crash for crash in crashes if moment - crash < STEADY), moment]
    time.sleep(min(FIRST_PAUSE * len(crashes), 2.0))
    return len(crashes) > 20
