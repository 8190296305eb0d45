"""Rejoinder as an operator has it: a folder, a database, the command, and a server on a port of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.servers import HOST, Running, answers, free_port, running

SITE = "bench"
COMMAND = (sys.executable, "-m", "rejoinder.project")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ours:
    """`database` is its DATABASE_URL, empty for SQLite; `db` the name of the kind, for the table."""

    db: str
    folder: Path
    database: str = ""
    workers: int = 2
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        plain = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("REJOINDER_", "DJANGO_", "DATABASE_URL", "VALKEY_URL"))
        }
        ours = {
            "REJOINDER_DATA": str(self.folder),
            "REJOINDER_CONFIG": str(self.folder / "rejoinder.toml"),
            "DATABASE_URL": self.database,
            # Every writer of the load has an address of its own, as readers have; it is told as a proxy tells it.
            "REJOINDER_TRUSTED_PROXIES": HOST,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",  # the tree that this file lies in
        }
        return {**plain, **ours}

    def command(self, *words: str, shown: bool = False) -> str:
        """Run one command to its end; what it said. `shown`: its progress too. RuntimeError has its last line."""
        return self._run([*COMMAND, *words], shown=shown)

    def inside(self, *words: str) -> str:
        """Run a part of bench.inside with this installation's Django; what it printed."""
        return self._run([sys.executable, "-m", "bench.inside", *words])

    def _run(self, command: list[str], *, shown: bool = False) -> str:
        ran = subprocess.run(
            command, env=self.environment, cwd=self.folder, text=True, check=False, start_new_session=True,
            stdout=subprocess.PIPE, stderr=None if shown else subprocess.PIPE,
        )  # fmt: skip
        if ran.returncode:
            said = (ran.stderr or ran.stdout).strip().splitlines() or ["it said nothing"]
            raise RuntimeError(f"{' '.join(command[3:6])}: {said[-1]}")
        return ran.stdout

    def deepest(self, chain: int, many: int) -> list[str]:
        """The ids of the deepest comments of the chain, deepest first."""
        found: list[str] = json.loads(self.inside("deepest", SITE, f"chain-{chain}", str(many)))["ids"]
        return found

    @contextlib.contextmanager
    def serving(self) -> Iterator[Running]:
        """The server, with the processes that it has by default on this machine."""
        command = [*COMMAND, "serve", "--port", str(self.port), "--workers", str(self.workers)]
        with running(
            command, port=self.port, log=self.folder / "serve.log", environment=self.environment,
            folder=self.folder, ready=lambda: answers(self.port, "/readyz"),
        ) as server:  # fmt: skip
            yield server


def window(key: str, **more: str) -> str:
    """The address of a window of a thread, its parameters in the order in which pages write them."""
    return f"/threads/{SITE}/window?{urlencode({'key': key, **more})}"


def page(key: str, **more: str) -> str:
    return f"/threads/{SITE}/?{urlencode({'key': key, **more})}"
