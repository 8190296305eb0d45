"""Bodies on which some Markdown parser or sanitiser once took out-of-proportion time; each grows with n."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

# Repeated as they are until n characters are full.
_UNITS: Final = [
    "[", "![", "[]", "[a](", "[a](b", "[a](<b", '[a](b "', "[a](b)", "[x][", "[^a]", "[[](", "](",
    "a](b)[", "![](a)", "*", "_", "*a ", "** a", "*a_ ", "a**b", "*_", "__a**b", "***a ", "~~",
    "~~a", "~", "*[a](b)", "`", "`a", "``` ", "```\n", "~~~\n", "\\", "\\[", "&", "&amp;",
    "&#768;", "&#x3c;", "&CounterClockwise", "<", "<!--", "<?", "<a ", "<![CDATA[", "<div>\n",
    "<b>x</b>", "<http://a.b>", "<a@b.c>", "</", ">", "> ", "> a\n", ">a\n\n", ">\n> \n", "- ",
    "- a\n", "1) ", "1. a\n", "a\n- ", "    a\n", "# a\n", "a\n=\n", "|a|b\n|-|-\n", "[a]: b\n",
    "\n", " ", "\t", "a  \n", "---\n", "www.", "www.a.", "http://", "http://a.b ", "http://a.b((",
    "http://a.b)", ":// ", "a@", "a@a.a", "a.a@", "@@", "mailto:a@b.c ", "xmpp:a@b ", "ftp://a.b ",
    "a:", ".", "😀", "\u200d", "e\u0301\u0316", "\u0301\u0316", "\u0e47", "\u0f71\u0f72",
    "\u1100\u1161", "ﷺ", "\u00a0", '"', "'",
]  # fmt: skip


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda n: unit * (n // len(unit))


def _backtick_runs(n: int) -> str:
    text, length = "", 1
    while len(text) + length < n:
        text += "a" + "`" * length
        length += 1
    return text


def _indented_list(n: int) -> str:
    text, depth = "", 0
    while len(text) + 2 * depth + 4 <= n:
        text += " " * (2 * depth) + "- a\n"
        depth += 1
    return text


def _around(before: str, middle: str, after: str) -> Callable[[int], str]:
    """`before` as often as `after`, with `middle` between: things that nest."""
    return lambda n: before * (n // len(before + after)) + middle + after * (n // len(before + after))


FAMILIES: Final[dict[str, Callable[[int], str]]] = {
    **{repr(unit): _repeated(unit) for unit in _UNITS},
    "backtick runs": _backtick_runs,
    "indented lists": _indented_list,
    "nested links": _around("[", "a", "](b)"),
    "nested pictures": _around("![", "a", "](b)"),
    "nested strong": _around("**a ", "a", " a**"),
    "nested emphasis": _around("*a ", "a", " a*"),
    "nested strikes": _around("~~a ", "a", " a~~"),
    "nested brackets in a link": lambda n: "[a](" + "(" * (n // 2 - 4) + ")" * (n // 2),
    "quotes, then blanks": _around(">", "a", "\n"),
    "quotes, then lines": _around(">>", "a", "a\n"),
    "lists, then blanks": _around("- ", "a", "\n\n"),
    "lists, then lines": _around("- ", "a", "\n\na"),
    "parentheses after a link": lambda n: "http://a.b/" + "(" * (n - 11),
    "closed parentheses after a link": lambda n: "http://a.b/" + ")" * (n - 11),
    "entities after a link": lambda n: "http://a.b/" + "&amp;" * (n // 5 - 3),
    "long local part": lambda n: "a" * (n - 4) + "@a.b",
    "dotted local part": lambda n: "a." * (n // 2 - 2) + "@a.b",
    "long domain": lambda n: "a@" + "a." * (n // 2 - 2) + "b",
    "one long word": lambda n: "a" * n,
    "blanks within a line": lambda n: "a" + " " * (n - 2) + "a",
}
