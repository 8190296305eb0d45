"""Mail: enqueued in the change's own transaction, sent by a job, within a budget for each recipient.

A mail server that is away is in nobody's way: the job is tried again with growing pauses, then parked where
`rejoinder doctor` shows it. Django's EMAIL_BACKEND sends, so that a host project's own settings hold.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.utils import make_msgid, parseaddr
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import jobs
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, RejoinderError
from rejoinder.core.limits import Limit, take
from rejoinder.core.text.letter import as_html, clean_text, one_line

log = structlog.get_logger("rejoinder.mail")

CONSOLE = "django.core.mail.backends.console.EmailBackend"
TASK = "core.mail"
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
LONGEST_SUBJECT = 200
# A development server, where nobody has said what its address is; `rejoinder doctor` asks for it.
_HERE = "http://localhost:8000"
REST = 10.0  # seconds before a mail server that failed is tried again: one that hangs must not hold the other jobs

# What one mailbox may get. Whoever makes us write to somebody else must not be able to make us a nuisance.
BUDGETS = {
    # Before an address is confirmed it gets one letter a day, whoever asks for it and how often.
    "confirm": Limit("mail confirm", most=1, window=timedelta(days=1)),
    # Codes to sign in with: as often as somebody mistypes, not more.
    "code": Limit("mail code", most=5, window=timedelta(hours=1)),
    # Answers come bundled; one a quarter of an hour, for six hours.
    "answer": Limit("mail answer", most=24, window=timedelta(days=1)),
    # What was decided about somebody: a page of their own lists all of it.
    "decision": Limit("mail decision", most=10, window=timedelta(days=1)),
    # Receipts of notices go to whatever address was given; each notice has a page that says the same.
    "notice": Limit("mail notice", most=4, window=timedelta(days=1)),
    "notice-outcome": Limit("mail notice outcome", most=10, window=timedelta(days=1)),
}
OTHER = Limit("mail other", most=5, window=timedelta(hours=1))
ALL = Limit("mail", most=40, window=timedelta(days=1))


class NotSent(RejoinderError):
    """The mail server could not be reached or would not take it now. Names no address: the text is logged."""

    code = "mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `site` is the publication's name; with `stop_url` mail programs show a button to stop."""

    to: str
    subject: str
    text: str
    site: str = ""
    language: str = ""
    stop_url: str = ""
    # The same name twice is the same letter: who was handed it twice can tell.
    name: str = ""


def works() -> bool:
    """Whether mail leaves this server. In development the terminal counts."""
    return bool(settings.DEBUG or settings.EMAIL_BACKEND != CONSOLE)


def page_link(path: str) -> str:
    """The whole address of one of our pages, as it stands in a letter."""
    return str(getattr(settings, "REJOINDER_URL", "") or _HERE).rstrip("/") + path


def check_address(raw: str) -> str:
    """An e-mail address that can be written to. Raises InvalidInput at the field `email`."""
    address = raw.strip()
    try:
        validate_email(address)
        if len(address) > LONGEST_ADDRESS or not address.isprintable():
            raise ValidationError("too long")
    except ValidationError:
        message = _("This is not an e-mail address; write it like name@example.org.")
        raise InvalidInput(code="email", message=message, field="email", kept=one_line(raw, 300)) from None
    name, _at, host = address.rpartition("@")
    return f"{name}@{host.lower()}"


def mailbox(address: str) -> str:
    """What budgets count by: names of one mailbox that differ in case, or behind a "+", are one."""
    name, _at, host = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def may_get(kind: str, to: str) -> bool:
    """Count one letter of this kind to this address, where its budget has room."""
    box = mailbox(to)
    within = take(BUDGETS.get(kind, OTHER), kind, box) is None and take(ALL, box) is None
    if not within:
        log.warning("mail budget spent", kind=kind)
    return within


def send(
    *, to: str, subject: str, text: str, kind: str, site: str = "", stop_url: str = "", name: str = ""
) -> bool:
    """Enqueue a letter within the present transaction, in the present language.

    `kind` names the budget: confirm, code, answer or one of one's own. An address that stands alone in a line of the
    text becomes a link. Returns False, and sends nothing, where the recipient's budget is spent: answer as if it had
    been sent. Raises InvalidInput for an address that is none.
    """
    letter = Letter(
        to=check_address(to),
        subject=one_line(subject, LONGEST_SUBJECT),
        text=clean_text(text),
        site=one_line(site, 120),
        language=translation.get_language() or "en",
        stop_url=stop_url,
        name=name,
    )
    with writing():
        if not may_get(kind, letter.to):
            return False
        jobs.enqueue(TASK, letter=asdict(letter))
    return True


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it goes out: text, the same as HTML, and the headers that mail programs go by."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    host = address.rpartition("@")[2]
    identity = f"<{letter.name}@{host}>" if letter.name else make_msgid(domain=host)
    # Machines that answer mail (RFC 3834) leave this one alone.
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    site = one_line(letter.site, 120)
    sender = str(Address(display_name=site, addr_spec=address)) if site else address
    message = EmailMultiAlternatives(
        one_line(letter.subject, LONGEST_SUBJECT), letter.text, sender, [letter.to], headers=headers
    )
    right_to_left = letter.language.partition("-")[0] in settings.LANGUAGES_BIDI
    page = as_html(letter.text, language=letter.language, right_to_left=right_to_left)
    message.attach_alternative(page, "text/html")
    return message


_rest = {"until": 0.0}


def deliver(letter: Letter) -> None:
    """Hand a letter to the mail server now; call from a job. Raises NotSent where it may be tried again.

    What the server refuses for good (5xx: no such mailbox) is logged and done with: trying again would not help.
    """
    if time.monotonic() < _rest["until"]:
        raise NotSent("The mail server failed a moment ago; waiting.")
    try:
        message_of(letter).send()
    except OSError as error:  # of the connection, and all that smtplib raises
        code = smtp_code(error)
        if 500 <= code < 600 and code not in _OUR_FAULT:
            log.warning("mail refused", code=code)
            return
        _rest["until"] = time.monotonic() + REST
        raise NotSent(said(error, letter.to)) from None


# Refusals that say something of us (sign-in, encryption), not of the recipient: the operator can mend these.
_OUR_FAULT = {530, 534, 535, 538}


def smtp_code(error: OSError) -> int:
    """What the server answered: of the first recipient where it refused those, or 0 where it said nothing."""
    refused = getattr(error, "recipients", None)
    if isinstance(refused, dict) and refused:
        return int(next(iter(refused.values()))[0])
    return int(getattr(error, "smtp_code", 0))


def said(error: OSError, to: str) -> str:
    """The error in a line, without the recipient's address."""
    return one_line(f"{type(error).__name__}: {error}".replace(to, "…"), 300)


def _send(*, letter: dict[str, Any]) -> None:
    deliver(Letter(**letter))


jobs.register(TASK, _send)
