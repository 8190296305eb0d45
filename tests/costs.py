"""What something costs in processor time, on a machine that does much else."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3


def costs_less(seconds: float, work: Callable[[], object]) -> bool:
    """Whether it costs less, once of three times: garbage that happens to be collected in between is not its own."""
    return any(_cost(work) < seconds for _ in range(TRIES))


def _cost(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
