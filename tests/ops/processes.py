"""The processes of a running server."""

from __future__ import annotations

import psutil

from tests.ops.installations import Server


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
