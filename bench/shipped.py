"""Our server behind the shipped nginx configuration, with paths and ports of the run in the place of a publisher's.

Without encryption, as everything it is compared with; all else stands as it is shipped.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from bench.ours import ROOT, Ours
from bench.programs import Skipped, program
from bench.servers import HOST, Running, answers, free_port, running

SHIPPED = ROOT / "deploy" / "nginx.conf"
AROUND = """
{user}
daemon off;
worker_processes 2;
error_log stderr error;
pid {folder}/shipped.pid;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/s1;
    proxy_temp_path {folder}/s2;
    fastcgi_temp_path {folder}/s3;
    uwsgi_temp_path {folder}/s4;
    scgi_temp_path {folder}/s5;
{shipped}
}}
"""
_SERVER = re.compile(r"^server \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
_ENCRYPTED = re.compile(r"^\s*(?:ssl_\w+|listen)\s[^;]*;\n", re.MULTILINE)


def rendered(shipped: str, *, folder: Path, port: int, upstream: int) -> str:
    """The shipped file for this run. Raises Skipped where it has none of what is to be put into its place."""
    blocks = [block for block in _SERVER.findall(shipped) if "proxy_pass" in block]
    if len(blocks) != 1:
        raise Skipped("deploy/nginx.conf has not one server that passes on.")
    block = _ENCRYPTED.sub("", blocks[0]).replace("server {\n", f"server {{\n    listen {HOST}:{port};\n", 1)
    top = _SERVER.sub("", shipped)
    top, paths = re.subn(r"(proxy_cache_path\s+)\S+", rf"\g<1>{folder}/shipped-cache", top)
    top, servers = re.subn(r"(server\s+)[\w.]+:\d+", rf"\g<1>{HOST}:{upstream}", top)
    if not (paths and servers):
        raise Skipped("deploy/nginx.conf names no cache or no server to pass on to.")
    user = "user root;" if os.geteuid() == 0 else ""
    return AROUND.format(user=user, folder=folder, shipped=top + block)


@contextlib.contextmanager
def serving_shipped(ours: Ours, scratch: Path) -> Iterator[Running]:
    """Raises Skipped where the file or nginx is absent."""
    if not SHIPPED.exists():
        raise Skipped("There is no deploy/nginx.conf in this tree.")
    port, path = free_port(), scratch / "shipped.conf"
    path.write_text(rendered(SHIPPED.read_text(), folder=scratch, port=port, upstream=ours.port))
    with running(
        [program("nginx"), "-c", str(path), "-p", str(scratch)],
        port=port, log=scratch / "shipped.log", ready=lambda: answers(port, "/healthz"),
    ) as server:  # fmt: skip
        yield server
