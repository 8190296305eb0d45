"""The limit: nginx sending the very same bytes from a file, and the shipped cache before our server."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from bench.asking import Answer
from bench.programs import program
from bench.servers import HOST, Running, answers, free_port, running

CONFIGURATION = """
{user}
daemon off;
worker_processes 2;
error_log stderr error;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=1000 inactive=60s;
    open_file_cache_valid 60s;
    etag off;
    client_body_temp_path {folder}/t1;
    proxy_temp_path {folder}/t2;
    fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4;
    scgi_temp_path {folder}/t5;
    server {{
        listen {host}:{port};
        location = / {{ return 200; }}
{locations}
    }}
}}
"""
LOCATION = """        location = /{name} {{
            alias {folder}/{name}.body;
            types {{ }}
            default_type "{kind}";
{headers}
        }}"""


def keep(folder: Path, name: str, answer: Answer) -> None:
    """Store the bytes and headers of one of our answers, for others to send them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.body").write_bytes(answer.body)
    (folder / f"{name}.json").write_text(json.dumps(answer.lasting_headers))


def holds(folder: Path, name: str, answer: Answer) -> bool:
    """Whether that is what was kept under the name."""
    return (folder / f"{name}.body").read_bytes() == answer.body


def kept(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.body"))


def _location(folder: Path, name: str) -> str:
    headers: list[tuple[str, str]] = json.loads((folder / f"{name}.json").read_text())
    kind = next((value for key, value in headers if key.lower() == "content-type"), "text/html")
    lines = [
        f"            add_header {key} {_quoted(value)};"
        for key, value in headers
        if key.lower() not in {"content-type", "last-modified"}
    ]
    return LOCATION.format(name=name, folder=folder, kind=kind, headers="\n".join(lines))


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@contextlib.contextmanager
def serving_files(folder: Path) -> Iterator[Running]:
    """nginx with the kept answers, each at /NAME, with the headers that our server sends. Raises Skipped."""
    port = free_port()
    locations = "\n".join(_location(folder, name) for name in kept(folder))
    path = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # its workers would be nobody, who may not look in here
    path.write_text(CONFIGURATION.format(user=user, folder=folder, host=HOST, port=port, locations=locations))
    with running(
        [program("nginx"), "-c", str(path), "-p", str(folder)],
        port=port, log=folder / "nginx.log", ready=lambda: answers(port),
    ) as server:  # fmt: skip
        yield server
