"""Reading the mails of accounts as their recipients do: what jobs have sent."""

from __future__ import annotations

import re

from django.core import mail

from rejoinder.core import jobs

CODE = re.compile(r"^([A-Z0-9]{4}-?[A-Z0-9]{4}|[A-Z0-9]{6,9})$", re.MULTILINE)


def letters(to: str) -> list[str]:
    """The texts that an address has got, oldest first."""
    jobs.work_once()
    return [str(letter.body) for letter in mail.outbox if letter.to == [to]]


def code_for(to: str) -> str:
    """The newest code that came to an address."""
    found = [match[1] for letter in letters(to) for match in [CODE.search(letter)] if match]
    assert found, f"a code came to {to}: {letters(to)}"
    return found[-1]
