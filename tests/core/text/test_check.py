from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import MAX_BODY, check_body, check_short
from rejoinder.core.text.normal import find_forbidden, is_blank
from rejoinder.core.text.render import plain


def refusal(raw: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        check_body(raw)
    assert caught.value.field == "body"
    return caught.value


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(), st.characters(categories=["Cs", "Cc", "Cf", "Mn"]))))
def test_a_body_is_either_fit_to_store_or_refused_with_a_fit_text_kept(raw: str) -> None:
    try:
        body = check_body(raw)
    except InvalidInput as refused:
        assert str(refused)
        assert find_forbidden(refused.kept) == []
    else:
        assert check_body(body) == body
        assert not is_blank(plain(body))


def test_a_body_is_stored_normalised_without_blank_lines_around_it() -> None:
    assert check_body("\r\n  one \r\ntwo\n\n") == "  one\ntwo"


def test_a_body_may_be_just_as_long_as_the_limit() -> None:
    assert len(check_body("x" * MAX_BODY + "\n")) == MAX_BODY


def test_a_longer_body_is_refused_with_its_length_and_the_limit_and_kept_whole() -> None:
    refused = refusal("x" * 10_312)
    assert str(refused) == (
        "Your comment is 10,312 characters long; the limit is 10,000. Shorten it and post again."
    )
    assert refused.code == "too-long"
    assert refused.kept == "x" * 10_312


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("de"):
        assert "10.312" in str(refusal("x" * 10_312))


@pytest.mark.parametrize("raw", ["", " \n\t", "\u200b\u2800\u3164", "---", "&nbsp;", "&#8203;", "> \n> "])
def test_a_body_that_shows_nothing_is_empty(raw: str) -> None:
    assert refusal(raw).code == "empty"


@pytest.mark.parametrize(
    ("raw", "words", "kept"),
    [
        ("one\ntwo\x00", "Line 2 holds an invisible control character (U+0000).", "one\ntwo"),
        ("a\u202eb", "Line 1 holds an invisible mark that turns the direction", "ab"),
        ("a\u2028b", "We have put a line end in its place", "a\nb"),
        ("a\ud83d", "half a character (U+D83D)", "a"),
        ("q" + "\u0301" * 9, "more accents on one letter", "q" + "\u0301" * 4),
    ],
)
def test_forbidden_characters_are_named_with_their_line_and_taken_out(
    raw: str, words: str, kept: str
) -> None:
    refused = refusal(raw)
    assert refused.code == "forbidden-character"
    assert words in str(refused)
    assert refused.kept == kept


def test_a_link_with_a_foreign_scheme_is_refused_by_name() -> None:
    refused = refusal("see [this](JavaScript:alert(1))")
    assert refused.code == "forbidden-link"
    assert "starts with “javascript:”" in str(refused)
    assert refused.kept == "see [this](JavaScript:alert(1))"


def test_a_title_stands_on_one_line() -> None:
    assert check_short(" one\r\ntwo  three ", 20, "title") == "one two three"


def test_a_reason_may_have_lines() -> None:
    assert check_short(" one\r\ntwo ", 20, "reason", multiline=True) == "one\ntwo"


def test_a_short_text_may_be_optional_and_else_may_not_be_empty() -> None:
    assert check_short(" \u200b", 20, "note", required=False) == ""
    with pytest.raises(InvalidInput) as caught:
        check_short(" \u200b", 20, "note")
    assert (caught.value.code, caught.value.field) == ("empty", "note")


def test_a_short_text_has_its_own_limit_and_the_same_characters_forbidden() -> None:
    with pytest.raises(InvalidInput, match="This text is 21 characters long; the limit is 20") as caught:
        check_short("x" * 21, 20, "title")
    assert caught.value.field == "title"
    with pytest.raises(InvalidInput, match=r"U\+202E"):
        check_short("a\u202eb", 20, "title")
