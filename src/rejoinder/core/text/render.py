"""The one renderer and the one sanitiser: what a person typed, as the HTML that everybody is shown.

Markdown (CommonMark as cmark-gfm reads it) with bare links and ~~strikethrough~~, and these differences:
each line end is a line end; what looks like HTML is text; pictures become links, headings strong paragraphs,
rules nothing; there are no link definitions, since a line such as "[Anna]: nonsense!" would vanish as one.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

import nh3

from rejoinder.core.text import links
from rejoinder.core.text.markdown import to_html
from rejoinder.core.text.normal import strip_forbidden
from rejoinder.core.text.plain import excerpt, strip_tags
from rejoinder.core.text.tidy import destinations, tidy

__all__ = ["RENDERER_VERSION", "TAGS", "excerpt", "first_forbidden_link", "plain", "render", "sanitise"]

# Raise with any change to what `render` returns: rows rendered by an older version are then rendered anew.
RENDERER_VERSION: Final = 1

TAGS: Final = frozenset(
    {"p", "br", "em", "strong", "del", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
)
# "*": nh3 would let `title` and `lang` through on every tag.
_ATTRIBUTES: Final[dict[str, set[str]]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
# Made once: making it takes six times what it does with a comment.
_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes=_ATTRIBUTES,
    url_schemes=set(links.SCHEMES),
    url_relative="deny",
    link_rel="nofollow ugc noopener",
)

# A noncharacter, which no input can hold. Put behind "<" it keeps cmark from seeing HTML, in prose and in
# code alike, while links still end there; put between "]" and ":" it keeps lines from being link definitions.
_GUARD: Final = "\ufdd0"
_UNHOLDABLE: Final = re.compile("[\x00\ud800-\udfff\ufdd0]")
_NOT_AUTOLINK: Final = re.compile(
    r"<(?!(?:https?://|mailto:)[^\s<>\ufdd0]*>|[\w.+-]+@[a-z0-9.-]+>)", re.IGNORECASE | re.ASCII
)
_RENDERED: Final = re.compile(r"<(?:p|blockquote|ul|ol(?: start=\"\d+\")?|pre)>.*>\s*\Z", re.DOTALL)
# cmark makes links of these where they stand bare in prose. Nobody asked for a link: leave the text alone.
_BARE_SCHEMES: Final = frozenset({"ftp", "xmpp"})


def render(body: str) -> str:
    """The HTML of `body`, safe to send as it is; "" when there is nothing to see. Total: never raises.

    At most 150 ms of CPU for 10,000 characters, and linear: `bench/render.py` measures the known bad cases.
    """
    return sanitise(tidy(to_html(_guarded(body)), guard=_GUARD)).strip()


def sanitise(html: str) -> str:
    """`html` from anywhere, in our few tags only; idempotent, and no change to what `render` returns."""
    return strip_forbidden(_CLEANER.clean(strip_forbidden(html)))  # those that came as entities


def first_forbidden_link(body: str) -> str | None:
    """The scheme ("javascript") of the first link in `body` that is none of http, https and mailto."""
    if ":" not in body and "](" not in body and "<" not in body:
        return None  # no link but of bare words, to the web and to e-mail addresses
    html = to_html(_guarded(body)).replace(_GUARD, "").replace("%EF%B7%90", "")
    for url, shown in destinations(html):
        scheme = links.forbidden_scheme(url)
        if scheme is not None and not _is_bare(scheme, url, shown):
            return scheme
    return None


def plain(body_or_html: str) -> str:
    """The words alone, for feeds, search and mail: blocks apart by a blank line, lines by LF. Not HTML.

    Takes a body as typed or what `render` made of it; the latter is told by the block tag it starts with.
    """
    rendered = _RENDERED.match(body_or_html) is not None
    return strip_tags(body_or_html if rendered else render(body_or_html))


def _guarded(body: str) -> str:
    body = _UNHOLDABLE.sub("\ufffd", body)
    return _NOT_AUTOLINK.sub("<" + _GUARD, body.replace("]:", f"]{_GUARD}:"))


def _is_bare(scheme: str, url: str, shown: str) -> bool:
    return scheme in _BARE_SCHEMES and unquote(url) == unquote(shown)
