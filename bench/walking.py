"""Going on in a thread as its pages lead: from the links of a window to the windows behind them."""

from __future__ import annotations

import html
import re
import time
from collections import deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from bench.asking import Answer, Asker
from bench.figures import Row
from bench.ours import window

_MORE = re.compile(r'<a href="([^"]+)"[^>]*\bdata-more')
_COMMENT = re.compile(r'id="c-([A-Za-z0-9_-]+)"')


def cursors(markup: str) -> list[str]:
    """The cursors of a window, in the order of the page."""
    found = []
    for address in _MORE.findall(markup):
        asked = dict(parse_qsl(urlsplit(html.unescape(address)).query))
        if "cursor" in asked:
            found.append(asked["cursor"])
    return found


def comments(markup: str) -> list[str]:
    """The ids of the comments that a window draws."""
    return _COMMENT.findall(markup)


def walk(asker: Asker, key: str, *, sort: str = "best") -> Iterator[Answer]:
    """All windows of a thread, one after the other, until every link was followed."""
    waiting: deque[str] = deque([window(key, sort=sort)])
    while waiting:
        found = asker.get(waiting.popleft())
        if found.status != 200:
            raise ValueError(f"a window answers {found.status}")
        yield found
        waiting += [window(key, sort=sort, cursor=cursor) for cursor in cursors(found.plain.decode())]


def root_cursors(asker: Asker, key: str, many: int, *, sort: str = "best") -> list[str]:
    """The cursors of the windows of roots that follow each other, at most so many."""
    found: list[str] = []
    path = window(key, sort=sort)
    while len(found) < many:
        onward = [cursor for cursor in cursors(asker.get(path).plain.decode()) if cursor.startswith("r.")]
        if not onward:
            break
        found.append(onward[-1])
        path = window(key, sort=sort, cursor=onward[-1])
    return found


def read_all(port: int, key: str) -> Row:
    """The time that one reader needs for all comments of a thread, over one connection."""
    asker = Asker(port)
    began, seen, requests, size = time.perf_counter(), set[str](), 0, 0
    for found in walk(asker, key):
        seen.update(comments(found.plain.decode()))
        requests, size = requests + 1, size + len(found.body)
    asker.close()
    return {
        "seconds": round(time.perf_counter() - began, 4),
        "requests": requests,
        "bytes": size,
        "comments": len(seen),
    }
