"""Mail through a real server: what arrives, what it says, and what happens where it does not answer."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from rejoinder.core import mail, smtp
from rejoinder.project.mail_check import try_mail
from tests import factories as make
from tests.ports import free_port

HOSTILE = [
    "\r\n",
    "\n",
    "\r",
    "\u0085",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x00",
    "\r\n\r\n",
    "\n\t",
]
OURS = {
    "content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted",
    "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip


class Sink:
    """Takes every letter and keeps it; refuses mailboxes that begin with "nobody"."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append(envelope)
        return "250 2.0.0 queued as 4711"


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler, port = Sink(), free_port()
    server = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=60)
    server.start()
    try:
        with override_settings(**_settings(f"smtp://127.0.0.1:{port}")):
            yield handler
    finally:
        server.stop()


def _settings(url: str) -> dict[str, Any]:
    return {**smtp.django_settings(url), "DEFAULT_FROM_EMAIL": "talk@example.org"}


def headers(envelope: Envelope) -> set[str]:
    content = envelope.content
    assert isinstance(content, bytes)
    return {name.lower() for name in email.message_from_bytes(content, policy=default)}


def test_two_hundred_hostile_letters_bring_no_header_and_no_recipient(sink: Sink) -> None:
    for number in range(200):
        breaks = HOSTILE[number % len(HOSTILE)]
        text = f"A{breaks}Bcc: other@example.org{breaks}X-Injected: {number}"
        mail.deliver(
            mail.Letter(
                to="ada@example.org",
                subject=text if number % 3 else f"=?utf-8?q?{text}?=",
                text=f"Words{breaks}.{breaks}MAIL FROM:<x@example.org>{breaks}{text}",
                site=text,
                stop_url="https://talk.example.org/mail/stop?t=1" if number % 2 else "",
            )
        )
    assert len(sink.taken) == 200
    assert all(envelope.rcpt_tos == ["ada@example.org"] for envelope in sink.taken)
    assert all(envelope.mail_from == "talk@example.org" for envelope in sink.taken)
    assert set().union(*map(headers, sink.taken)) <= OURS


def test_doctor_says_what_the_server_answered(sink: Sink) -> None:
    found = try_mail("ada@example.org")
    assert (found.state, found.cause) == ("ok", "The server took it: 250 2.0.0 queued as 4711")
    assert len(sink.taken) == 1
    refused = try_mail("nobody@example.org")
    assert refused.state == "failure"
    assert "550 5.1.1 No such mailbox here" in refused.cause
    assert try_mail("no address").state == "failure"


def test_doctor_says_that_nobody_answers_and_no_password() -> None:
    url = f"smtp://user:hunter2@127.0.0.1:{free_port()}"
    with override_settings(**_settings(url)):
        found = try_mail("ada@example.org")
    assert found.state == "failure"
    assert "refused" in found.cause
    assert "hunter2" not in found.line()


def test_mailbox_that_the_server_does_not_know_is_done_with(sink: Sink) -> None:
    mail.deliver(mail.Letter(to="nobody@example.org", subject="x", text="x"))
    assert sink.taken == []


def test_server_that_does_not_answer_is_left_alone_for_a_moment() -> None:
    with override_settings(**_settings(f"smtp://127.0.0.1:{free_port()}")):
        for _ in range(2):
            with pytest.raises(mail.NotSent):
                mail.deliver(mail.Letter(to="ada@example.org", subject="x", text="x"))
    assert mail._rest["until"] > 0


@pytest.mark.django_db
def test_doctor_says_which_site_waits_for_mail_that_never_comes() -> None:
    from rejoinder.core.conf import load
    from rejoinder.project.mail_check import mail as look

    (calm,) = look(load({}))
    assert calm.state == "ok"
    site = make.site(guest_email="confirmed")
    (found,) = look(load({}))
    assert found.state == "failure"
    assert site.name in found.cause
    set_up = {"REJOINDER_MAIL_URL": "smtp://mail.example.org", "REJOINDER_URL": "https://talk.example.org"}
    with override_settings(**_settings(set_up["REJOINDER_MAIL_URL"])):
        assert [found.state for found in look(load(set_up))] == ["ok"]
        (attention,) = look(load({"REJOINDER_MAIL_URL": "smtp://u:hunter2@mail.example.org"}))
    assert attention.state == "attention"
    assert "hunter2" not in attention.line()
