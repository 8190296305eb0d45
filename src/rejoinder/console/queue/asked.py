"""What an address of the queue asks for, and the address that asks for it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.http import BadRequest, choice, parameter
from rejoinder.moderation.queue.queries import ALL, NAMES, After, Wanted, after_of

_NUMBERS = ("person", "thread", "watch")


def wanted_of(data: QueryDict, otherwise: str = ALL) -> Wanted:
    """Which cards are asked for. What is empty narrows nothing: forms send all their fields. Raises BadRequest."""
    given = {name: data.get(name, "") for name in ("queue", "section", "language", "rule", *_NUMBERS)}
    queue = choice(data, "queue", dict.fromkeys(NAMES), otherwise) if given["queue"] else otherwise
    return Wanted(
        queue=queue,
        section=given["section"][:120].replace("\x00", ""),
        language=given["language"][:8].replace("\x00", ""),
        rule=given["rule"][:80].replace("\x00", ""),
        **{name: _number(given[name], name) for name in _NUMBERS},
    )


def _number(text: str, name: str) -> int | None:
    number = ids.decode(text) if text else None
    if text and not number:
        raise BadRequest(_("“%(name)s” in the address is empty or cannot be read.") % {"name": name})
    return number


def after_asked(data: QueryDict) -> After | None:
    text = parameter(data, "after", longest=120)
    after = after_of(text) if text else None
    if text and after is None:
        raise BadRequest(_("This address of a part of the queue is not whole. Open the queue again."))
    return after


def asks(wanted: Wanted) -> dict[str, str]:
    """The parameters that ask for these cards, without those that say nothing."""
    said: dict[str, Any] = asdict(wanted)
    return {name: ids.encode(value) if name in _NUMBERS else value for name, value in said.items() if value}


def address(site: Site, wanted: Wanted, *, name: str = "console-queue", **more: str) -> str:
    return f"{reverse(f'rejoinder:{name}', args=[site.key])}?{urlencode({**asks(wanted), **more})}"


def elsewhere(wanted: Wanted, queue: str) -> Wanted:
    """The same narrowing in another queue."""
    return replace(wanted, queue=queue)
