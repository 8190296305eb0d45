"""Whether mail can leave: what is set, and what the mail server says when it is handed a letter."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from rejoinder.core import mail as letters
from rejoinder.core.conf import Configuration
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.letter import one_line
from rejoinder.project.findings import ATTENTION, FAILURE, OK, Finding

NAME = "mail"


def mail(configuration: Configuration) -> Iterator[Finding]:
    """What is set. No server is asked: `rejoinder doctor --mail ADDRESS` does that."""
    from rejoinder.accounts.models import Site

    if not configuration["REJOINDER_MAIL_URL"]:
        asking = Site.objects.filter(guests=True, guest_email=Site.GuestEmail.CONFIRMED).first()
        if asking is not None:
            cause = f"{asking.name} asks guests to confirm their address, and no mail server is set."
            yield Finding(NAME, FAILURE, cause, "Guests cannot post there: set REJOINDER_MAIL_URL.")
        else:
            yield Finding(NAME, OK, "No mail server is set: readers are sent nothing.")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, from {settings.DEFAULT_FROM_EMAIL}."
    if not configuration["REJOINDER_URL"]:
        yield Finding(NAME, ATTENTION, server, "Set REJOINDER_URL: links in letters lead nowhere without it.")
    else:
        yield Finding(NAME, OK, f"{server} Try it: rejoinder doctor --mail ADDRESS.")


def try_mail(address: str) -> Finding:
    """Send one letter to an address, now, and say what the server answered."""
    try:
        to = letters.check_address(address)
    except InvalidInput as error:
        return Finding(NAME, FAILURE, str(error))
    text = "This letter was sent by “rejoinder doctor --mail”. Mail works."
    message = letters.message_of(letters.Letter(to=to, subject="Mail from Rejoinder", text=text))
    connection: Any = get_connection()
    if not hasattr(connection, "host"):
        message.send()
        return Finding(
            NAME, ATTENTION, "Written to the terminal: no mail server is set.", "Set REJOINDER_MAIL_URL."
        )
    try:
        connection.open()
        said = _hand_in(connection.connection, message, to)
    except OSError as error:
        return Finding(
            NAME, FAILURE, letters.said(error, to) + ".", "See REJOINDER_MAIL_URL and the server's log."
        )
    finally:
        connection.close()
    if said.startswith("2"):
        return Finding(NAME, OK, f"The server took it: {said}")
    return Finding(
        NAME, FAILURE, f"The server refused it: {said}", "See REJOINDER_MAIL_FROM and the server's log."
    )


def _hand_in(server: Any, message: Any, to: str) -> str:
    """One letter through an open connection (RFC 5321, 4.1.1). Returns the last answer: its code and words."""
    server.ehlo_or_helo_if_needed()
    code, words = server.mail(parseaddr(message.from_email)[1])
    if code < 300:
        code, words = server.rcpt(to)
    if code < 300:
        code, words = server.data(message.message().as_bytes(linesep="\r\n"))
    return one_line(f"{code} {words.decode('utf-8', 'replace')}", 300)
