"""Reading, cold: the first request after a change, one at a time, the sizes taking turns.

A comment is posted to the thread, which raises its revision, so nothing that was rendered before may be sent; then the
first window is asked for. A permalink is cold because each is of a comment that nobody asked for before.
"""

from __future__ import annotations

import secrets
import time

from bench.asking import Asker
from bench.figures import Row, times
from bench.form import comment_form, headers_of_a_person
from bench.ours import SITE, Ours, page, window
from bench.telling import Steps
from bench.threads import key_of
from bench.walking import root_cursors

PAUSE = 0.02  # seconds between the change and the question: the answer to the one must not delay the other


def cold(ours: Ours, sizes: tuple[int, ...], chain_depth: int, *, times_each: int) -> list[Row]:
    asker = Asker(ours.port)
    keys = {size: "cold-100" if size == 100 else key_of(size) for size in sizes}
    firsts: dict[int, list[float]] = {size: [] for size in keys}
    pages: dict[int, list[float]] = {size: [] for size in keys}
    deeper: dict[int, list[float]] = {size: [] for size in keys}
    chain: list[float] = []
    chain_page: list[float] = []
    deepest = ours.deepest(chain_depth, 2 * times_each)
    walks = {size: root_cursors(asker, key, times_each) for size, key in keys.items()}
    with Steps(f"{ours.db}: reading, cold", times_each) as step:
        for number in range(times_each):
            step("after a post, then a permalink")
            for size, key in keys.items():
                change(asker, ours.port, key)
                firsts[size].append(_ask(asker, window(key)))
                if walks[size]:
                    # The revision is as new for this window, and nobody asked for it at this one.
                    cursor = walks[size][number % len(walks[size])]
                    deeper[size].append(_ask(asker, window(key, sort="best", cursor=cursor)))
                change(asker, ours.port, key)
                pages[size].append(_ask(asker, page(key)))
            chain.append(_ask(asker, window(f"chain-{chain_depth}", at=deepest[2 * number])))
            chain_page.append(_ask(asker, page(f"chain-{chain_depth}", at=deepest[2 * number + 1])))
    asker.close()
    found = {"first": firsts, "deep": deeper, "page": pages}
    rows = [
        {"what": what, "size": size, **times(ms)}
        for what, by_size in found.items()
        for size, ms in by_size.items()
        if ms
    ]
    for what, ms in (("chain", chain), ("chain page", chain_page)):
        rows.append({"what": what, "size": chain_depth, **times(ms)})
    return rows


def change(asker: Asker, port: int, key: str) -> None:
    """Post a comment, as a new person. Raises ValueError where it is not taken."""
    form = comment_form(key, f"A thought that changes the thread, number {secrets.token_hex(6)}.")
    answer = asker.post(f"/threads/{SITE}/comments", form, headers_of_a_person(port))
    if answer.status != 201:
        raise ValueError(f"a comment is answered {answer.status}: {answer.body[:200]!r}")
    time.sleep(PAUSE)


def _ask(asker: Asker, path: str) -> float:
    found = asker.get(path)
    if found.status != 200:
        raise ValueError(f"{path} answers {found.status}")
    return found.ms
