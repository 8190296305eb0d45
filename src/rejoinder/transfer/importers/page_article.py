"""The article's text out of a saved page, as blocks. Finding it among menus and boxes is trafilatura's
work."""

from __future__ import annotations

import logging
import re
from configparser import ConfigParser
from copy import deepcopy
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import DEFAULT_CONFIG

from rejoinder.transfer.importers.dom import absolute, attribute, tag, text_of, tokens, walk
from rejoinder.transfer.importers.found import Block, BlockKind
from rejoinder.transfer.importers.markdown import one_line
from rejoinder.transfer.importers.markdown_html import from_html

_log = logging.getLogger(__name__)
# It tells of each page that has no article; we say that ourselves, in a sentence.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
# trafilatura answers in the vocabulary of TEI; this is the HTML it came from.
_HTML_NAMES = {
    "head": "h2",
    "quote": "blockquote",
    "item": "li",
    "ref": "a",
    "lb": "br",
    "graphic": "img",
    "row": "tr",
    "cell": "td",
}
_RENDS = {"#b": "strong", "#i": "em", "#t": "code", "#u": "u", "#sub": "sub", "#sup": "sup"}
# Elements that only hold others, and elements that stand in a line of text.
_FRAMES = frozenset({"body", "div", "section", "article", "main", "figure"})
_INLINE = frozenset({"a", "b", "strong", "i", "em", "u", "span", "code", "del", "sub", "sup", "br"})
_KINDS: dict[str, BlockKind] = {"h2": "heading", "blockquote": "quote", "ul": "list", "ol": "list"}
_CREDITS = re.compile(
    r"(?:^|[-_])(?:credit|credits|copyright|photographer|source|bildnachweis|fotograf)(?:$|[-_])"
)


class Article:
    """What trafilatura found: `body` in HTML's element names, and its guesses at name, date and section."""

    def __init__(self, found: Any) -> None:
        self.body: HtmlElement | None = _as_html(found.body) if found is not None else None
        self.author: str = (found.author or "") if found is not None else ""
        self.date: str = (found.date or "") if found is not None else ""
        self.section: str = next(iter(found.categories or ()), "") if found is not None else ""


def extract(root: HtmlElement) -> Article:
    """Find the article in a tree from which the comments were cut. The tree is not changed; nothing is
    fetched."""
    try:
        found = trafilatura.bare_extraction(
            root,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            include_tables=True,
            with_metadata=True,
            config=_config(),
            # Without this it takes any date in the text for the article's.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (RecursionError, ValueError, etree.LxmlError) as error:
        _log.warning("no article found: %s", type(error).__name__)
        found = None
    return Article(found)


def _config() -> ConfigParser:
    """Its settings, but a short article is an article: under 250 characters it would take all text it sees."""
    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    return config


def blocks(article: Article, root: HtmlElement, base: str) -> list[Block]:
    """The article's blocks in order. `root` is the page, for the images' captions and credits."""
    if article.body is None:
        return []
    found: list[Block] = []
    captions = _captions(root)
    for element in _pieces(article.body):
        found += _blocks_of(element, captions, base)
    return found


def _pieces(body: HtmlElement) -> list[HtmlElement]:
    """What the frames in the body hold, in order; text and inline elements loose in one become paragraphs."""
    pieces: list[HtmlElement] = []
    loose: HtmlElement | None = None
    for step, element, text in walk(body, lambda child: tag(child) not in _FRAMES):
        if step != "text":
            loose = None
            continue
        inline = tag(element) in _INLINE
        if not inline and tag(element) not in _FRAMES:
            pieces.append(element)
            loose = None
        if inline or text.strip():
            if loose is None:
                loose = body.makeelement("p")
                pieces.append(loose)
            _append(loose, element if inline else None, text)
    return pieces


def _append(paragraph: HtmlElement, element: HtmlElement | None, text: str) -> None:
    if element is not None:
        paragraph.append(deepcopy(element))
        paragraph[-1].tail = text
    elif len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text


def _blocks_of(element: HtmlElement, captions: dict[str, tuple[str, str]], base: str) -> list[Block]:
    images = [element] if tag(element) == "img" else list(element.iter("img"))
    text = (
        "" if tag(element) == "img" else from_html(element, base=base, skip=lambda child: tag(child) == "img")
    )
    if tag(element) in ("ul", "ol", "blockquote"):
        text = from_html(_wrapped(element), base=base, skip=lambda child: tag(child) == "img")
    found = [Block(_KINDS.get(tag(element), "paragraph"), text)] if text else []
    if found and found[0].kind == "quote":
        found = [Block("quote", re.sub(r"^> ?", "", text, flags=re.MULTILINE))]
    return found + [image for one in images if (image := _image(one, captions, base))]


def _image(element: HtmlElement, captions: dict[str, tuple[str, str]], base: str) -> Block | None:
    source = attribute(element, "src")
    url = absolute(source, base) or source
    if not url or url.startswith("data:"):
        return None
    caption, credit = captions.get(source, ("", ""))
    return Block("image", caption or one_line(attribute(element, "alt")), url=url, credit=credit)


def _captions(root: HtmlElement) -> dict[str, tuple[str, str]]:
    """Caption and credit by the image's address, from figures."""
    found: dict[str, tuple[str, str]] = {}
    for figure in root.iter("figure"):
        credits = [e for e in figure.iter() if any(_CREDITS.search(name) for name in tokens(e))]
        captions = [e for e in figure.iter("figcaption") if e not in credits]
        said = text_of(captions[0], credits.__contains__) if captions else ""
        for image in figure.iter("img"):
            found.setdefault(attribute(image, "src"), (said, text_of(credits[0]) if credits else ""))
    return found


def _wrapped(element: HtmlElement) -> HtmlElement:
    """The element as the only child of another: its own list or quote marks are wanted too."""
    parent = element.makeelement("div")
    parent.append(element)
    element.tail = None
    return parent


def _as_html(body: HtmlElement) -> HtmlElement:
    for element in body.iter():
        name = tag(element)
        rend = element.get("rend") or ""
        if name == "hi":
            element.tag = _RENDS.get(rend, "span")
        elif name == "list":
            element.tag = "ol" if rend == "ol" else "ul"
        elif name == "code" and "\n" in "".join(element.itertext()):
            element.tag = "pre"
        elif name in _HTML_NAMES:
            element.tag = _HTML_NAMES[name]
        if name == "ref" and element.get("target"):
            element.set("href", element.get("target"))
    return body
