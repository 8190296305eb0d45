"""Giving programs a token, and taking it back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from rejoinder.accounts.models import Commenter, Site
from rejoinder.api.models import ApiToken
from rejoinder.api.queries import PREFIX
from rejoinder.core import clock, ids
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.names import check_name
from rejoinder.core.text.skeleton import name_key


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
