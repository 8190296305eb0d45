"""One base class for what may go wrong, with a sentence for the person it happens to.

Domain code raises these and knows nothing of HTTP; `core.http` maps them to status codes in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

# gettext_lazy gives a proxy, not a str; both are welcome as messages.
Sentence = Any


class RejoinderError(Exception):
    """Base of all expected errors. `code` is stable and for machines, `message` is a sentence for a person."""

    code = "error"

    def __init__(self, message: Sentence, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code

    def __str__(self) -> str:
        return str(self.message)


class Accepted(RejoinderError):
    """Taken, and not done yet: something is missing that only the person can do. Nothing is lost."""

    code = "accepted"


class InvalidInput(RejoinderError):
    """What a person typed cannot be taken. `field` names where, `kept` is what they typed, made safe to show again."""

    code = "invalid"

    def __init__(self, *, code: str, message: Sentence, field: str = "", kept: str = "") -> None:
        super().__init__(message, code=code)
        self.field = field
        self.kept = kept


@contextmanager
def within(place: str) -> Iterator[None]:
    """What is wrong in one of several: the field is told with the place it is in, as in `claims.3.manner`."""
    try:
        yield
    except InvalidInput as error:
        field = f"{place}.{error.field}"
        raise InvalidInput(code=error.code, message=error.message, field=field) from None


class NotFound(RejoinderError):
    """Absent, or not for this viewer: the two look the same."""

    code = "not-found"


def nothing_here() -> NotFound:
    """For an address that leads to nothing, or to nothing for this viewer."""
    return NotFound(_("There is no page at this address."))


class Refused(RejoinderError):
    """The viewer is known and may not do this."""

    code = "refused"


class SignedOut(RejoinderError):
    """Whoever speaks was known, and is no longer: the session ended, or the token does not belong here."""

    code = "signed-out"


class Conflict(RejoinderError):
    """The world changed in between: closed, removed, decided by somebody else."""

    code = "conflict"


class Paused(Conflict):
    """Not taken yet: there is something to read first. The same request with `again` beside it is taken."""

    code = "paused"

    def __init__(self, message: Sentence, *, again: str, code: str = "") -> None:
        super().__init__(message, code=code)
        self.again = again


class TooMany(RejoinderError):
    """Too often. `retry_after` is in seconds."""

    code = "too-many"

    def __init__(self, message: Sentence, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(RejoinderError):
    """Cannot be done right now (disk full, database away); reading goes on."""

    code = "unavailable"
