"""A place in a thread has one spelling: else a cache could be filled with the same page under many names."""

from __future__ import annotations

import pytest

from rejoinder.core.http import BadRequest
from rejoinder.discussion.windows.cursor import parse


@pytest.mark.parametrize(
    "text",
    [
        "r.best.11.il",
        "r.best.11.00",
        "r.best.11.-",
        "r.best.011.0",
        "c.best.11.0",
        "r.best.11.1",
        "r.best.11.0.01.1.1",
    ],
)
def test_other_spelling_of_a_cursor_is_refused(text: str) -> None:
    assert str(parse("r.best.11.0", thread=33, order="best")) == "r.best.11.0"
    with pytest.raises(BadRequest):
        parse(text, thread=33, order="best")
