"""What the server's processes hold in the end."""

from __future__ import annotations

import contextlib

import psutil

from bench.figures import Row

JOBS = "rejoinder.project.worker"
MEGABYTE = 1_000_000


def memory(pid: int) -> list[Row]:
    """Megabytes of each process of a server: resident, and where it can be read its share of what several hold."""
    first = psutil.Process(pid)
    rows = []
    for process in [first, *first.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            rows.append(_one(process, first))
    return rows


def _one(process: psutil.Process, first: psutil.Process) -> Row:
    command = " ".join(process.cmdline())
    role = "first" if process == first else "jobs" if JOBS in command else "worker"
    if "resource_tracker" in command or "forkserver" in command:
        role = "helper"
    row: Row = {"role": role, "rss_mb": round(process.memory_info().rss / MEGABYTE, 1)}
    with contextlib.suppress(psutil.AccessDenied, AttributeError):
        row["pss_mb"] = round(process.memory_full_info().pss / MEGABYTE, 1)
    return row
