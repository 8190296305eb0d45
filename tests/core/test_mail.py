"""Mail: one letter as it was meant, within a budget, never in the way."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import override_settings
from django.utils import translation

from rejoinder.core import clock, jobs, mail, smtp
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.models import Job
from tests.factories import a_number


def an_email() -> str:
    return f"reader-{a_number()}@example.org"


def letter(**more: Any) -> mail.Letter:
    return mail.Letter(**{"to": "ada@example.org", "subject": "Answers", "text": "Hello.", **more})


def parsed(found: mail.Letter) -> EmailMessage:
    message = email.message_from_bytes(mail.message_of(found).message().as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


@pytest.mark.parametrize(
    ("url", "host", "port", "implicit", "starttls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, False, False),
        ("smtps://u:p@mail.example.org", "mail.example.org", 465, True, False),
        ("smtp+starttls://u:p%40ss@mail.example.org:2525", "mail.example.org", 2525, False, True),
        ("smtp://[::1]:1025", "::1", 1025, False, False),
    ],
)
def test_mail_server_is_read_from_its_address(
    url: str, host: str, port: int, implicit: bool, starttls: bool
) -> None:
    server = smtp.parse(url)
    assert (server.host, server.port, server.implicit_tls, server.starttls) == (
        host,
        port,
        implicit,
        starttls,
    )
    assert smtp.wrong(url) == ""
    assert server.password in {"", "p", "p@ss"}


@pytest.mark.parametrize(
    "url", ["http://mail", "smtp://", "smtp://host/path", "mail.example.org", "smtp://h:99999"]
)
def test_what_is_no_mail_server_is_refused_with_an_example(url: str) -> None:
    assert "smtp+starttls://" in smtp.wrong(url)


def test_password_of_a_mail_server_is_in_no_message() -> None:
    from rejoinder.core.conf import ConfigurationError, load

    with pytest.raises(ConfigurationError) as refused:
        load({"REJOINDER_MAIL_URL": "http://user:hunter2@mail.example.org"})
    assert "hunter2" not in str(refused.value)


HOSTILE = [
    "\r\nBcc: other@example.org",
    "\nX-Injected: 1",
    "\rX-Injected: 1",
    "\u0085X-Injected: 1",
    "\u2028X-Injected: 1",
    "\u2029X-Injected: 1",
    "\x0bX-Injected: 1",
    "\x0cX-Injected: 1",
    "\x1cX-Injected: 1\x1dX: 2\x1eX: 3",
    "=?utf-8?q?=0d=0aX-Injected:_1?=",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_people_makes_a_header(hostile: str) -> None:
    found = letter(subject=f"A title{hostile}", site=f"Paper{hostile}", text=f"Words{hostile}")
    message = parsed(found)
    assert set(message.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip
    assert message["To"] == "ada@example.org"
    assert len(message["From"].addresses) == 1


@pytest.mark.parametrize(
    "hostile", [f"ada@example.org{text}" for text in HOSTILE] + ["a@b", "@example.org", "a,b@c.org"]
)
def test_address_that_is_none_is_refused_at_its_field(hostile: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        mail.check_address(hostile)
    assert refused.value.field == "email"


def test_letter_is_text_and_the_same_as_html() -> None:
    link = "https://talk.example.org/comments/7/"
    text = f"Ada [sic] wrote on “A *story*”:\n\n> See [this](https://evil.example) <b>now</b>\n\n{link}"
    message = parsed(letter(text=text, language="ar"))
    assert part(message, "plain").strip() == text
    page = part(message, "html")
    assert 'lang="ar" dir="rtl"' in page
    assert page.count("<a ") == 1
    assert f'href="{link}"' in page
    assert "<blockquote>" in page
    assert "[this](https" in page
    assert "<b>" not in page
    assert "<em>" not in page


def test_bare_address_that_somebody_wrote_is_no_link() -> None:
    page = part(parsed(letter(text="Mallory www.evil.example and https://evil.example wrote.")), "html")
    assert "<a " not in page


def test_stopping_is_one_click_for_mail_programs() -> None:
    message = parsed(letter(stop_url="https://talk.example.org/mail/stop?t=x"))
    assert message["List-Unsubscribe"] == "<https://talk.example.org/mail/stop?t=x>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_letter_waits_in_the_transaction_and_a_job_sends_it() -> None:
    with translation.override("de"):
        assert mail.send(
            to="Ada@Example.ORG", subject="Antworten", text="Guten Tag.", kind="answer", site="Blatt"
        )
    assert not django_mail.outbox
    jobs.work_once()
    (sent,) = django_mail.outbox
    assert sent.to == ["Ada@example.org"]
    assert sent.from_email.startswith("Blatt <")
    assert 'lang="de"' in str(sent.alternatives[0][0])  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_change_that_is_undone_sends_nothing() -> None:
    class Undone(Exception):
        pass

    with pytest.raises(Undone), writing():
        mail.send(to=an_email(), subject="x", text="x", kind="answer")
        raise Undone
    assert not Job.objects.filter(task=mail.TASK).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "most"), [("confirm", 1), ("code", 5), ("answer", 24), ("whatever", 5)])
def test_mailbox_gets_no_more_than_its_budget_however_it_is_spelt(kind: str, most: int) -> None:
    name = f"victim-{a_number()}"
    spelt = [f"{name}@example.org", f"{name.upper()}@example.org", f"{name}+{a_number()}@EXAMPLE.org"]
    sent = [mail.send(to=spelt[n % 3], subject="x", text="x", kind=kind) for n in range(100)]
    assert sum(sent) == most
    assert Job.objects.filter(task=mail.TASK).count() == most


class Away(OSError):
    pass


@pytest.mark.django_db
def test_mail_server_that_is_away_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    to = an_email()

    def fail(*_args: Any, **_more: Any) -> int:
        raise Away(f"no route to {to}")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    mail.send(to=to, subject="x", text="x", kind="answer")
    jobs.work_once()
    waiting = Job.objects.get(task=mail.TASK)
    assert waiting.due > clock.now()
    assert "Away" in waiting.last_error
    assert to not in waiting.last_error


@pytest.mark.django_db
def test_mailbox_that_does_not_exist_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = OSError("refused")
    refusal.recipients = {"x@example.org": (550, b"no such user")}  # type: ignore[attr-defined]

    def fail(*_args: Any, **_more: Any) -> int:
        raise refusal

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    mail.send(to=an_email(), subject="x", text="x", kind="answer")
    jobs.work_once()
    assert not Job.objects.filter(task=mail.TASK).exists()


def test_mail_works_where_a_server_is_named_and_in_development() -> None:
    with override_settings(EMAIL_BACKEND=mail.CONSOLE, DEBUG=False):
        assert not mail.works()
    with override_settings(EMAIL_BACKEND=mail.CONSOLE, DEBUG=True):
        assert mail.works()
    assert mail.works()
