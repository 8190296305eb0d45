"""From the HTML that cmark writes to the HTML we show: fewer tags, shallower, nothing invisible.

cmark's output is regular (attributes in double quotes, `<` and `>` escaped elsewhere), so one pass
over its tags is enough. This is shaping, not the defence: nh3 reads the result with a real parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from rejoinder.core.text import links
from rejoinder.core.text.normal import MarkCounter, is_blank, strip_forbidden

# Quotes and lists deeper than this lie flat: nobody reads them, each level costs width on a phone, and 10,000
# ">" would nest 10,000 deep.
MAX_DEPTH: Final = 10

_TAG: Final = re.compile(r"(</?[a-z][^>]*>)")
_NAME: Final = re.compile(r"</?([a-z0-9]+)")
_ATTRIBUTE: Final = re.compile(r' (href|src|alt|start)="([^"]*)"')
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS: Final = frozenset({"blockquote", "ul", "ol"})
_INLINE: Final = frozenset({"em", "strong", "del"})


@dataclass
class _Link:
    url: str
    start: int


def tidy(html: str, *, guard: str) -> str:
    """`html` as cmark wrote it, in our own few tags; `guard` (one character) is taken out everywhere."""
    html = html.replace(guard, "").replace("".join(f"%{byte:02X}" for byte in guard.encode()), "")
    return _Tidy().run(html)


def destinations(html: str) -> list[tuple[str, str]]:
    """Each destination in cmark's `html`, in order, with the text of its link ("" for an image)."""
    found: list[tuple[str, str]] = []
    pieces = _TAG.split(html)
    for index in range(1, len(pieces), 2):
        name, attributes = _read(pieces[index])
        if name == "a" and "href" in attributes:
            found.append((unescape(attributes["href"]), unescape(pieces[index + 1])))
        elif name == "img":
            found.append((unescape(attributes.get("src", "")), ""))
    return found


def _read(tag: str) -> tuple[str, dict[str, str]]:
    match = _NAME.match(tag)
    return (match[1] if match else ""), dict(_ATTRIBUTE.findall(tag))


class _Tidy:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks: list[bool] = []  # open containers, each with whether we kept it
        self.open: dict[str, int] = dict.fromkeys(_INLINE, 0)
        self.link: _Link | None = None
        self.marks = MarkCounter()

    def run(self, html: str) -> str:
        for index, piece in enumerate(_TAG.split(html)):
            if index % 2:
                self.tag(piece)
            elif piece:
                self.text(piece)
        return "".join(self.out)

    def text(self, piece: str) -> None:
        # Entities (&#8238;) bring in what the door refuses when it is typed as such.
        self.out.append(self.marks.limited(strip_forbidden(piece)))

    def tag(self, tag: str) -> None:
        name, attributes = _read(tag)
        closing = tag.startswith("</")
        if name in _INLINE:
            self.inline(name, closing=closing)
        elif name in _CONTAINERS:
            self.container(name, attributes, closing=closing)
        elif name in _HEADINGS:
            self.heading(closing=closing)
        else:
            self.other(name, attributes, closing=closing)

    def other(self, name: str, attributes: dict[str, str], *, closing: bool) -> None:
        match name:
            case "a":
                self.close_link() if closing else self.open_link(attributes.get("href", ""))
            case "img":
                self.image(attributes.get("src", ""), attributes.get("alt", ""))
            case "li" if not all(self.blocks[-1:]):
                self.out.append("" if closing else "<br>")
            case "p" | "pre" | "code" | "li":
                self.out.append(f"</{name}>" if closing else f"<{name}>")
            case "br":
                self.out.append("<br>")
            case _:  # hr, and whatever a later cmark may bring
                pass

    def inline(self, name: str, *, closing: bool) -> None:
        # Strong within strong says nothing more, and thousands of them cost a browser dear.
        if closing:
            self.open[name] -= 1
        if self.open[name] == 0:
            self.out.append(f"</{name}>" if closing else f"<{name}>")
        if not closing:
            self.open[name] += 1

    def container(self, name: str, attributes: dict[str, str], *, closing: bool) -> None:
        if closing:
            if self.blocks.pop():
                self.out.append(f"</{name}>")
            return
        kept = len(self.blocks) < MAX_DEPTH
        self.blocks.append(kept)
        if kept:
            start = attributes.get("start", "")
            self.out.append(f'<{name} start="{start}">' if start.isdecimal() else f"<{name}>")

    def heading(self, *, closing: bool) -> None:
        if closing:
            self.inline("strong", closing=True)
            self.out.append("</p>")
        else:
            self.out.append("<p>")
            self.inline("strong", closing=False)

    def image(self, source: str, alt: str) -> None:
        if self.link is not None:  # a picture within a link: its words are the link's
            self.text(alt)
            return
        self.open_link(source)
        self.text(alt)
        self.close_link()

    def open_link(self, href: str) -> None:
        if href.lower().startswith("www."):
            href = "http://" + href
        self.link = _Link(url=href, start=len(self.out) + 1)
        self.out.append(f'<a href="{href}">' if links.is_linkable(unescape(href)) else "")

    def close_link(self) -> None:
        link, self.link = self.link, None
        if link is None:
            return
        shown = unescape(_ANY_TAG.sub("", "".join(self.out[link.start :])))
        if links.is_linkable(unescape(link.url)):
            self.close_good_link(link, shown)
        elif links.scheme_of(link.url) is None and shown != unescape(link.url):
            # "[laughs](loudly)" was never meant as a link: say all of it.
            self.text(f" ({link.url})" if not is_blank(shown) else link.url)

    def close_good_link(self, link: _Link, shown: str) -> None:
        if is_blank(shown):
            self.text(link.url)
        self.out.append("</a>")
        host = links.other_host(unescape(link.url), shown)
        if host is not None:
            self.text(f" ({escape(host)})")
