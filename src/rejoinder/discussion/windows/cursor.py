"""Cursors: where a window goes on. A place in an order, not a number of rows, so new comments shift nothing.

Written `kind.order[~revision].thread.owner[.key…]`: r after a root, p after a root about that place of the text which
owner is, c after a reply of owner, b after a comment of the flat conversation beneath owner. Without a key: from the
beginning. In an order that changes, the revision says as of when the list is read; without it, as it is now. Nothing
in it is secret and nothing is trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.core import ids
from rejoinder.core.http import BadRequest
from rejoinder.discussion.orders import BRANCH, ORDERS, Keys

_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Cursor:
    kind: str  # r, p, c or b
    order: str
    thread: int
    owner: int = 0
    after: tuple[int, ...] = ()
    revision: int | None = None

    def __str__(self) -> str:
        owner = ids.encode(self.owner) or "0"
        order = self.order if self.revision is None else f"{self.order}~{self.revision}"
        parts = [self.kind, order, ids.encode(self.thread), owner, *map(str, self.after)]
        return ".".join(parts)

    @property
    def keys(self) -> Keys:
        if self.kind == "b":
            return BRANCH
        order = ORDERS[self.order]
        return order.roots if self.kind in {"r", "p"} else order.replies


def _refuse() -> BadRequest:
    return BadRequest(
        _("This address of a part of the discussion is not whole. Start again from its beginning.")
    )


def parse(text: str, *, thread: int, order: str) -> Cursor:
    """Read a cursor. Raises BadRequest when it is forged, cut, of another thread or of another order."""
    kind, _dot, rest = text.partition(".")
    parts = rest.split(".")
    name, tilde, revision = parts[0].partition("~")
    if kind not in {"r", "p", "c", "b"} or len(parts) < 3 or name not in ORDERS:
        raise _refuse()
    owner = ids.decode(parts[2])
    if (owner == 0 and parts[2] != "0") or not all(_NUMBER.fullmatch(part) for part in parts[3:]):
        raise _refuse()
    after = tuple(int(part) for part in parts[3:])
    asof = _revision(revision) if tilde else None
    if any(abs(number) >= _LARGEST for number in after):
        raise _refuse()
    cursor = Cursor(kind, name, ids.decode(parts[1]), owner, after, asof)
    if cursor.thread != thread or cursor.order != order or (kind == "r") != (owner == 0):
        raise _refuse()
    if after and len(after) != len(cursor.keys.columns):
        raise _refuse()
    if asof is not None and not (after and cursor.keys.moving):
        raise _refuse()
    return cursor


def _revision(text: str) -> int:
    if not _NUMBER.fullmatch(text) or not 0 <= int(text) < _LARGEST:
        raise _refuse()
    return int(text)
