"""Signing in within a window that a page of another origin opened, and that is to tell that page who it was.

Our pages stand apart from whatever opened them (`Cross-Origin-Opener-Policy: same-origin`), and once apart a window
never finds back. So the pages that one passes while signing in for another page leave the tie as it is.
"""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from rejoinder.core import clock

R = TypeVar("R", bound=HttpResponse)
_MARK = "rejoinder_window"
PATIENCE = 30 * 60  # seconds; slow mail, and a passkey that has to be looked for


def begin(request: HttpRequest) -> None:
    """Remember that this browser signs in for a page that waits."""
    request.session[_MARK] = int(clock.now().timestamp())


def finish(request: HttpRequest) -> None:
    request.session.pop(_MARK, None)


def is_open(request: HttpRequest) -> bool:
    began = request.session.get(_MARK, 0) if hasattr(request, "session") else 0
    return bool(0 <= clock.now().timestamp() - began < PATIENCE)


def stay_tied(response: R) -> R:
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


def stay_tied_if_open(request: HttpRequest, response: R) -> R:
    """For the pages of signing in: within such a window they keep the tie, elsewhere they cut it."""
    return stay_tied(response) if is_open(request) else response
