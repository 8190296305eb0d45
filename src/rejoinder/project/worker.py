"""The process that does the jobs: beside the server as `python -m rejoinder.project.worker PARENT`, or by itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType

from rejoinder.project import metrics_folder
from rejoinder.project.boot import start_django
from rejoinder.project.lifeline import end_with


def until_told() -> threading.Event:
    """Set by SIGTERM or Ctrl-C. A second one ends the process at once, as if it had been killed."""
    stop = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def work(stop: threading.Event, *, nice: int = 0) -> int:
    """Do jobs until told to stop; the one in hand is finished. Returns the exit code.

    `nice`: how far they give way. Starting does not: a stop waits for it.
    """
    start_django(server=True)
    from rejoinder.core import jobs

    with suppress(OSError):
        os.nice(nice)
    jobs.work(stop)
    return 0


# Beside a server whose readers and writers wait for answers: where all want the processor, its jobs get a quarter of
# what a process of the server gets. They hold no lock for longer by it: whoever waits for that leaves it the processor.
NICE = 6


def run(parent: int) -> int:
    """Work until SIGTERM, or until the process `parent` ends."""
    end_with(parent)
    metrics_folder.join()
    return work(until_told(), nice=NICE)


if __name__ == "__main__":
    raise SystemExit(run(int(sys.argv[1])))
