from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import MAX_NAME, check_name
from rejoinder.core.text.normal import find_forbidden


def refusal(raw: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        check_name(raw)
    assert caught.value.field == "name"
    return caught.value


@given(
    st.text(st.one_of(st.characters(), st.characters(categories=["Cs", "Cf", "Mn", "So", "Lo"])), max_size=70)
)
def test_a_name_is_either_fit_to_show_or_refused_with_a_fit_text_kept(raw: str) -> None:
    try:
        name = check_name(raw)
    except InvalidInput as refused:
        assert str(refused)
        assert find_forbidden(refused.kept) == []
    else:
        assert check_name(name) == name
        assert 1 <= len(name) <= MAX_NAME
        assert "\n" not in name


@pytest.mark.parametrize(
    "name",
    [
        "Ines Kallio",
        "J.R.R. Tolkien",
        "O'Brien",
        "O´Brien",
        "Dr.No",
        "St.John Mr.Smith",
        "Åsa Öberg-Ünal",
        "Nguyễn Thị Bưởi",
        "محمد علي",
        "نمای\u200cش",
        "श्री\u200dमती",
        "Дмитрий",
        "Ελένη",
        "山田太郎",
        "ที่รัก",
        "Ann 🙂",
        "Eva 👩\u200d👩\u200d👧",
        "Lu ❤\ufe0f",
        "Reader 12",
        "@ines",
        "x_X_x",
    ],
)
def test_names_of_all_customs_are_taken_as_they_are(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  Ines \t Kallio ", "Ines Kallio"),
        ("Ines\u200b Kal\u00adlio\ufeff", "Ines Kallio"),
        ("In\u200des", "Ines"),
        ("Ines\u3164", "Ines"),
        ("I\u034fnes\ufe0f", "Ines"),
        ("A\u030asa", "Åsa"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_of_a_name_without_a_word(raw: str, name: str) -> None:
    assert check_name(raw) == name


@pytest.mark.parametrize("sign", list("✓✔☑✅🛡⭐★☆🔰®™©ⓥⓋ🅥🏅👑🔵📛✪√◆\ue000"))
def test_a_name_wears_no_badge(sign: str) -> None:
    refused = refusal(f"Ines Kallio {sign}")
    assert refused.code == "name-sign"
    assert refused.kept == "Ines Kallio"


@pytest.mark.parametrize(
    "raw",
    [
        "ines@kallio.example",
        "example.com",
        "Buy at example.COM now",
        "www.example",
        "https://x",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "example。com",
        "t.me/ines",
        "exa\u200bmple.com",
    ],
)
def test_a_name_is_no_address_and_says_why(raw: str) -> None:
    refused = refusal(raw)
    assert refused.code == "name-address"
    assert "Names are shown to everyone" in str(refused)


@pytest.mark.parametrize("raw", ["", "  ", "\u3164\u2800", "🙂", "...", "-"])
def test_a_name_needs_a_letter_or_a_digit(raw: str) -> None:
    assert refusal(raw).code == "name-empty"


def test_a_name_stands_on_one_line() -> None:
    refused = refusal("Ines\nKallio")
    assert (refused.code, refused.kept) == ("name-lines", "Ines Kallio")


def test_a_name_has_at_most_sixty_characters() -> None:
    assert check_name("x" * MAX_NAME)
    assert "61 characters long; the limit is 60" in str(refusal("x" * (MAX_NAME + 1)))


def test_a_name_cannot_turn_the_line_around() -> None:
    refused = refusal("Ines\u202e oillaK")
    assert (refused.code, refused.kept) == ("forbidden-character", "Ines oillaK")
