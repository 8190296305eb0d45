"""What a link may lead to, and how a scheme is found behind the disguises that browsers see through."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

SCHEMES: Final = frozenset({"http", "https", "mailto"})

# What we link: the plain form only. A disguised scheme ("java\tscript:", "ht%74ps:") is never linked.
_LINKABLE: Final = re.compile(r"https?://[^\s/?#]|mailto:[^\s@?]+@[^\s@?]", re.IGNORECASE)
# White space, controls and invisible characters: browsers drop some of them from a URL, people overlook all.
_NOISE: Final = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufdd0]+"
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SHOWN_HOST: Final = re.compile(r"\s*(?:https?://|www\.)(?:www\.)?([^\s/?#:@]+)", re.IGNORECASE)


def is_linkable(url: str) -> bool:
    """Whether `url` is one that we make a link to: http or https with a host, or mailto with an address."""
    return _LINKABLE.match(url) is not None


def scheme_of(url: str) -> str | None:
    """The scheme of `url` in lower case, its disguises undone (entities, percent signs, invisible ones)."""
    bare = _NOISE.sub("", unquote(unescape(_NOISE.sub("", url))))
    match = _SCHEME.match(bare)
    return match[1].lower() if match else None


def forbidden_scheme(url: str) -> str | None:
    """The scheme of `url` if it has one that no link of ours may use."""
    scheme = scheme_of(url)
    return None if scheme in SCHEMES else scheme


def other_host(url: str, shown: str) -> str | None:
    """The host `url` leads to, when the text `shown` for it pretends to be an address on another host."""
    pretended = _SHOWN_HOST.match(shown)
    host = _host(url)
    if pretended is None or not host:
        return None
    claimed = pretended[1].lower().rstrip(".")
    return None if host == claimed or host.endswith("." + claimed) else host


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
