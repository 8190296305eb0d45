from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core.text.normal import MAX_MARKS, clean, find_forbidden, is_blank, normalise
from tests.costs import costs_less

# Any code point, lone surrogates too, and often those that have a say here.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Me"]),
        st.sampled_from("a \n\r\té\u0301\u0316\u0345\u200d\u202e\ufdd0\u1100\u1161\u0f73"),
    )
)


@given(ANY_TEXT)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_a_cleaned_text_is_normal_and_holds_nothing_forbidden(text: str) -> None:
    cleaned = clean(text)
    assert normalise(cleaned) == cleaned
    assert find_forbidden(cleaned) == []


@given(st.lists(st.sampled_from("a\u0301\u0316\u0f71\u0f72\u0f73\u0323\u0344é"), min_size=40, max_size=90))
def test_long_runs_of_marks_compose_as_unicode_says(characters: list[str]) -> None:
    text = "".join(characters)
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_line_ends_become_lf_and_blanks_at_their_end_go() -> None:
    assert normalise("one \t\r\ntwo\rthree  four ") == "one\ntwo\nthree  four"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a\x00b", "control"),
        ("a\x1b[31m", "control"),
        ("a\x85b", "control"),
        ("a\ud800b", "surrogate"),
        ("a\ufdd0b", "noncharacter"),
        ("a\U0001ffffb", "noncharacter"),
        ("a\u202eb", "direction"),
        ("a\u2066b", "direction"),
        ("a\u2028b", "separator"),
        ("q\u0301\u0301\u0301\u0301\u0301", "marks"),
        ("q" + "\u0301\u200d" * 5, "marks"),
        ("ส" + "\u0e47" * 5, "marks"),
        ("a" + "\u20dd" * 5, "marks"),
    ],
)
def test_forbidden_characters_are_found_and_taken_out(text: str, kind: str) -> None:
    assert {problem.kind for problem in find_forbidden(text)} == {kind}
    assert find_forbidden(clean(text)) == []
    assert clean(text)[0] == text[0]


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand line\n",
        "\u200eעברית\u200f \u061c",
        "Tiếng Việt: Nguyễn",
        "שָׁלוֹם בְּרֵאשִׁ֖ית",
        "ที่นี่ น้ำ ป๊ำ",
        "हिन्दी क्ष्म्य र्‍य",
        "བསྒྲུབས་ ཧཱུྃ",
        "👩\u200d👩\u200d👧\u200d👦 1\ufe0f\u20e3 ❤\ufe0f",
        "q" + "\u0301" * MAX_MARKS,
    ],
)
def test_what_languages_and_emoji_need_is_left_alone(text: str) -> None:
    assert find_forbidden(text) == []


def test_a_problem_says_where_it_is() -> None:
    (problem,) = find_forbidden("one\r\ntwo\u202e")
    assert (problem.index, problem.character) == (7, "\u202e")


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u3000\u00a0\u2003", "\u200b\ufeff\u2060", "\u2800", "\u3164\u115f\uffa0"]
)
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "😀", "\u2800a", "ـ"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize("text", ["\u0301\u0316" * 5000, "\u0f71\u0f72" * 5000, "a" + " " * 9998 + "a"])
def test_the_worst_known_text_is_clean_within_a_blink(text: str) -> None:
    assert costs_less(0.15, lambda: clean(text))
