"""The address of a mail server, as the setting REJOINDER_MAIL_URL writes it. Knows nothing of Django."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# Scheme -> the usual port (RFC 5321, RFC 8314 and RFC 6409).
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
PATIENCE = 10  # seconds for each answer of the mail server


@dataclass(frozen=True, slots=True)
class MailServer:
    """`implicit_tls`: encrypted from the first byte. `starttls`: after a word in the clear, or not at all."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls: bool


def parse(url: str) -> MailServer:
    """The server of smtp://user:password@host:port, smtps://... or smtp+starttls://...; raises ValueError."""
    parts = urlsplit(url)
    if (
        parts.scheme not in PORTS
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise ValueError("not the address of a mail server")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )


def wrong(url: str) -> str:
    """What is wrong with such an address, or an empty string. None at all is right."""
    try:
        if url:
            parse(url)
    except ValueError:
        return "Write it like smtp+starttls://user:password@mail.example.org:587."
    return ""


def wrong_sender(address: str) -> str:
    """What is wrong with the address that mail comes from, or an empty string."""
    name, at, host = address.rpartition("@")
    plain = address.isascii() and address.isprintable() and not set(address) & set(' <>,;:"()[]\\')
    return "" if not address or (at and name and host and plain) else "Write it like talk@example.org."


def django_settings(url: str) -> dict[str, object]:
    """Django's settings for mail; without a server, mail is written to the terminal."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    server = parse(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": server.password,
        "EMAIL_USE_SSL": server.implicit_tls,
        "EMAIL_USE_TLS": server.starttls,
        "EMAIL_TIMEOUT": PATIENCE,
    }
