"""A parsed page: parsing without network or entities, and walking it without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from rejoinder.transfer.importers.found import PageUnreadable
from rejoinder.transfer.importers.markdown import clean, one_line
from rejoinder.transfer.importers.tags import check_tags

Skip = Callable[[HtmlElement], bool]
Step = tuple[Literal["open", "text", "close"], HtmlElement, str]

# What holds no text of the page.
SILENT = frozenset(
    {
        *(
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "title",
            "meta",
            "link",
            "svg",
            "math",
            "canvas",
        ),
        *("form", "button", "select", "textarea", "input", "option", "datalist", "object", "map", "dialog"),
    }
)
_LINKS = ("http", "https", "mailto")


def parse(text: str) -> HtmlElement:
    """Parse a page. The HTML parser reads no document type, so no entity or external file is looked up.

    Raises PageUnreadable where elements are nested more than 2,048 levels deep. That is libxml2's limit (256
    without `huge_tree`, which a hundred levels of replies exceed); it would drop the rest in silence.
    """
    text = clean(text)
    check_tags(text)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError as error:
        raise PageUnreadable("The file holds no HTML elements. Choose the saved page.") from error
    for problem in parser.error_log:
        if problem.level_name == "FATAL":
            raise PageUnreadable(
                f"Elements are nested too deeply on line {problem.line}; what follows could not be read. "
                "Save the page again from a browser, or paste its text into a plain text file.",
                code="page-too-deep",
            )
    return root


def walk(root: HtmlElement, skip: Skip) -> Iterator[Step]:
    """Open, text and close steps over an element's content in reading order; skipped elements keep their
    tails."""
    yield "text", root, root.text or ""
    stack = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", element, ""
                yield "text", element, element.tail or ""
        elif skip(child):
            yield "text", child, child.tail or ""
        else:
            yield "open", child, ""
            yield "text", child, child.text or ""
            stack.append((child, iter(child)))


def text_of(element: HtmlElement, skip: Skip | None = None) -> str:
    """An element's text on one line, without what is silent or skipped."""

    def leave(child: HtmlElement) -> bool:
        return tag(child) in SILENT or (skip is not None and skip(child))

    return one_line("".join(part for step, _, part in walk(element, leave) if step == "text"))


def tag(element: HtmlElement) -> str:
    """The element's name in small letters; "" for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def tokens(element: HtmlElement) -> list[str]:
    """The class names, in small letters."""
    return (element.get("class") or "").lower().split()


def attribute(element: HtmlElement, name: str) -> str:
    """An attribute's value without edges; "" where there is none."""
    return (element.get(name) or "").strip()


def absolute(url: str, base: str) -> str:
    """A web or mail address as a whole, joined to the page's own where that is known; else "". Nothing is
    fetched."""
    try:
        joined = urljoin(base, re.sub(r"[\x00-\x20]+", "", url)) if url else ""
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in _LINKS and (parts.netloc or parts.path) else ""


def contains(ancestor: HtmlElement, element: HtmlElement) -> bool:
    """Whether one element stands inside another (or is it)."""
    return element is ancestor or any(above is ancestor for above in element.iterancestors())
