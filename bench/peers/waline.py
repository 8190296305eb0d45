"""Waline: node, SQLite, started by its own vanilla.js, as its page on hosting it oneself recommends."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from bench import files
from bench.asking import Answer, Asker
from bench.figures import Row
from bench.peers.peer import Said, install_node
from bench.programs import program
from bench.servers import HOST, Running, answers, free_port, running

PACKAGE = "@waline/vercel@1.39.3"
PAGE = 10
BROWSER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
COLUMNS = (
    "user_id INTEGER, comment TEXT, insertedAt DATETIME, ip TEXT, link TEXT, mail TEXT, nick TEXT, rid INTEGER, "
    "pid INTEGER, sticky NUMERIC, status TEXT NOT NULL, like INTEGER, ua TEXT, url TEXT, createdAt DATETIME, "
    "updatedAt DATETIME"
)
TABLES = {
    "wl_Comment": COLUMNS,
    "wl_Counter": "time INTEGER, url TEXT, createdAt DATETIME, updatedAt DATETIME",
    "wl_Users": "display_name TEXT, email TEXT, password TEXT, type TEXT, label TEXT, avatar TEXT, url TEXT",
}


class Waline:
    name = "Waline"
    version = "1.39.3"
    setup = "SQLite, node vanilla.js with its one worker; the page asks for 10 roots with all beneath them"

    def install(self, cache: Path) -> None:
        self._folder = install_node(cache, "waline", PACKAGE, builds="sqlite3")
        program("nginx")

    def fill(self, folder: Path, threads: dict[int, list[Said]]) -> None:
        connection = sqlite3.connect(folder / "waline.sqlite")
        number = 0
        with connection:
            for name, columns in TABLES.items():
                connection.execute(f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns})')
            for size, said in threads.items():
                base, number = number, number + len(said)
                connection.executemany(
                    "INSERT INTO wl_Comment (id, comment, insertedAt, createdAt, updatedAt, ip, mail, nick, rid, pid,"
                    " status, like, ua, url) VALUES (?, ?, ?, ?, ?, '10.0.0.1', ?, ?, ?, ?, 'approved', 0, ?, ?)",
                    [self._row(base, one, size) for one in said],
                )
        connection.close()

    def _row(self, base: int, one: Said, size: int) -> tuple[object, ...]:
        when = datetime.fromtimestamp(one.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        above = (base + one.root, base + one.parent) if one.parent else (None, None)
        mail = f"reader{one.number % 500}@example.org"
        return (base + one.number, one.body, when, when, when, mail, one.name, *above, BROWSER, url(size))

    @contextlib.contextmanager
    def serving(self, folder: Path) -> Iterator[Running]:
        """It asks a service of its makers for the ways to sign in, at each request: here nginx answers in its place."""
        port = free_port()
        services = Answer(200, (("content-type", "application/json"),), b'{"services": []}', 0.0)
        files.keep(folder / "services", "services", services)
        with files.serving_files(folder / "services") as nginx:
            environment = {
                **os.environ,
                "SQLITE_PATH": str(folder),
                "JWT_TOKEN": "a-token-of-the-bench",
                "SITE_NAME": "Bench",
                "SITE_URL": f"http://{HOST}:{port}",
                "AUTHOR_EMAIL": "author@example.org",
                "OAUTH_URL": f"http://{HOST}:{nginx.port}/services",
                "NODE_ENV": "production",
            }
            command = ["node", str(self._folder / "node_modules/@waline/vercel/vanilla.js"), str(port)]
            with running(
                command, port=port, log=folder / "waline.log", environment=environment, folder=folder,
                ready=lambda: answers(port, "/api/comment?type=count&url=/"),
            ) as server:  # fmt: skip
                yield server

    def first(self, size: int, page: int = 1) -> str:
        asked = {"path": url(size), "pageSize": PAGE, "page": page, "lang": "en", "sortBy": "insertedAt_desc"}
        return f"/api/comment?{urlencode(asked)}"

    def count(self, body: bytes) -> int:
        return sum(1 + len(root["children"]) for root in json.loads(body)["data"]["data"])

    def read_all(self, port: int, size: int) -> Row:
        asker = Asker(port)
        began = time.perf_counter()
        page, pages, total, seen = 0, 1, 0, 0
        while page < pages:
            page += 1
            found = asker.get(self.first(size, page))
            pages = json.loads(found.plain)["data"]["totalPages"]
            total, seen = total + len(found.body), seen + self.count(found.plain)
        asker.close()
        seconds = round(time.perf_counter() - began, 4)
        return {"seconds": seconds, "requests": page, "bytes": total, "comments": seen}


def url(size: int) -> str:
    return f"/stories/of-{size}/"
