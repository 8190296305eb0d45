"""HTML to the Markdown subset of `core.text`: paragraphs, line breaks, emphasis, links, quotes, lists, code.

What the subset lacks is kept as text: a heading becomes a bold paragraph, a table a line for each row, an
image its alternative text with a link, a film a link. What the page shows as characters never becomes
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from rejoinder.core.text.numbers import whole
from rejoinder.transfer.importers.dom import SILENT, Skip, absolute, attribute, tag, walk
from rejoinder.transfer.importers.inline import Run, line
from rejoinder.transfer.importers.markdown import one_line

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    *("p", "div", "section", "article", "aside", "main", "header", "footer", "nav", "address", "blockquote"),
    *("ul", "ol", "li", "dl", "dt", "dd", "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "hr"),
    *("figure", "figcaption", "details", "summary", "center", "fieldset"),
}
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li"})
_MEDIA = frozenset({"iframe", "video", "audio", "embed", "source"})
# Deeper quotes and lists go on at this level: each costs characters on every line, and nobody reads them.
DEEPEST = 8
_BREAK = "\v"
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass
class _Box:
    """A quote, list or item being written; its finished blocks."""

    kind: str
    blocks: list[str] = field(default_factory=list)
    number: int = 1

    @property
    def is_list(self) -> bool:
        return self.kind in ("ul", "ol")

    def add(self, block: str) -> None:
        """A block of the page or a quote; in a list, an item."""
        if not self.is_list:
            self.blocks.append(block)
            return
        bullet = f"{self.number}. " if self.kind == "ol" else "- "
        self.blocks.append(bullet + _indented(block, len(bullet)).lstrip(" "))
        self.number += 1

    def add_list(self, block: str) -> None:
        """A whole list. Directly inside a list, as old pages have it, it is part of the item before."""
        if self.is_list and self.blocks:
            self.blocks[-1] += "\n" + _indented(block, 2 if self.kind == "ul" else 3)
        else:
            self.add(block)

    def close(self) -> str:
        text = ("\n" if self.is_list else "\n\n").join(self.blocks)
        if self.kind != "blockquote" or not text:
            return text
        return "\n".join(f"> {row}".rstrip() for row in text.split("\n"))


def _indented(block: str, columns: int) -> str:
    return re.sub(r"^(?=.)", " " * columns, block, flags=re.MULTILINE)


def from_html(root: HtmlElement, *, base: str = "", skip: Skip | None = None) -> str:
    """The content of an element, without skipped ones. `base` is the page's own address, for relative
    links."""
    writer = _Writer(base)
    for step, element, text in walk(
        root, lambda child: tag(child) in SILENT or (skip is not None and skip(child))
    ):
        if step == "text":
            writer.text(text)
        elif step == "open":
            writer.open(element)
        else:
            writer.close(element)
    return writer.finish()


class _Writer:
    def __init__(self, base: str) -> None:
        self._base = base
        self._boxes = [_Box("page")]
        self._open: list[tuple[HtmlElement, Run, bool]] = []
        self._runs: list[Run] = []
        self._look = Run("")
        self._pre: HtmlElement | None = None

    def text(self, text: str) -> None:
        if self._pre is not None:
            self._runs.append(Run(text))
        elif text:
            self._runs.append(self._with(_SPACE.sub(" ", text)))

    def open(self, element: HtmlElement) -> None:
        name = tag(element)
        boxed = False
        if name in _BLOCKS and self._pre is None:
            self._flush()
            boxed = name in _CONTAINERS and len(self._boxes) <= DEEPEST
            if boxed:
                self._boxes.append(_Box(name, number=_first_number(element)))
        self._open.append((element, self._look, boxed))
        self._look = self._look_of(element, name)
        self._own_text(element, name)

    def close(self, element: HtmlElement) -> None:
        opened, look, boxed = self._open.pop()
        name = tag(opened)
        if self._pre is opened:
            self._flush_pre()
        elif name in _BLOCKS and self._pre is None:
            self._flush()
        elif name in ("td", "th"):
            self.text(" ")
        self._look = look
        if boxed:
            self._close_box()

    def _close_box(self) -> None:
        box = self._boxes.pop()
        if block := box.close():
            (self._boxes[-1].add_list if box.is_list else self._boxes[-1].add)(block)

    def finish(self) -> str:
        self._flush()
        return self._boxes[0].close().strip("\n")

    def _with(self, text: str) -> Run:
        return Run(text, self._look.mark, self._look.href, self._look.code)

    def _look_of(self, element: HtmlElement, name: str) -> Run:
        look = self._look
        mark = look.mark or ("**" if name in _HEADINGS else _MARKS.get(name, ""))
        href = look.href or (absolute(attribute(element, "href"), self._base) if name == "a" else "")
        return Run("", mark, href, look.code or name in ("code", "kbd", "samp", "tt"))

    def _own_text(self, element: HtmlElement, name: str) -> None:
        if name == "pre" and self._pre is None:
            self._pre = element
        elif name == "br":
            self._runs.append(Run("\n" if self._pre is not None else _BREAK))
        elif name == "img":
            self._runs.append(_picture(element, self._look, self._base))
        elif name in _MEDIA and (url := absolute(attribute(element, "src"), self._base)):
            self._runs += [Run(" "), Run(url, href=url), Run(" ")]

    def _flush(self) -> None:
        rows = [line(row) for row in _rows(self._runs)]
        self._runs = []
        for paragraph in re.split(r"\n{2,}", "\n".join(rows).strip("\n")):
            if paragraph:
                self._boxes[-1].add(paragraph)

    def _flush_pre(self) -> None:
        code = "".join(run.text for run in self._runs).strip("\n")
        self._pre, self._runs = None, []
        if code.strip():
            longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
            fence = "`" * max(3, longest + 1)
            self._boxes[-1].add(f"{fence}\n{code}\n{fence}")


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = [[]]
    for run in runs:
        if run.text == _BREAK:
            rows.append([])
        else:
            rows[-1].append(run)
    return rows


def _picture(element: HtmlElement, look: Run, base: str) -> Run:
    """An image in a comment: a small one stands for its characters, another is a link under its
    description."""
    text = one_line(attribute(element, "alt"))
    url = absolute(attribute(element, "src") or attribute(element, "data-src"), base)
    classes = attribute(element, "class").lower()
    small = not url or any(word in classes for word in ("emoji", "smiley", "avatar", "icon", "rating"))
    if small or look.href:
        return Run(text, look.mark, look.href)
    return Run(text or url, look.mark, url)


def _first_number(element: HtmlElement) -> int:
    start = attribute(element, "start")
    number = whole(start, 8)
    return 1 if number is None else number
