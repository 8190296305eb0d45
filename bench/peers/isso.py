"""Isso: SQLite, gunicorn with four processes, as its page on deployment has it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.asking import Asker
from bench.figures import Row
from bench.peers.peer import Said, install_python
from bench.servers import HOST, Running, answers, free_port, running

PACKAGES = ("isso==0.14.0", "gunicorn==27.0.1")
NESTED = 5  # of the replies to each comment its page shows so many, and fetches so many more at a click
INSERT = (
    "INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, voters)"
    " VALUES (?, ?, ?, ?, 1, '10.0.0.0', ?, ?, ?)"
)
CONFIGURATION = """[general]
dbpath = {database}
host = http://{host}:{port}/
[server]
listen = http://{host}:{port}/
"""


class Isso:
    name = "Isso"
    version = "0.14.0"
    setup = "SQLite, gunicorn -w 4 --preload isso.run; the page asks for all roots with up to 5 replies each"

    def install(self, cache: Path) -> None:
        self._programs = install_python(cache, "isso", PACKAGES)

    def fill(self, folder: Path, threads: dict[int, list[Said]]) -> None:
        with self.serving(folder):
            pass  # it makes its tables when it starts
        connection = sqlite3.connect(folder / "isso.db")
        with connection:
            for thread, (size, said) in enumerate(threads.items(), 1):
                connection.execute(
                    "INSERT INTO threads (id, uri, title) VALUES (?, ?, ?)", (thread, uri(size), "")
                )
                # Its threads have two levels: it attaches a reply to a reply to the comment above both.
                connection.executemany(INSERT, [_row(thread, one) for one in said])
        connection.close()

    @contextlib.contextmanager
    def serving(self, folder: Path) -> Iterator[Running]:
        port = free_port()
        path = folder / "isso.cfg"
        path.write_text(CONFIGURATION.format(database=folder / "isso.db", host=HOST, port=port))
        command = [
            str(self._programs / "gunicorn"),
            "-b",
            f"{HOST}:{port}",
            "-w",
            "4",
            "--preload",
            "isso.run",
        ]
        with running(
            command, port=port, log=folder / "isso.log", ready=lambda: answers(port, "/config"),
            environment={**os.environ, "ISSO_SETTINGS": str(path)}, folder=folder,
        ) as server:  # fmt: skip
            yield server

    def first(self, size: int) -> str:
        asked = {"uri": uri(size), "sort": "oldest", "offset": 0, "nested_limit": NESTED}
        return f"/?{urlencode(asked)}"

    def count(self, body: bytes) -> int:
        return sum(1 + len(root["replies"]) for root in json.loads(body)["replies"])

    def read_all(self, port: int, size: int) -> Row:
        asker = Asker(port)
        began = time.perf_counter()
        found = asker.get(self.first(size))
        requests, total, seen = 1, len(found.body), self.count(found.plain)
        for root in json.loads(found.plain)["replies"]:
            offset, hidden = len(root["replies"]), root["hidden_replies"]
            while hidden > 0:
                asked = {"uri": uri(size), "sort": "oldest", "parent": root["id"], "offset": offset}
                more = asker.get(f"/?{urlencode({**asked, 'limit': NESTED, 'nested_limit': NESTED})}")
                replies = json.loads(more.plain)["replies"]
                if not replies:
                    break
                requests, total, seen = requests + 1, total + len(more.body), seen + len(replies)
                offset, hidden = offset + len(replies), hidden - len(replies)
        asker.close()
        seconds = round(time.perf_counter() - began, 4)
        return {"seconds": seconds, "requests": requests, "bytes": total, "comments": seen}


def uri(size: int) -> str:
    return f"/stories/of-{size}/"


def _row(thread: int, one: Said) -> tuple[object, ...]:
    base = thread * 1_000_000
    above = base + one.root if one.parent else None
    return (thread, base + one.number, above, one.created, one.body, one.name, bytes(256))
