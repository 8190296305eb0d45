"""How a process leaves whose place another one took: it takes no new connection, and ends those it has by saying so.

The HTTP server closes, when it is told to stop, connections on which it has read nothing yet. Who was let in at that
very moment would be sent away without an answer. So a process first lets nobody in any more; it is told to stop when
those whom it had let in have been answered.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import stat
import time
from typing import Any

from rejoinder.core.asgi import App, Message, Receive, Scope, Send

HANG_UP = signal.SIGUSR1
LINGER = 0.5  # seconds between the last connection and the end: requests arrive with their connections


class Leaving:
    """An ASGI application that ends connections once its process has been told to hang up."""

    def __init__(self, app: App) -> None:
        self.app, self.leaves = app, False
        signal.signal(HANG_UP, self._hang_up)

    def _hang_up(self, *_: Any) -> None:
        self.leaves = True
        hang_up()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, self._ending(send) if self.leaves else send)

    def _ending(self, send: Send) -> Send:
        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        return send_last


def hang_up() -> None:
    """Let nobody in any more. Who waits at the port waits for the other process that has the same socket."""
    for name in os.listdir("/dev/fd"):
        with contextlib.suppress(OSError):
            _replace(int(name))


def _replace(number: int) -> None:
    """Put a socket at which nobody ever arrives in the place of one that listens for the internet."""
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return
    with socket.socket(fileno=os.dup(number)) as found:
        listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        if not listens or found.family not in {socket.AF_INET, socket.AF_INET6}:
            return
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(1)
        deaf.setblocking(False)
        # Readiness is told for the socket that was; to ask this one finds nobody.
        os.dup2(deaf.fileno(), number)


def let_leave(process: Any) -> None:
    """Tell another process, and wait until it has answered those whom it had let in."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, HANG_UP)
    time.sleep(LINGER)
