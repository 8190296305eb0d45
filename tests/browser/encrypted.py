"""A proxy that speaks https before a server of the tests, as browsers want it for cookies, and pages of others."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rejoinder.core import clock

PAGE = b"<!doctype html><title>A page</title><h1>The ferry</h1>"


def certificate(folder: Path) -> Path:
    """A certificate that nobody has vouched for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")]), clock.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / "tests.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
    )
    return file


@contextmanager
def encrypted(folder: Path, server: str) -> Iterator[int]:
    """The port of a proxy before `server`; a host whose name begins with `page.` gets a page of its own.

    What `plain.` answers is as in a browser that knows no partitioned cookies.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    inside = urlsplit(server).netloc

    class Proxy(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            if self.headers["Host"].startswith("page."):
                return self._answer(200, {"Content-Type": "text/html"}, PAGE)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there = HTTPConnection(inside, timeout=20)
            there.request(self.command, self.path, body, {**dict(self.headers), "X-Forwarded-Proto": "https"})
            found = there.getresponse()
            headers = [(name, value) for name, value in found.getheaders() if name.lower() not in _OURS]
            if self.headers["Host"].startswith("plain."):
                headers = [(name, value.replace("; Partitioned", "")) for name, value in headers]
            self._answer(found.status, headers, found.read())
            there.close()

        def _answer(self, status: int, headers: dict[str, str] | list[tuple[str, str]], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items() if isinstance(headers, dict) else headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = do_OPTIONS = _pass_on

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    front = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    front.daemon_threads = True
    front.socket = context.wrap_socket(front.socket, server_side=True)
    thread = Thread(target=front.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield front.server_port
    finally:
        front.shutdown()
        front.server_close()
        thread.join()


_OURS = {"connection", "transfer-encoding", "content-length", "server", "date"}
