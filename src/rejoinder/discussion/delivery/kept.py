"""The pages that are kept in memory: found by address, the least used forgotten first, bounded in bytes."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from rejoinder.discussion.delivery.body import Body

Raw = tuple[str, bytes, bytes | None, bytes | None]

_SPELLINGS = 8  # of one page's address that are remembered; others are read anew each time
_ADDRESS = 1024  # bytes that a page without a body takes, roughly

# On a thread where something changes all the time, a page is drawn anew so often, and no more often, for those who
# wrote nothing themselves: after a burst, every 200 ms, and nobody waits for it. What they are shown was drawn no
# longer than OLDEST ago. Where all but a quarter of a turn is there, 150 ms after the last drawing, it is calm, and the
# next reader sees what is new: one waits at the beginning of a storm. When two did, eight writers beside them, the
# second was a reader's 99th percentile: 90 ms.
BURST, EACH_SECOND, OLDEST = 10.0, 5.0, 1.0
CALM = BURST - 0.25


@dataclass(slots=True)
class Page:
    """One shared page: its address, and its bytes where they are kept."""

    key: tuple[str, str, bytes | None, bytes | None]
    scope: dict[str, Any]  # the request that it is made from: no cookie, no condition
    kind: str = ""
    body: Body | None = None
    building: asyncio.Task[Any] | None = None
    began: float = 0.0  # when that was begun
    spellings: list[Raw] = field(default_factory=list)
    size: int = _ADDRESS
    turns: float = BURST
    counted: float = field(default_factory=time.monotonic)

    def rested(self) -> bool:
        """Whether it changes now and then only; the turns that came back since the last look are counted in."""
        now = time.monotonic()
        self.turns = min(BURST, self.turns + (now - self.counted) * EACH_SECOND)
        self.counted = now
        return self.turns >= CALM

    def may_draw_anew(self) -> bool:
        """Take one turn to draw the page, if there is one."""
        if not self.rested() and self.turns < 1:
            return False
        self.turns -= 1
        return True


class Pages:
    """Bounded: at most `most` bytes in all."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._pages: OrderedDict[Any, Page] = OrderedDict()
        self._by_spelling: dict[Raw, Page] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, raw: Raw) -> Page | None:
        """The page of an address as it came, if it is known."""
        page = self._by_spelling.get(raw)
        if page is not None:
            self._pages.move_to_end(page.key)
        return page

    def get(self, key: Any) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def remember(self, page: Page, raw: Raw) -> None:
        """The page and this spelling of its address."""
        if page.key not in self._pages:
            self._pages[page.key] = page
            self.size += page.size
        if len(page.spellings) < _SPELLINGS and raw not in self._by_spelling:
            page.spellings.append(raw)
            self._by_spelling[raw] = page

    def weigh(self, page: Page) -> None:
        """Take note of what a page's bytes are now, and make room."""
        size = _ADDRESS + (page.body.size if page.body is not None else 0)
        if page.key in self._pages:
            self.size += size - page.size
        page.size = size
        while self.size > self.most and len(self._pages) > 1:
            self.forget(next(iter(self._pages.values())))

    def forget(self, page: Page) -> None:
        if self._pages.pop(page.key, None) is None:
            return
        self.size -= page.size
        for raw in page.spellings:
            self._by_spelling.pop(raw, None)
        page.spellings.clear()
