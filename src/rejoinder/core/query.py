"""What stands behind the question mark of an address, read strictly."""

from __future__ import annotations

from urllib.parse import parse_qsl


def pairs(text: str, *, most: int) -> list[tuple[str, str]]:
    """Names and values in their order, at most so many. Raises ValueError where it cannot be read as one thing."""
    return parse_qsl(
        text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=most
    )
