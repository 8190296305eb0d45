"""The process beside the server that does the jobs: `python -m rejoinder.project.worker PARENT`."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

from rejoinder.project import metrics_folder
from rejoinder.project.boot import start_django
from rejoinder.project.lifeline import end_with


def run(parent: int) -> int:
    """Work until SIGTERM, or until the process `parent` ends."""
    end_with(parent)
    metrics_folder.join()
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    start_django(server=True)
    from rejoinder.core import jobs

    jobs.work(stop)
    return 0


if __name__ == "__main__":
    raise SystemExit(run(int(sys.argv[1])))
