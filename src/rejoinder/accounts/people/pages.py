"""Pages of the accounts package that need mail: where there is none, a sentence stands in their place."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _

from rejoinder.accounts.sessions.popup import stay_tied_if_open
from rejoinder.core import mail
from rejoinder.core.beat import on_the_beat
from rejoinder.core.errors import nothing_here
from rejoinder.core.http import private, problem

View = Callable[..., HttpResponse]
Entry = URLPattern | URLResolver


def no_sign_up() -> str:
    return _(
        "Accounts need mail, and this server sends none yet, so readers write as guests. If you work here, ask "
        "whoever runs this server for an account."
    )


def no_reset() -> str:
    return _("Ask whoever runs this server for a new password: “rejoinder staff password” sets one.")


def privately(entries: list[Entry]) -> list[Entry]:
    """The same addresses, whose answers no cache keeps and no clock tells apart: not those of a package either."""
    return [_private_entry(entry) for entry in entries]


def _private_entry(entry: Entry) -> Entry:
    if isinstance(entry, URLResolver):
        return URLResolver(entry.pattern, privately(entry.url_patterns), entry.default_kwargs)
    return URLPattern(entry.pattern, _kept_by_nobody(entry.callback), entry.default_args, entry.name)


def _kept_by_nobody(view: View) -> View:
    @on_the_beat
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Within a window that another page opened, its pages keep the tie to that page.
        return private(stay_tied_if_open(request, view(request, *args, **kwargs)))

    return guarded


def where_mail_works(view: View, sentence: Callable[[], str] | None = None) -> View:
    """The view where mail leaves this server; else 403 with the sentence, or 404 without one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if mail.works():
            return view(request, *args, **kwargs)
        if sentence is None:
            raise nothing_here()
        return private(problem(request, status=403, message=sentence()))

    return guarded
