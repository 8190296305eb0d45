"""Marking words in rendered markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core.text.marks import Span, links_of, marked, words_of
from rejoinder.core.text.render import render, sanitise


def mark(body: str, word: str, why: str = "") -> str:
    html = render(body)
    at = words_of(html).index(word)
    return marked(html, [Span(at, at + len(word), why)])


@pytest.mark.parametrize(
    ("body", "word", "drawn"),
    [
        ("You gromble.", "gromble", "<p>You <mark>gromble</mark>.</p>"),
        (
            "You gr**omb**le.",
            "gromble",
            "<p>You <mark>gr</mark><strong><mark>omb</mark></strong><mark>le</mark>.</p>",
        ),
        ("<b>&amp; a<b", "a<b", "<p>&lt;b&gt;&amp; <mark>a&lt;b</mark></p>"),
        ("- one\n- two", "one", "<ul>\n<li><mark>one</mark></li>\n<li>two</li>\n</ul>"),
        ("a\nb", "a\n\nb", "<p><mark>a</mark><br><mark>\nb</mark></p>"),
    ],
)
def test_words_are_marked_where_they_stand_and_nothing_else_changes(body: str, word: str, drawn: str) -> None:
    assert mark(body, word) == drawn


def test_reason_cannot_leave_its_attribute() -> None:
    assert mark("word", "word", '"><script>') == '<p><mark title="&quot;&gt;&lt;script&gt;">word</mark></p>'


def test_link_says_where_it_leads_and_what_it_is_shown_as() -> None:
    html = render("See [the *shop*](https://shop.example/?a=1&b=2), then go.")
    (link,) = links_of(html)
    assert link.address == "https://shop.example/?a=1&b=2"
    assert words_of(html)[link.start : link.end] == "the shop"


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> str:
    reader = _Read()
    reader.feed(html)
    return reader.text


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=5))
def test_marks_change_neither_the_words_nor_the_other_tags(body: str, places: list[tuple[int, int]]) -> None:
    html = render(body)
    drawn = marked(html, [Span(start, end, "why") for start, end in places])
    assert read(drawn) == read(html)
    bare = drawn.replace('<mark title="why">', "").replace("</mark>", "")
    assert sanitise(bare) == html
