"""Answers that leave on a beat, so that how long they took tells nothing.

Whether an address has an account decides what is done for it, and whoever measures many answers would learn which it
was. Such an answer waits for the next beat after its request came: what is done within one takes the same time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

# Longer than what differs by far, shorter than what a person who signs in would call slow.
SECONDS = 0.2


def on_the_beat(view: View) -> View:
    """Mark a view whose answers to forms wait. `OnTheBeat` stands among the project's middleware."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.on_the_beat = request.method == "POST"  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return marked


def leaves_at(elapsed: float) -> float:
    """Seconds after its request at which an answer leaves that was ready after `elapsed`."""
    return math.ceil(elapsed / SECONDS) * SECONDS if SECONDS else elapsed


class OnTheBeat:
    """The outermost layer but for errors: what is written after the view, such as a session, is done by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if getattr(request, "on_the_beat", False):
            elapsed = time.perf_counter() - began
            time.sleep(leaves_at(elapsed) - elapsed)
        return response
