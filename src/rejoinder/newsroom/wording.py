"""The words of a story as plain text, in the order in which they are read: what passages point to.

Left out is what only repeats them (a pull-out) or is about something else (cards, credits, corrections).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from rejoinder.newsroom.models import StoryPage
from rejoinder.sourcing.passages import normal
from rejoinder.sourcing.passages.folding import SEAM

BLOCKS: Final = frozenset({"p", "h2", "h3", "h4", "li", "ul", "ol", "blockquote", "hr"})


@dataclass(frozen=True, slots=True)
class Part:
    """A block of text. `block`: the id of the body's block that it is of, "" for the standfirst.

    `begin`: where it stands in the story's text.
    """

    kind: str  # standfirst, text, quote, picture
    block: str
    text: str
    begin: int


class _Reader(HTMLParser):
    """The texts of the blocks of a rich text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in BLOCKS:
            self.blocks.append("")
        elif tag == "br":
            self.blocks[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        # Blanks between tags of a source are one blank to a reader.
        self.blocks[-1] += data.replace("\n", " ")


def blocks_of(html: str) -> list[str]:
    """The texts of the blocks of a rich text, as they stand in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


def _said(page: StoryPage) -> Iterator[tuple[str, str, str]]:
    yield "standfirst", "", page.standfirst
    for block in page.body:
        number = str(block.id or "")
        if block.block_type == "text":
            yield from (("text", number, text) for text in blocks_of(block.value.source))
        elif block.block_type == "quote":
            yield "quote", number, block.value["text"]
            yield "quote", number, block.value.get("attribution") or ""
        elif block.block_type == "picture":
            yield "picture", number, block.value.get("caption") or ""


def parts(page: StoryPage) -> list[Part]:
    """The blocks of a story's text, empty ones left out. A block's own paragraphs are parts of their own."""
    found: list[Part] = []
    begin = 0
    for kind, block, words in _said(page):
        for text in normal(words).split(SEAM):
            if text:
                found.append(Part(kind, block, text, begin))
                begin += len(text) + len(SEAM)
    return found


def plain_text(page: StoryPage) -> str:
    """The text of a story, its blocks apart by a blank line, in the normal form of documents."""
    return SEAM.join(part.text for part in parts(page))
