"""A letter's plain text as simple HTML, and the one line that may stand in a header."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from rejoinder.core.text.normal import normalise, strip_forbidden
from rejoinder.core.text.render import render

# An address that stands alone in its line is one of ours; any other is what somebody wrote, and stays text.
_OWN_LINK: Final = re.compile(r"https?://\S+")
_QUOTED: Final = re.compile(r"((?:> ?)*)(.*)")
# All that Markdown gives a meaning to (CommonMark 2.4), and what bare addresses are known by.
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_BARE: Final = re.compile(r"(?i)\b(www)(?=\\\.)")
_BREAKS: Final = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")


def one_line(text: str, longest: int) -> str:
    """What may stand in a header: no line end of any kind, no control, at most `longest` characters."""
    return strip_forbidden(_BREAKS.sub(" ", text)).strip()[:longest]


def clean_text(text: str) -> str:
    """The text of a letter without what nobody can see or send. Line ends are LF."""
    return strip_forbidden(normalise(text).replace("\u2028", "\n").replace("\u2029", "\n"))


def as_html(text: str, *, language: str, right_to_left: bool) -> str:
    """The same letter as an HTML page, through the one renderer. Markup in the text is shown, not followed."""
    body = render("\n".join(map(_literal, clean_text(text).split("\n"))))
    direction = "rtl" if right_to_left else "ltr"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        '<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _literal(line: str) -> str:
    if _OWN_LINK.fullmatch(line):
        return line
    found = _QUOTED.fullmatch(line)
    quoted, words = found.groups() if found else ("", line)
    # A word joiner keeps "www." from being an address.
    return quoted + _BARE.sub("\\1\u2060", _PUNCTUATION.sub(r"\\\1", words.strip()))
