from __future__ import annotations

import pytest

from rejoinder.core.text.numbers import whole


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1_000", "1.0", "٣", "²", "1" * 19, "9" * 5000])
def test_text_that_is_no_plain_number_is_none(text: str) -> None:
    assert whole(text) is None


def test_number_has_so_many_digits_at_most() -> None:
    assert (whole("0"), whole("007"), whole("9" * 18)) == (0, 7, 10**18 - 1)
    assert (whole("999", 3), whole("1000", 3)) == (999, None)
