"""A page as saved HTML: comments first, then the article from what remains, so that neither leaks into the
other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from rejoinder.core.text.render import plain
from rejoinder.transfer.importers import page_facts as facts
from rejoinder.transfer.importers.dates import parse_date
from rejoinder.transfer.importers.dom import attribute, parse, tokens
from rejoinder.transfer.importers.found import Block, Page, PageUnreadable, Unplaced
from rejoinder.transfer.importers.jsonld import Graph
from rejoinder.transfer.importers.page_article import Article, blocks, extract
from rejoinder.transfer.importers.page_comments import read_page_comments

# What stands around comments and is neither comment nor article: the form, the heading with their number.
_AROUND_NAMES = frozenset(
    {"comment-respond", "comments-title", "comment-reply-title", "comment-form", "comments-header", "respond"}
)
_NO_ARTICLE = Unplaced("the page", "no article was found in it, only comments")
_CUT_OFF = "“</html>” is missing: the file may have been cut off, and what came then is not here"


def read_html_page(text: str) -> Page:
    """Read a page from decoded HTML. Raises PageUnreadable where there is neither article nor comment."""
    root = parse(text)
    base = facts.canonical_url(root)
    graph = Graph(root)
    found = read_page_comments(root, graph, base)
    _cut(found.elements)
    _cut([element for element in root.iter() if _stands_around(element)])
    article = extract(root)
    title = facts.title(root, graph)
    article_blocks = _without_title(blocks(article, root, base), title)
    if not article_blocks and not found.comments:
        raise PageUnreadable(
            "Neither an article nor a comment was found in the page. If the browser shows them, they are put "
            "in by a script: save the page as “complete” after it has loaded, or paste its text into a plain "
            "text file.",
            code="page-without-content",
        )
    return Page(
        title=title,
        standfirst=_standfirst(root, graph, article_blocks),
        byline=facts.byline(root, graph) or facts.as_names(article.author.split("; ")),
        published=facts.published(root, graph) or parse_date(article.date),
        canonical_url=base,
        language=facts.language(root),
        section=facts.section(root, graph) or _first(article),
        blocks=tuple(article_blocks),
        comments=found.comments,
        unplaced=(*found.unplaced, *([] if article_blocks else [_NO_ARTICLE]), *_cut_off(text)),
        kind="html",
    )


def _cut_off(text: str) -> list[Unplaced]:
    """Browsers end what they save with it; a fragment that never began with <html> need not."""
    lower = text.lower()
    if "<html" not in lower or "</html" in lower:
        return []
    return [Unplaced("the end of the file", _CUT_OFF, text.rstrip()[-80:])]


def _cut(elements: Iterable[HtmlElement]) -> None:
    """Take elements out of the tree; text after them stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _stands_around(element: HtmlElement) -> bool:
    return not _AROUND_NAMES.isdisjoint((*tokens(element), attribute(element, "id")))


def _without_title(found: list[Block], title: str) -> list[Block]:
    """Without a heading at the top that repeats the title."""
    first = next((block for block in found if block.kind != "image"), None)
    if first is None or first.kind != "heading" or plain(first.text).casefold() != title.casefold():
        return found
    return [block for block in found if block is not first]


def _standfirst(root: HtmlElement, graph: Graph, found: list[Block]) -> str:
    """Unless the article's text already begins with it."""
    said = facts.standfirst(root, graph)
    start = " ".join(plain(found[0].text).split()) if found else ""
    return "" if said and start.startswith(said) else said


def _first(article: Article) -> str:
    return re.split(r",(?=\S)", article.section)[0].strip()
