"""The one way out, encrypted: only who can prove the name is believed."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rejoinder.core import clock
from rejoinder.core.outbound import NoAnswer, fetch, wire
from rejoinder.core.outbound.sessions import session
from tests.outside import let_in, names

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def certificate(folder: Path, name: str) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def encrypted(path: Path) -> Iterator[int]:
    """A server with this certificate that answers each connection once. Gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _caller = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(4096)
                    connection.sendall(ANSWER)
            except OSError:
                continue  # the certificate was not believed

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Path:
    """The certificate of news.example, which is believed."""
    let_in(settings)
    names(monkeypatch, {"news.example": "127.0.0.1", "other.example": "127.0.0.1"})
    path = certificate(tmp_path, "news.example")
    context = ssl.create_default_context(cafile=path)
    monkeypatch.setattr(wire, "trust", lambda: context)
    return path


def test_who_proves_the_name_is_heard(trusted: Path) -> None:
    with encrypted(trusted) as port:
        assert fetch(f"https://news.example:{port}/").body == b"hi"


@pytest.mark.parametrize("way", ["fetch", "session"])
def test_who_proves_another_name_is_not(trusted: Path, way: str) -> None:
    with encrypted(trusted) as port, pytest.raises(OSError if way == "session" else NoAnswer):
        url = f"https://other.example:{port}/"
        fetch(url) if way == "fetch" else session().get(url, verify=False)


def test_who_vouches_for_himself_is_not(trusted: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    with encrypted(certificate(own, "news.example")) as port, pytest.raises(NoAnswer) as caught:
        fetch(f"https://news.example:{port}/")
    assert caught.value.code == "outbound-tls"


def test_nobody_is_led_from_https_to_http(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = b"HTTP/1.1 302 Found\r\nLocation: http://news.example/\r\nContent-Length: 0\r\n\r\n"
    monkeypatch.setattr("tests.core.test_outbound_tls.ANSWER", lead)
    with encrypted(trusted) as port, pytest.raises(NoAnswer) as caught:
        fetch(f"https://news.example:{port}/")
    assert caught.value.code == "outbound-redirects"
