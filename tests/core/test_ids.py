"""Public ids: one number, one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core import ids


@given(number=st.integers(1, 2**63 - 1))
def test_number_comes_back(number: int) -> None:
    assert ids.decode(ids.encode(number)) == number


@given(text=st.text(max_size=16) | st.text("0123456789abcdefghijklmnopqrstuvwxyzABC", max_size=14))
def test_text_is_an_id_in_one_spelling_or_none(text: str) -> None:
    number = ids.decode(text)
    assert number == 0 or ids.encode(number) == text


@pytest.mark.parametrize(
    "text", ["", "0", "01", "A1", "i", "l", "o", "u", "8000000000000", "٣", "-1", "1 ", "1\n"]
)
def test_other_spellings_are_no_ids(text: str) -> None:
    assert ids.decode(text) == 0


def test_secrets_hold_128_bits_and_differ() -> None:
    made = {ids.secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(text) >= 22 for text in made)
