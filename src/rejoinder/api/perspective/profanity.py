"""What answers for PROFANITY: words of the shipped lists, whoever is meant by them."""

from __future__ import annotations

NONE = 0.02
ONE = 0.85  # above what any client holds at; each further word brings it nearer to 1


def profanity(text: str, language: str) -> float:
    """0..1: whether a text holds words that are in the list of its language, or of English."""
    from rejoinder.assist.learning.normal import pieces
    from rejoinder.assist.learning.prior import listed

    said = pieces(text)
    found = {word for code in {language, "en"} for word in listed(said, code)}
    return 1 - (1 - ONE) ** len(found) if found else NONE
