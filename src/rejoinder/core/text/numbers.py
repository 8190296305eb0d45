"""Numbers that come as text: out of an address, a form, a setting."""

from __future__ import annotations


def whole(text: str, digits: int = 18) -> int | None:
    """The number that stands there in ASCII digits and nothing else; None for any other text, and for more digits.

    What has as many as 18 of them fits into a column.
    """
    return int(text) if len(text) <= digits and text.isascii() and text.isdecimal() else None
