"""Marks of passages in the HTML of a story."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as trees

from rejoinder.newsroom.marking import Mark, Marker
from rejoinder.newsroom.wording import Part, blocks_of
from rejoinder.sourcing.passages import normal
from rejoinder.sourcing.passages.folding import SEAM


def parts_of(html: str) -> list[Part]:
    texts = [text for words in blocks_of(html) for text in normal(words).split(SEAM) if text]
    begins = [len(SEAM.join(texts[:at])) + (len(SEAM) if at else 0) for at in range(len(texts))]
    return [Part("text", "1", text, begin) for text, begin in zip(texts, begins, strict=True)]


def drawn(html: str, *chosen: str) -> str:
    parts = parts_of(html)
    text = SEAM.join(part.text for part in parts)
    marks = [
        Mark(f"m{number}", number, text.index(words), text.index(words) + len(words))
        for number, words in enumerate(chosen, 1)
    ]
    return "".join(chunk.html for chunk in Marker(marks, str).chunks(html, parts))


def marked(html: str, mark: str) -> list[str]:
    """The words in the spans of a mark."""
    tree = trees.fragment_fromstring(html, create_parent="div")
    for number in tree.xpath("//sup"):
        number.drop_tree()
    return [span.text_content() for span in tree.xpath(f"//span[@data-passage='{mark}']")]


def test_a_mark_stands_around_its_words_and_its_number_behind_them() -> None:
    assert drawn("<p>The army says 20 died.</p>", "20 died") == (
        '<p>The army says <span class="passage" id="p-m1" data-passage="m1">20 died</span>'
        '<sup class="ref"><a href="#n-m1" role="doc-noteref" tabindex="-1" aria-label="1">1</a></sup>.</p>'
    )


@pytest.mark.parametrize(
    ("html", "words", "spans"),
    [
        ("<p>Some <b>bold</b> words.</p>", "me bold wo", ["me bold wo"]),
        ("<p>Some <b>bold</b> words.</p>", "Some bo", ["Some ", "bo"]),
        ("<p>Some <b>bold</b> words.</p>", "ld words", ["ld", " words"]),
        ("<p>One</p>\n<p>two</p>", "ne\n\ntw", ["ne", "tw"]),
        ("<ul><li>One</li><li>two</li></ul>", "One\n\ntwo", ["One", "two"]),
        ("<p>A line<br>and one</p>", "line\nand", ["lineand"]),
        ("<p>5 &lt; 6 &amp; 7</p>", "< 6 &", ["< 6 &"]),
        ("<p>Two\n  lines,   blanks </p>", "lines, blanks", ["lines,   blanks"]),
        ("<p>cafe\u0301 so\u00adft word</p>", "café soft", ["cafe\u0301 so\u00adft"]),
        ("<p>قالت الوكالة إن <b>عشرين</b> جنديا قتلوا</p>", "إن عشرين", ["إن عشرين"]),
    ],
)
def test_words_of_a_mark_are_those_that_were_chosen(html: str, words: str, spans: list[str]) -> None:
    assert marked(drawn(html, words), "m1") == spans


def test_marks_that_overlap_cross_neither_each_other_nor_a_link() -> None:
    text = drawn('<p>One <a href="/x">two three</a> four five.</p>', "One two", "two three four", "three")
    assert text.count('<a href="/x">') == 1
    inside = text[text.index('<a href="/x">') : text.index("four")]
    assert "doc-noteref" not in inside.split("</a>")[0], "a link holds no other"
    assert "".join(marked(text, "m1")) == "One two"
    assert "".join(marked(text, "m2")) == "two three four"
    assert len(re.findall('id="p-m', text)) == 3


def test_words_that_do_not_agree_with_the_text_get_no_mark() -> None:
    html = "<p>Other words now.</p>"
    parts = [Part("text", "1", "The army says so.", 0)]
    (chunk,) = Marker([Mark("m", 1, 0, 8)], str).chunks(html, parts)
    assert (chunk.html, chunk.ended) == (html, ())


WORDS = st.text(alphabet="ab \n<&e\u0301\u00adé", min_size=1, max_size=9)


@given(
    st.lists(st.tuples(st.sampled_from(["", "b", "i", "a"]), WORDS), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), max_size=4),
)
def test_marking_keeps_the_words_and_nests_whatever_is_marked(
    pieces: list[tuple[str, str]], places: list[tuple[int, int]]
) -> None:
    shown = [(tag, words.replace("&", "&amp;").replace("<", "&lt;")) for tag, words in pieces]
    html = "<p>" + "".join(f"<{tag}>{words}</{tag}>" if tag else words for tag, words in shown) + "</p>"
    parts = parts_of(html)
    length = parts[-1].begin + len(parts[-1].text) if parts else 0
    marks = [
        Mark(f"m{n}", n, begin, min(length, begin + size))
        for n, (begin, size) in enumerate(places)
        if begin < length
    ]
    text = "".join(chunk.html for chunk in Marker(marks, str).chunks(html, parts))
    bare = re.sub(r"<span[^>]*>|</span>|<sup.*?</sup>", "", text)
    assert bare.replace("\n", " ") == html.replace("\n", " ")
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", text):
        if closing:
            assert opened.pop() == name
        else:
            opened.append(name)
    whole = SEAM.join(part.text for part in parts)
    for mark in marks:
        found = "".join(marked(text, mark.id))
        squeezed = re.sub(r"\s|\u00ad", "", unicodedata.normalize("NFC", found))
        assert squeezed == re.sub(r"\s", "", whole[mark.begin : mark.end])
