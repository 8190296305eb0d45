from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument("--key", required=True, metavar="KEY", help="the new thread's key")
    parser.add_argument("--comments", required=True, type=int, metavar="N", help="how many comments")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed gives the same thread (default 1)"
    )
    parser.epilog = "May be interrupted: what is there then is a smaller thread, in order."


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.terminal import say

    start_on_database()
    from rejoinder.project.sites import access_site
    from rejoinder.transfer.generator.write import generate

    site = access_site(arguments.site)
    began = time.monotonic()
    with progress(arguments.comments) as tell:
        thread = generate(
            site=site, key=arguments.key, comments=arguments.comments, seed=arguments.seed, tell=tell
        )
    seconds = time.monotonic() - began
    say(f"{thread.comment_count:,} comments in {seconds:.1f} s: /threads/{site.key}/?key={thread.key}")
    return 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, else a line each tenth; on stderr."""
    if not sys.stderr.isatty():
        yield _lines(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Comments"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)


def _lines(total: int) -> Callable[[int], None]:
    from rejoinder.project.terminal import note

    told = 0

    def tell(done: int) -> None:
        nonlocal told
        tenth = done * 10 // total
        if tenth > told:
            told = tenth
            note(f"{tenth * 10}%: {done:,} comments")

    return tell
