"""A child that must not outlive its parent, however the parent ends.

A worker that went on after its server was killed would hold the port and do jobs with old code.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
LOOK = 0.5  # seconds between looks where the system cannot tell by itself


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def end_with(parent: int) -> None:
    """Call in the child, once: it is killed when the process `parent` ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
