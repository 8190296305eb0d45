"""django-comments-xtd: a Django project with its app, the page drawn by its own template tag, behind gunicorn."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.asking import Asker
from bench.figures import Row
from bench.peers.peer import Said, install_python
from bench.servers import HOST, Running, answers, free_port, running

PACKAGES = ("django-comments-xtd==2.10.13", "Django==5.2.19", "gunicorn==27.0.1")
PROJECT = Path(__file__).with_name("xtd_project")


class Xtd:
    name = "django-comments-xtd"
    version = "2.10.13"
    setup = "Django 5.2, SQLite, gunicorn with 5 processes; the page is drawn by render_xtdcomment_tree, all of it"

    def install(self, cache: Path) -> None:
        self._programs = install_python(cache, "xtd", PACKAGES)

    def fill(self, folder: Path, threads: dict[int, list[Said]]) -> None:
        given = folder / "comments.json"
        given.write_text(json.dumps({size: [asdict(one) for one in said] for size, said in threads.items()}))
        ran = subprocess.run(
            [str(self._programs / "python"), str(PROJECT / "filling.py"), str(given)],
            cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            raise RuntimeError((ran.stderr.strip().splitlines() or ["it said nothing"])[-1])

    @contextlib.contextmanager
    def serving(self, folder: Path) -> Iterator[Running]:
        port = free_port()
        workers = 2 * (os.cpu_count() or 1) + 1
        command = [str(self._programs / "gunicorn"), "-b", f"{HOST}:{port}", "-w", str(workers)]
        with running(
            [*command, "django.core.wsgi:get_wsgi_application()"], port=port, log=folder / "xtd.log", folder=folder,
            environment=_environment(folder), ready=lambda: answers(port, "/"),
        ) as server:  # fmt: skip
            yield server

    def first(self, size: int) -> str:
        return f"/stories/{size}/"

    def count(self, body: bytes) -> int:
        return len(re.findall(rb'<div id="c\d+"', body))

    def read_all(self, port: int, size: int) -> Row:
        asker = Asker(port)
        began = time.perf_counter()
        found = asker.get(self.first(size))
        seconds = round(time.perf_counter() - began, 4)
        asker.close()
        return {
            "seconds": seconds,
            "requests": 1,
            "bytes": len(found.body),
            "comments": self.count(found.plain),
        }


def _environment(folder: Path) -> dict[str, str]:
    more = {"XTD_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(PROJECT)}
    return {**os.environ, **more}
