"""A page as plain text: a title, paragraphs, and beneath them the comments as a bulleted tree.

The shape:

    Title on the first line

    Paragraphs, parted by blank lines.

      • A name

        What they say, indented. Blank lines part paragraphs; a line break is kept.

        • Another name

          A reply: its bullet stands deeper than the bullet of what it answers.

What tells a comment from a list in the article: a name has indented text beneath it, a list item has not
(`outline.find_start` has the whole rule). Lines among the comments that belong to none are reported.
"""

from __future__ import annotations

from rejoinder.transfer.importers.found import Block, Page, PageUnreadable
from rejoinder.transfer.importers.markdown import escape_inline, escape_line_start, from_plain, one_line
from rejoinder.transfer.importers.outline import DRAWN_BULLETS, Line, find_start, read_lines
from rejoinder.transfer.importers.outline_tree import read_comments


def read_text_page(text: str) -> Page:
    """Read a page from decoded text. Raises PageUnreadable where there is no title, or nothing beneath it."""
    lines = read_lines(text)
    first = next((at for at, line in enumerate(lines) if line.text), None)
    if first is None:
        raise PageUnreadable("The file holds nothing but blank lines. Choose the file with the page's text.")
    if _begins_a_comment(lines[first:]):
        raise PageUnreadable(
            f"The page begins with a comment or a list, on line {lines[first].number}: no title and no article stand "
            "above it. Put the title on the first line, a blank line after it, and the article beneath.",
            code="page-without-article",
        )
    start = find_start(lines, after=first)
    comments, unplaced = read_comments(lines[start:])
    blocks = tuple(_blocks(lines[first + 1 : start]))
    if not blocks and not comments:
        raise PageUnreadable(
            f"Only a title was found, on line {lines[first].number}: no paragraph and no comment. "
            "Put a blank line after the title and the article beneath it.",
            code="page-without-content",
        )
    title = one_line(lines[first].text)
    return Page(title=title, blocks=blocks, comments=comments, unplaced=unplaced, kind="text")


def _begins_a_comment(lines: list[Line]) -> bool:
    """Whether the first of them is a name rather than a title that someone began with a dash."""
    below = next((line for line in lines[1:] if line.text), None)
    deeper = below is not None and below.indent > lines[0].indent
    return bool(lines[0].bullet) and (deeper or lines[0].bullet in DRAWN_BULLETS)


def _blocks(lines: list[Line]) -> list[Block]:
    """Paragraphs and lists, parted by blank lines."""
    blocks: list[Block] = []
    group: list[Line] = []
    for line in [*lines, Line(0, 0, "")]:
        if line.text:
            group.append(line)
        elif group:
            blocks += _group(group)
            group = []
    return blocks


def _group(group: list[Line]) -> list[Block]:
    """The blocks of lines that stand together: text before the first bullet, then a list."""
    at = next((i for i, line in enumerate(group) if line.bullet), len(group))
    found = [Block("paragraph", from_plain("\n".join(line.text for line in group[:at])))] if at else []
    items: list[str] = []
    for line in group[at:]:
        if line.bullet:
            items.append("- " + escape_line_start(escape_inline(line.name)))
        else:
            items[-1] += " " + escape_inline(line.text)
    return [*found, Block("list", "\n".join(items))] if items else found
