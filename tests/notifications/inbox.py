"""Letters that were sent, read as somebody reads them, and the buttons they lead to."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMessage

from rejoinder.accounts.models import Site
from rejoinder.core import clock, jobs
from tests import factories as make
from tests.factories import Browser


def an_email() -> str:
    return f"reader-{make.a_number()}@example.org"


def asking(policy: str, **rules: Any) -> Site:
    """A site with a rule for guests' addresses."""
    return make.site(guest_email=policy, **rules)


def letters(to: str = "") -> list[EmailMessage]:
    """All that was sent (to an address), once the jobs are done."""
    jobs.work_once()
    return [sent for sent in django_mail.outbox if not to or sent.to == [to]]


def later(minutes: int = 6) -> Any:
    """So much later: answers go out in bursts."""
    return time_machine.travel(clock.now() + timedelta(minutes=minutes))


def path_in(letter: EmailMessage, name: str) -> str:
    """The path of a page that a letter leads to."""
    found = re.search(rf"http://[^/\s]+(/mail/{name}\?t=\S+)", str(letter.body))
    assert found, letter.body
    return found[1]


def press(
    path: str, *, act: str = "confirm", drafts: list[str] | None = None, by: Browser | None = None
) -> Any:
    """Open the page and press its button; what is ticked on it is sent along, unless `drafts` says what."""
    browser = by or make.guest()
    page = browser.get(path).content.decode()
    token = re.search(r'name="t" value="([^"]+)"', page)
    assert token, page
    ticked = re.findall(r'name="draft" value="(\d+)" checked', page) if drafts is None else drafts
    return browser.post(
        path.partition("?")[0], {"t": token[1].replace("&amp;", "&"), "act": act, "draft": ticked}
    )
