"""How far a command is, on stderr: a bar or a turning sign where that is a terminal, else nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")


def track(things: Collection[T], what: str) -> Iterator[T]:
    """Each of the things, with a bar that says how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield from bar.track(things, total=len(things))


def spinner(what: str) -> AbstractContextManager[object]:
    """For what cannot say how far it is."""
    from rich.console import Console

    return Console(stderr=True).status(what)


@contextmanager
def told(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """A bar that is told how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)
