"""Small saved pages of an invented paper, and pages put together in a test."""

from __future__ import annotations

from pathlib import Path

from rejoinder.transfer.importers.found import Page
from rejoinder.transfer.importers.page import read_page

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

ARTICLE = (
    "<article><h1>Ferry timetable halved</h1>"
    "<p>The harbour council voted on Monday to halve the ferry timetable from May.</p>"
    "<p>A spokesman for the line said that fares would not rise this year.</p></article>"
)
ARTICLE_TEXTS = (
    "The harbour council voted on Monday to halve the ferry timetable from May.",
    "A spokesman for the line said that fares would not rise this year.",
)


def saved(name: str) -> Page:
    """A page from the fixtures."""
    return read_page((FIXTURES / f"page_{name}.html").read_bytes(), name=f"{name}.html")


def html(body: str, *, head: str = "") -> Page:
    """A page of these elements."""
    text = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read_page(text.encode(), name="page.html")


def wordpress_comment(number: int, inner: str, *, name: str = "Ida Brekke", kind: str = "comment") -> str:
    """A comment as WordPress prints it, without replies."""
    return (
        f'<li class="{kind} depth-1" id="comment-{number}"><b class="fn">{name}</b>'
        f'<div class="comment-content">{inner}</div></li>'
    )


def thread(*comments: str) -> str:
    return f'<ol class="commentlist">{"".join(comments)}</ol>'
