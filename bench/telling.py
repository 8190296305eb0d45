"""Progress: a bar on a terminal, else a line a step; on stderr, so that the table is alone on stdout."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False)
_began = time.monotonic()


def tell(sentence: str) -> None:
    """A line that stays, with the minutes and seconds since the start."""
    minutes, seconds = divmod(int(time.monotonic() - _began), 60)
    console.print(f"{minutes:3d}:{seconds:02d}  {sentence}", markup=False)


class Steps:
    """`with Steps("read", total) as step: step("what is done now")` before each of them."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Steps:
        tell(self.label)
        if console.is_terminal:
            columns = (BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
            self._bar = Progress(*columns, TextColumn("{task.description}"), console=console, transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=self.total)
        return self

    def __call__(self, what: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self.done, description=what)
        elif self.done * 10 // max(self.total, 1) != (self.done - 1) * 10 // max(self.total, 1):
            tell(f"  {self.done + 1} of {self.total}: {what}")
        self.done += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
