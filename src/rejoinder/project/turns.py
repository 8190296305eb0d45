"""A few threads, and who of those who wait is next: a page that many read goes before what one person sends.

While eight people post to a thread its page changes with each of them. Were it drawn after all posts that came before,
its readers would wait for every one of them; drawn next, they wait for the one in hand.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

IN_A_ROW = (
    4  # that go first, one after the other, while somebody else waits: a crowd of readers holds no writer up
)


class Turns:
    def __init__(self, *, threads: int) -> None:
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="django")
        self._lock = threading.Lock()
        self._ahead: deque[Callable[[], None]] = deque()
        self._rest: deque[Callable[[], None]] = deque()
        self._in_a_row = 0

    async def run(self, function: Callable[..., T], *arguments: Any, ahead: bool = False) -> T:
        """The result of a function, computed in one of the threads; `ahead` of those who wait without being so."""
        turn: Future[T] = Future()

        def take() -> None:
            if not turn.set_running_or_notify_cancel():
                return
            try:
                turn.set_result(function(*arguments))
            except BaseException as error:  # whatever it is, it is told to who waits
                turn.set_exception(error)

        with self._lock:
            (self._ahead if ahead else self._rest).append(take)
        self.pool.submit(self._next)
        return await asyncio.wrap_future(turn)

    def _next(self) -> None:
        with self._lock:
            first = bool(self._ahead) and (not self._rest or self._in_a_row < IN_A_ROW)
            self._in_a_row = self._in_a_row + 1 if first else 0
            take = (self._ahead if first else self._rest).popleft()
        take()

    def close(self) -> None:
        """Wait for what was begun and for all who wait."""
        self.pool.shutdown()
