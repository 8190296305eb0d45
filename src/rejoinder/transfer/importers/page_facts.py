"""What a page says about its article apart from the text: title, names, dates, address, language, section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from lxml.html import HtmlElement

from rejoinder.transfer.importers.dates import parse_moment
from rejoinder.transfer.importers.dom import absolute, attribute, tag, text_of, tokens
from rejoinder.transfer.importers.jsonld import Graph
from rejoinder.transfer.importers.markdown import one_line

_HEADLINES = frozenset({"entry-title", "post-title", "article-title", "headline", "article-headline"})
_STANDFIRSTS = frozenset(
    {"standfirst", "dek", "subheadline", "sub-headline", "subtitle", "article-lead", "article-intro", "lede"}
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# "8. April 2019 von Ana Beck": a byline is names; longer ones are something else.
_LONGEST_NAME = 120


def canonical_url(root: HtmlElement) -> str:
    """The page's own address as it gives it, or "". Only web addresses; nothing is looked up."""
    links = (
        attribute(link, "href") for link in root.iter("link") if attribute(link, "rel").lower() == "canonical"
    )
    for url in (*links, meta(root, "og:url")):
        whole = absolute(url, "")
        if whole.startswith("http"):
            return whole
    return ""


def meta(root: HtmlElement, *names: str) -> str:
    """The content of the first meta element of one of these names (or properties), names in order of
    worth."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            attribute(element, "property") or attribute(element, "name") or attribute(element, "itemprop")
        ).lower()
        if name in names and attribute(element, "content"):
            found.setdefault(name, one_line(attribute(element, "content")))
    return next((found[name] for name in names if name in found), "")


def title(root: HtmlElement, graph: Graph) -> str:
    """The headline: marked as such, else the only h1, else what the page says of itself, else the window's
    title."""
    marked = (e for e in root.iter("h1", "h2", "h3") if _is_headline(e))
    tops = list(root.iter("h1"))
    for element in (*marked, *(tops if len(tops) == 1 else ())):
        if text := text_of(element):
            return text
    said = one_line(graph.text(graph.article(), "headline")) or meta(root, "og:title", "twitter:title")
    return said or next((one_line(e.text or "") for e in root.iter("title")), "")


def _is_headline(element: HtmlElement) -> bool:
    names = (*tokens(element), *attribute(element, "itemprop").lower().split())
    # A list of other articles names its headlines the same way, and makes each a link to it.
    return not _HEADLINES.isdisjoint(names) and (tag(element) == "h1" or element.find("a") is None)


def standfirst(root: HtmlElement, graph: Graph) -> str:
    """The lines between headline and text that the page shows as such; "" where it shows none."""
    for element in root.iter("p", "div", "h2", "h3"):
        if not _STANDFIRSTS.isdisjoint(tokens(element)) and (text := text_of(element)):
            return text
    return one_line(graph.text(graph.article(), "alternativeHeadline"))


def byline(root: HtmlElement, graph: Graph) -> tuple[str, ...]:
    """Who wrote it, by JSON-LD, the page's meta elements or its marks; empty where none says."""
    said = graph.resolve(graph.article().get("author"))
    names = [
        one_line(graph.text({"author": one}, "author"))
        for one in (said if isinstance(said, list) else [said])
    ]
    names = (
        names
        if any(names)
        else re.split(r"\s*;\s*", meta(root, "author", "article:author", "parsely-author"))
    )
    return as_names(names) or as_names(_marked_authors(root))


def _marked_authors(root: HtmlElement) -> list[str]:
    """The first name marked as an author's, and those that stand beside it. Others belong to other
    articles."""
    found: list[HtmlElement] = []
    for element in root.iter("a", "span", "p", "div", "address"):
        marked = "author" in (*attribute(element, "rel").split(), *attribute(element, "itemprop").split())
        if marked and text_of(element) and (not found or element.getparent() is found[0].getparent()):
            found.append(element)
    return [text_of(element) for element in found]


def as_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once; addresses and overlong texts are none."""
    kept = (name for name in names if name and "://" not in name and len(name) <= _LONGEST_NAME)
    return tuple(dict.fromkeys(kept))


def published(root: HtmlElement, graph: Graph) -> datetime | None:
    """When the article appeared, by JSON-LD, meta elements or a time element marked as such."""
    names = (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dcterms.created",
        "parsely-pub-date",
    )
    marked = (
        attribute(element, "datetime") or attribute(element, "content")
        for element in root.iter("time", "meta", "span")
        if attribute(element, "itemprop").lower() == "datepublished" or "published" in tokens(element)
    )
    return parse_moment(
        graph.text(graph.article(), "datePublished"), *(meta(root, name) for name in names), *marked
    )


def language(root: HtmlElement) -> str:
    """The language as a BCP 47 tag, or ""."""
    said = attribute(root, "lang") or attribute(root, "xml:lang") or meta(root, "og:locale", "language")
    said = said.replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else ""


def section(root: HtmlElement, graph: Graph) -> str:
    """The section of the publication, or ""."""
    said = meta(root, "article:section", "articlesection") or graph.text(graph.article(), "articleSection")
    # Some systems give all categories in one string; a comma in a name has a space after it.
    return re.split(r",(?=\S)", one_line(said))[0]
