"""Giving programs a token, and taking it back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from rejoinder.accounts.models import Commenter, Site
from rejoinder.api.models import ApiToken
from rejoinder.api.queries import PREFIX
from rejoinder.core import clock, ids
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.names import check_name
from rejoinder.core.text.skeleton import name_key

USED = timedelta(hours=1)  # how exactly it is remembered when a token was used last


def add_token(*, site: Site, name: str, scopes: Iterable[str]) -> tuple[ApiToken, str]:
    """A token for a program, which writes under this name. Returns its row and the token, which is kept nowhere.

    Raises InvalidInput for a name or a scope that is none.
    """
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(ApiToken.Scope.values):
        known = ", ".join(ApiToken.Scope.values)
        raise InvalidInput(code="scope", message=f"A token has one or more of: {known}.", field="scope")
    name, token, moment = check_name(name), PREFIX + secrets.token_urlsafe(32), clock.now()
    with writing():
        speaker = Commenter.objects.create(name=name, name_key=name_key(name)[:240], created=moment)
        row = ApiToken.objects.create(
            site=site,
            commenter=speaker,
            name=name,
            scopes=" ".join(wanted),
            digest=ids.digest(token),
            created=moment,
        )
    return row, token


def end_token(*, token: ApiToken) -> None:
    """Take a token back: refused from the next request on. What it wrote stays."""
    if token.ended is None:
        token.ended = clock.now()
        with writing():
            token.save(update_fields=["ended"])


def end_again(*, digests: Iterable[str]) -> int:
    """Take back tokens that a backup brought to life. Returns how many those were."""
    with writing():
        alive = ApiToken.objects.filter(digest__in=list(digests), ended=None)
        return int(alive.update(ended=clock.now()))


def remember_use(*, token: ApiToken) -> None:
    """Note that a token was used, once an hour at most."""
    moment = clock.now()
    if token.used is None or moment - token.used > USED:
        token.used = moment
        with writing():
            token.save(update_fields=["used"])
