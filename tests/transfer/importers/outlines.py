"""Invented comment trees, and their text form in many layouts."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from rejoinder.transfer.importers.markdown import one_line
from rejoinder.transfer.importers.outline import DRAWN_BULLETS, LONGEST_TIGHT_NAME, TYPED_BULLETS

BULLETS = DRAWN_BULLETS + TYPED_BULLETS


@dataclass(frozen=True)
class Said:
    """A comment: a name, paragraphs of lines, replies."""

    name: str
    paragraphs: tuple[tuple[str, ...], ...]
    replies: tuple[Said, ...] = ()

    @property
    def body(self) -> str:
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)


@dataclass(frozen=True)
class Layout:
    """How a tree is laid out: columns before the roots, from a name to its text, from a name to a reply's."""

    bullet: str
    margin: int
    text: int
    reply: int
    loose: bool
    tabs: bool


def written(tree: tuple[Said, ...], layout: Layout) -> list[str]:
    """The lines of a tree."""
    lines: list[str] = []
    waiting = [(said, 0) for said in reversed(tree)]
    while waiting:
        said, level = waiting.pop()
        at = layout.margin + level * layout.reply
        lines.append(f"{_lead(at, layout)}{layout.bullet} {said.name}")
        lines += [""] if layout.loose else []
        for number, paragraph in enumerate(said.paragraphs):
            lines += [""] if number else []
            lines += [_lead(at + layout.text, layout) + line for line in paragraph]
        lines += [""] if layout.loose else []
        waiting += [(reply, level + 1) for reply in reversed(said.replies)]
    return lines


def _lead(columns: int, layout: Layout) -> str:
    return ("\t" if layout.tabs else " ") * columns


# Letters, digits, punctuation and symbols of all scripts. Marks and controls are another module's matter.
_CHARACTERS = st.characters(categories=("L", "N", "P", "S"), exclude_characters=DRAWN_BULLETS)
_WORDS = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=12),
    st.sampled_from(
        ["……", "https://example.org/a_b?c=1&d=2", "*", "_so_", "1.", "- no", "<b>", "&amp;", "```"]
    ),
)
# The renderer takes its own guard out of addresses, and so this, which nobody types, out of prose.
_GUARD = "%EF%B7%90"
names = (
    st.lists(_WORDS, min_size=1, max_size=3)
    .map(" ".join)
    .map(one_line)
    .filter(lambda name: 0 < len(name) <= LONGEST_TIGHT_NAME and _GUARD not in name)
)
_OPENINGS = st.sampled_from(["", "", "- ", "* ", "– ", "1. ", "2) ", "> ", "# ", "-", "=== "])
lines = st.tuples(_OPENINGS, names).map("".join)
first_lines = names.filter(lambda line: line[0] not in TYPED_BULLETS)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    """One to three paragraphs of one to three lines; the first line is no list item."""
    first = (draw(first_lines), *draw(st.lists(lines, max_size=2)))
    more = draw(st.lists(st.lists(lines, min_size=1, max_size=3).map(tuple), max_size=2))
    return (first, *more)


_leaves = st.builds(Said, names, bodies())
trees = st.lists(
    st.recursive(
        _leaves,
        lambda replies: st.builds(Said, names, bodies(), st.lists(replies, max_size=3).map(tuple)),
        max_leaves=8,
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Any bullet, any margin, replies from half as far in as the text to well beyond it."""
    tabs = draw(st.booleans())
    text = draw(st.integers(1, 2 if tabs else 6))
    return Layout(
        bullet=draw(st.sampled_from(BULLETS)),
        margin=draw(st.integers(0, 1 if tabs else 4)),
        text=text,
        reply=draw(st.integers((text + 1) // 2, text + 3)),
        loose=draw(st.booleans()),
        tabs=tabs,
    )


paragraphs = st.lists(first_lines.filter(lambda line: line[0] not in BULLETS), min_size=1, max_size=3)
articles = st.lists(
    st.one_of(paragraphs, st.lists(names.map("- {}".format), min_size=1, max_size=4)), max_size=4
)
