"""Nineteen readings to one comment, on one hot thread, as fast as they are answered."""

from __future__ import annotations

import time
from pathlib import Path

from bench.figures import Row
from bench.load import CONNECTIONS, load
from bench.ours import SITE, Ours
from bench.telling import tell
from bench.threads import key_of

SCRIPT = Path(__file__).with_name("mixed.lua")
SHARE = 5  # percent of comments


def mixed(ours: Ours, size: int, *, seconds: float) -> Row:
    tell(f"{ours.db}: {100 - SHARE} readings to {SHARE} comments, a thread of {size:,}")
    words = (SITE, key_of(size), str(SHARE), str(time.time_ns() % 2**31))
    found = load(ours.port, "/", seconds=seconds, script=SCRIPT, words=words)
    found["rps"] = round(found["rps"], 1)
    return {"size": size, "connections": CONNECTIONS, "share": SHARE, **found}
