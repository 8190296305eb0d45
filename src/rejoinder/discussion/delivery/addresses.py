"""Which addresses have shared pages, and the one spelling of each.

A page is built from its one spelling, so what was left out of an address cannot change it; an address that is
not understood here goes to Django as it came, to be refused with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from rejoinder.core.query import pairs

# (path, query as it came) -> the query of the one spelling, or None when the page is not a shared one.
Spell = Callable[[str, str], str | None]

_known: list[tuple[str, re.Pattern[str], Spell]] = []
_MOST = 30  # parameters of an address


def register(kind: str, pattern: str, spell: Spell) -> None:
    """Let the pages whose path matches be kept in front of Django, where their view says that they may.

    `kind` is what they are counted as in the server's figures.
    """
    _known.append((kind, re.compile(pattern), spell))


def _read(query: str) -> list[tuple[str, str]] | None:
    """The parameters of a query, None where it cannot be read."""
    try:
        return pairs(query, most=_MOST)
    except ValueError:
        return None


def exactly(*names: str) -> Spell:
    """Those parameters in this order, each with a value. With any other, Django gets to refuse the address."""
    known = only(*names)

    def spell(path: str, query: str) -> str | None:
        given = _read(query)
        if given is None or not all(name in names and value for name, value in given):
            return None
        return known(path, query)

    return spell


def as_it_is(path: str, query: str) -> str | None:
    """The query as it came, where it makes any difference."""
    return query


def only(*names: str) -> Spell:
    """Those parameters in this order; others (a campaign's, a tracker's) make no page of their own."""

    def spell(path: str, query: str) -> str | None:
        given = _read(query)
        if given is None:
            return None
        found: dict[str, str] = {}
        for name, value in given:
            if name in found and name in names:
                return None
            found[name] = value
        return urlencode([(name, found[name]) for name in names if name in found])

    return spell


def one_spelling(path: str, query: str) -> tuple[str, str] | None:
    """The kind of a shared page and the query of its one spelling; None for all other addresses."""
    for kind, pattern, spell in _known:
        if pattern.fullmatch(path):
            spelled = spell(path, query)
            return None if spelled is None else (kind, spelled)
    return None
