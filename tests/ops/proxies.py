"""The shipped proxy files, started as they are: only ports, paths and the certificate are the test's own."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection, socket

import pytest

from tests.ops.installations import wait_until
from tests.ports import free_port
from tests.shared import ROOT

NAME = "talk.courier.example"
DEPLOY = ROOT / "deploy"
NGINX = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/shipped.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


class Secure(HTTPConnection):
    """HTTPS to this machine under the public name; the certificate is the test's own."""

    def connect(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.sock = context.wrap_socket(
            create_connection((self.host, self.port), self.timeout), server_hostname=NAME
        )


class Client:
    """Somebody who asks through the proxy, on one connection that is kept."""

    def __init__(self, port: int, *, secure: bool = True, **headers: str) -> None:
        kind = Secure if secure else HTTPConnection
        self.connection = kind("127.0.0.1", port, timeout=20)
        self.headers = {"Host": NAME, **{name.replace("_", "-"): text for name, text in headers.items()}}

    def ask(
        self, path: str, headers: dict[str, str] | None = None, *, method: str = "GET", body: bytes = b""
    ) -> Answer:
        try:
            self.connection.request(method, path, body or None, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except OSError:
            self.connection.close()
            raise

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Proxy:
    """A running proxy. `log`: what it saw, where it was told to write that."""

    port: int
    plain: int
    log: Path
    secure: bool = True

    def client(self, **headers: str) -> Client:
        return Client(self.port, secure=self.secure, **headers)

    @contextlib.contextmanager
    def raw(self) -> Iterator[socket]:
        """A connection for bytes as they are."""
        connection = Secure("127.0.0.1", self.port, timeout=5)
        connection.connect()
        with connection.sock as sock:
            yield sock


def _certificate(folder: Path) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl on this machine to make a certificate with")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    how = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *how, "-subj", f"/CN={NAME}", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    return key, certificate


@contextlib.contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=said,
            stderr=said,
            env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        )
    try:

        def listens() -> bool:
            errors = "".join(
                path.read_text() for path in folder.glob("*") if path.name in {"said", "error.log"}
            )
            assert process.poll() is None, errors
            with contextlib.suppress(OSError), create_connection(("127.0.0.1", port), 1):
                return True
            return False

        wait_until(listens, "the proxy listens")
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def nginx(folder: Path, upstream: int, **changes: str) -> Iterator[Proxy]:
    """nginx with the shipped file. `changes`: directive -> its value, where a test cannot wait as long as life."""
    if shutil.which("nginx") is None:
        pytest.skip("there is no nginx on this machine")
    proxy = Proxy(free_port(), free_port(), folder / "access.log")
    key, certificate = _certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text()
    for pattern, new in (
        (r"listen \[::\]:.*;", ""),
        (r"listen 80\b", f"listen 127.0.0.1:{proxy.plain}"),
        (r"listen 443\b", f"listen 127.0.0.1:{proxy.port}"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream}"),
        (r"/var/cache/nginx/rejoinder", str(folder / "cache")),
        (r"/etc/letsencrypt/\S+/fullchain\.pem", str(certificate)),
        (r"/etc/letsencrypt/\S+/privkey\.pem", str(key)),
        (r"access_log off", f"access_log {proxy.log}"),
        *((rf"\b{name} [^;]+", f"{name} {value}") for name, value in changes.items()),
    ):
        text, count = re.subn(pattern, new, text)
        assert count, f"the shipped file has no {pattern}"
    (folder / "shipped.conf").write_text(text)
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=user))
    with _running(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], folder, proxy.port):
        yield proxy


@contextlib.contextmanager
def caddy(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Caddy with the shipped file, without a certificate: to get one it would have to be known out there."""
    if shutil.which("caddy") is None:
        pytest.skip("there is no caddy on this machine")
    port = free_port()
    text = (DEPLOY / "Caddyfile").read_text()
    text = text.replace(f"\n{NAME} {{", f"\nhttp://{NAME}:{port} {{\n\tbind 127.0.0.1")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    text = text.replace("\n{\n", "\n{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(text)
    with _running(["caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"], folder, port):
        yield Proxy(port, port, folder / "said", secure=False)


Respond = Callable[["Asked"], tuple[int, dict[str, str], bytes] | None]


@dataclass(frozen=True)
class Asked:
    """A request that came through. Names of headers in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    size: int


@dataclass
class Upstream:
    """Stands where Rejoinder would: notes what it is asked, and answers as the test wants; None: hangs up."""

    respond: Respond
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)


@contextlib.contextmanager
def standing_in(respond: Respond) -> Iterator[Upstream]:
    upstream = Upstream(respond)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            size = len(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            headers = {name.lower(): text for name, text in self.headers.items()}
            asked = Asked(self.command, self.path, headers, size)
            upstream.asked.append(asked)
            answer = upstream.respond(asked)
            if answer is None:
                self.close_connection = True
                return
            status, more, body = answer
            self.send_response(status)
            for name, text in {"Content-Length": str(len(body)), **more}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = handle_any

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    upstream.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()
