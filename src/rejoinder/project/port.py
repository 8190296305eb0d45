"""Whether a port is ours to take.

The HTTP server binds with SO_REUSEPORT, so a second one on the same port would share it silently: half of the
readers would see the other publication. A plain bind tells.
"""

from __future__ import annotations

import errno
import socket
import time

from rejoinder.core.conf import ConfigurationError

PATIENCE = 2.0  # seconds in which a server that was killed may let go of the port


def numeric(host: str) -> tuple[socket.AddressFamily, str]:
    """The address to bind for a host name. Raises ConfigurationError for one that is not known."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise ConfigurationError(
            f"--host {host} is not known: {error.strerror}. Use 127.0.0.1 or 0.0.0.0."
        ) from error
    family, _, _, _, address = found[0]
    return family, str(address[0])


def _bind(family: socket.AddressFamily, address: tuple[str, int], *options: int) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        for option in options:
            sock.setsockopt(socket.SOL_SOCKET, option, 1)
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return sock


def _hold(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    try:
        # Without SO_REUSEADDR, or the next one's plain bind would succeed beside it as long as nobody listens.
        return _bind(family, address, socket.SO_REUSEPORT)
    except OSError:
        # Connections of a server that has just ended may linger.
        return _bind(family, address, socket.SO_REUSEPORT, socket.SO_REUSEADDR)


def claim(host: str, port: int) -> socket.socket:
    """Take the port, or raise ConfigurationError saying why not. Keep the socket until the server ends.

    The socket that is kept never listens: it only makes the same question of the next one fail.
    """
    family, address = numeric(host)
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            _bind(family, (address, port), socket.SO_REUSEADDR).close()
            return _hold(family, (address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < give_up:
                time.sleep(0.05)
                continue
            raise ConfigurationError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program. "
            f"Stop that one, or choose another port: --port {port + 1 if port < 65535 else 8000}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} may not be opened by this user. Choose one above 1023: --port 8000"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them."
    return f"Port {port} on {host} cannot be opened: {error.strerror}."


def answers(host: str, port: int) -> bool:
    """Whether something listens there now."""
    _, address = numeric(host)
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    try:
        socket.create_connection((target, port), timeout=1).close()
    except OSError:
        return False
    return True
