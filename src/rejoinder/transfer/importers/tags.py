"""A look at a page's tags before it is parsed: libxml2 compares each attribute of a tag with all before it, so
that a megabyte of attributes in one tag keeps it busy for a minute, and ten for hours."""

from __future__ import annotations

import re

from rejoinder.transfer.importers.found import PageUnreadable

# Real tags have some dozens; a hundred times that many parse in a millisecond or two.
MOST_ATTRIBUTES = 1000
# Tags shorter than this cannot hold as many.
_SHORT = 2 * MOST_ATTRIBUTES

_OPENING = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(?P<raw>script|style|textarea|title)\b|[a-z])", re.IGNORECASE | re.DOTALL
)
_REST_OF_TAG = re.compile(r"""(?:[^>="']|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def check_tags(text: str) -> None:
    """Raises PageUnreadable where a tag has more than MOST_ATTRIBUTES attributes. Takes linear time."""
    at = 0
    while match := _OPENING.search(text, at):
        at = match.end()
        if match.group().startswith("<!--"):
            continue
        rest = _REST_OF_TAG.match(text, at)
        end = rest.end() if rest else at
        if end - at > _SHORT and len(_VALUE.sub("", text[at:end]).split()) > MOST_ATTRIBUTES:
            line = text.count("\n", 0, at) + 1
            raise PageUnreadable(
                f"A tag on line {line} has more than {MOST_ATTRIBUTES:,} attributes. "
                "Save the page again from a browser, or paste its text into a plain text file.",
                code="page-too-many-attributes",
            )
        at = end
        if raw := match["raw"]:
            closing = re.compile(f"</{raw}", re.IGNORECASE).search(text, at)
            at = closing.start() if closing else len(text)
