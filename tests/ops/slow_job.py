"""`rejoinder work` with a task of the tests' own: it says that it began, and waits until it may end."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

TASK = "tests.slow"


def slow() -> None:
    folder = Path(os.environ["REJOINDER_DATA"])
    _say(folder / "begun")
    while not (folder / "go").exists():
        time.sleep(0.02)
    _say(folder / "done")


def _say(path: Path) -> None:
    with path.open("a") as file:
        file.write(f"{os.getpid()}\n")


def enqueue(count: int) -> None:
    from rejoinder.core import jobs

    for _ in range(count):
        jobs.enqueue(TASK)


def let_leases_end() -> None:
    from rejoinder.core import clock
    from rejoinder.core.models import Job

    Job.objects.filter(task=TASK).update(leased_until=clock.now())


def tell_leases() -> None:
    from rejoinder.core.models import Job

    print(*Job.objects.filter(task=TASK).values_list("leased_until", flat=True))


def main() -> int:
    from rejoinder.project import boot

    start = boot.start_django

    def and_register(**more: Any) -> None:
        start(**more)
        from rejoinder.core import jobs

        jobs.register(TASK, slow)
        jobs.RENEW, jobs.RENEWALS = 0.2, 100_000

    boot.start_django = and_register
    from rejoinder.project.cli import main as command

    return command(["work"])


if __name__ == "__main__":
    raise SystemExit(main())
