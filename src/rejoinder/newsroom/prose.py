"""The text of stories: what the desk's editor stored, as HTML of a few tags, links inside the site resolved.

Stored text has been through the editor's or the importer's filter already; it is cleaned once more on the way
out, so that a row which came in by another way can do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import nh3
from django.utils.html import format_html
from wagtail.rich_text import expand_db_html

TAGS: Final = frozenset(
    {"p", "br", "b", "strong", "i", "em", "a", "h2", "h3", "ol", "ul", "li", "blockquote"}
)
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
# Stands between texts while their links are looked up in one go; the editor cannot write a comment.
_SEAM: Final = "<!--seam-->"


@dataclass(frozen=True, slots=True)
class Prose:
    """Clean HTML. Made by `clean` and `expand` alone."""

    html: str

    def __html__(self) -> str:
        return self.html

    def __str__(self) -> str:
        # What a template prints: by way of __html__, so not escaped again.
        return format_html("{}", self)


def clean(html: str) -> Prose:
    """`html` with our few tags, links to web and mail addresses and within the site, and nothing else."""
    return Prose(
        nh3.clean(
            html,
            tags=set(TAGS),
            attributes={"a": {"href"}},
            url_schemes=set(_SCHEMES),
            link_rel=None,
        )
    )


def expand(sources: Sequence[str]) -> list[Prose]:
    """Stored texts as readers see them: one look-up for the links of all of them."""
    if not sources:
        return []
    expanded = expand_db_html(_SEAM.join(source.replace(_SEAM, "") for source in sources))
    return [clean(html) for html in expanded.split(_SEAM)]
