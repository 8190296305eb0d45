"""A server as an operator has it: a folder, a database, the `rejoinder` command in processes of its own."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.ports import free_port

# What every command imports and no setting shapes: half of what it takes to start one.
PRELOADED = [
    "cryptography.x509", "jinja2", "jwt", "lxml.html", "nh3", "prometheus_client", "psycopg", "psycopg_pool",
    "pysqlite3", "redis", "regex", "requests", "rich.console", "sqlparse", "structlog", "django.contrib.admin",
    "django.contrib.auth.hashers", "django.core.management", "django.db.backends.sqlite3.base",
    "django.db.migrations.executor", "django.db.models", "django.urls",
]  # fmt: skip
_numbers = itertools.count()
COMMAND = [sys.executable, "-m", "rejoinder.project"]
PATIENCE = 90.0  # seconds; a machine that runs two suites is slow


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    """The first true value of the condition, asked again and again; fails after a while, naming `what`."""
    give_up = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < give_up, f"waited in vain until {what}"
        time.sleep(0.05)
    return found


@dataclass(frozen=True)
class Ended:
    returncode: int
    stdout: str
    stderr: str


def quickly(what: Callable[..., int], environment: dict[str, str], folder: Path, *arguments: Any) -> Ended:
    """Run a function of this module in a new process that has what all commands import already: a fork of a server
    that never saw a setting, which is three times as fast as a new interpreter."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    number = next(_numbers)
    out, err = (folder / f".{name}-{os.getpid()}-{number}" for name in ("out", "err"))
    process = processes.Process(target=_settle, args=(what, environment, folder, out, err, arguments))
    process.start()
    process.join(120)
    assert process.exitcode is not None, f"{arguments} does not end"
    ended = Ended(process.exitcode, out.read_text(), err.read_text())
    out.unlink()
    err.unlink()
    return ended


def _settle(
    what: Callable[..., int],
    environment: dict[str, str],
    folder: Path,
    out: Path,
    err: Path,
    arguments: tuple[Any, ...],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for path, descriptor in ((out, 1), (err, 2)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    code = what(*arguments)
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
    sys.exit(code)


def command(words: list[str], given: str) -> int:
    """The `rejoinder` command."""
    from rejoinder.project.cli import main

    sys.stdin = io.StringIO(given)
    return main(words)


def in_django(function: Callable[..., Any], *arguments: Any) -> int:
    """A function with Django started."""
    from rejoinder.project.boot import start_django

    start_django()
    function(*arguments)
    return 0


def go_back(app: str) -> None:
    """Undo the last migration of an app."""
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader

    _last, before, *_earlier = sorted(
        (name for label, name in MigrationLoader(None).disk_migrations or {} if label == app), reverse=True
    )
    call_command("migrate", app, before, verbosity=0)


def tell_revision() -> None:
    """Print the revision of the only thread."""
    from rejoinder.discussion.models import Thread

    print(Thread.objects.get().revision)


def take_a_token() -> None:
    """A site's token signs somebody in."""
    from datetime import timedelta

    from rejoinder.accounts.models import UsedToken
    from rejoinder.core import clock

    UsedToken.objects.create(digest="taken", expires=clock.now() + timedelta(hours=1))


def tell_taken() -> None:
    """Print the digests of the tokens that were taken."""
    from rejoinder.accounts.models import UsedToken

    print(*UsedToken.objects.values_list("digest", flat=True))


@dataclass
class Installation:
    """`database` is its DATABASE_URL, empty for SQLite."""

    folder: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        plain = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("REJOINDER_", "DJANGO_"))
        }
        ours = {
            "REJOINDER_DATA": str(self.folder),
            "DATABASE_URL": self.database,
            "REJOINDER_NEWSROOM": "off",
        }
        return {**plain, **ours, **self.more}

    @property
    def file(self) -> Path:
        return self.folder / "rejoinder.sqlite3"

    def run(self, *words: str, given: str = "") -> Ended:
        """Run one command to its end, in a process of its own."""
        return quickly(command, self.environment, self.folder, list(words), given)

    def call(self, function: Callable[..., Any], *arguments: Any) -> str:
        """Call a function of a test module in this installation's Django; what it printed."""
        ended = quickly(in_django, self.environment, self.folder, function, *arguments)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def done(self, *words: str, given: str = "") -> str:
        """Run one command that must succeed; what it said."""
        ended = self.run(*words, given=given)
        assert ended.returncode == 0, f"{words}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def refused(self, *words: str) -> str:
        """Run one command that must fail in one line; that line."""
        ended = self.run(*words)
        assert ended.returncode == 1, f"{words}: {ended.returncode} {ended.stdout}{ended.stderr}"
        assert "Traceback" not in ended.stderr
        said = ended.stderr.strip().splitlines()
        assert said, "it says why"
        return said[-1]

    def export(self, site: str = "demo") -> list[dict[str, Any]]:
        """Everything that is public, as it is exported."""
        return [
            json.loads(line) for line in self.done("export", "--site", site, "--format", "jsonl").splitlines()
        ]

    @contextlib.contextmanager
    def serving(self, *words: str, port: int = 0) -> Iterator[Server]:
        """A running server; stopped at the end."""
        server = Server(self, port or free_port(), words)
        try:
            server.wait_until_ready()
            yield server
        finally:
            server.stop()


class Server:
    """`rejoinder serve` in a process of its own."""

    def __init__(self, installation: Installation, port: int, words: tuple[str, ...] = ()) -> None:
        self.port = port
        self.log = installation.folder / f"serve-{port}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(port), "--workers", "1", *words],
                env=installation.environment, cwd=installation.folder, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_ready(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, f"the server ended: {self.said}"
            return "listens on" in self.said and self.get("/readyz")[0] == 200

        wait_until(ready, "the server is ready")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 when nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(20)


class Makers:
    """Makes installations. What takes time is made once and copied."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        self._count = 0
        self._made: dict[str, Installation] = {}

    def empty(self) -> Installation:
        """A folder, and a database without tables."""
        folder = self._folder()
        folder.mkdir()
        return Installation(folder, self._create("template0"))

    def migrated(self) -> Installation:
        """One of this version, with the site “demo”."""
        return self._copy(self._once("migrated", self.empty, self._migrate))

    def filled(self) -> Installation:
        """With comments, votes and a picture, and a backup of them: one.tar.gz."""
        return self._copy(self._once("filled", self.migrated, self._fill))

    def _once(
        self, name: str, begin: Callable[[], Installation], go_on: Callable[[Installation], None]
    ) -> Installation:
        if name not in self._made:
            installation = begin()
            go_on(installation)
            self._made[name] = installation
        return self._made[name]

    def _migrate(self, installation: Installation) -> None:
        installation.done("migrate")
        installation.done("site", "add", "demo", "--name", "Demo", "--origin", "https://www.example.org")

    def _fill(self, installation: Installation) -> None:
        installation.done("generate", "--site", "demo", "--key", "argument", "--comments", "120")
        pictures = installation.folder / "media" / "original_images"
        pictures.mkdir(parents=True)
        (pictures / "quay.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        installation.done("backup", "-o", "one.tar.gz")

    def _folder(self) -> Path:
        self._count += 1
        return self.folder / f"installation-{self._count}"

    def _copy(self, template: Installation) -> Installation:
        folder = self._folder()
        shutil.copytree(template.folder, folder)
        return Installation(folder, self._create(urlsplit(template.database).path[1:]))

    def _create(self, template: str) -> str:
        if not self.server:
            return ""
        parts = urlsplit(self.server)
        name = f"ops_{os.getpid()}_{self._count}"
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
        return urlunsplit(parts._replace(path=f"/{name}"))
