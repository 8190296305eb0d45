"""What a person's browser sends with a comment or a vote."""

from __future__ import annotations

import random
import secrets
from urllib.parse import urlencode

from bench.servers import HOST

_SOME = (
    "harbour budget council ferry tram report figures source minister vote street bridge reason winter market "
    "school doctor paper train price evening question answer neighbour river plan promise letter number"
)
WORDS = _SOME.split()
NAME = "Reader of the load"
REGULARS = 5_000  # guests who have written before


def token_of(number: int) -> str:
    """The edit token of a regular."""
    return f"regular-of-the-bench-{number:06d}"


def regular() -> str:
    """The cookie of one of them."""
    return f"rejoinder-guest={token_of(random.randrange(REGULARS))}"


def address() -> str:
    """An address of a block of its own; of nobody, where the first number is 10."""
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def headers_of_a_person(port: int, *, forwarded: str = "") -> dict[str, str]:
    return {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://{HOST}:{port}",
        "Sec-Fetch-Site": "same-origin",
        "Idempotency-Key": secrets.token_hex(16),
        "X-Forwarded-For": forwarded or address(),
    }


def text(words: int = 30) -> str:
    """About 200 characters that nobody wrote before."""
    return " ".join(random.choices(WORDS, k=words)).capitalize() + f", as I said ({secrets.token_hex(4)})."


def comment_form(key: str, body: str, *, parent: str = "", name: str = NAME) -> bytes:
    fields = {"key": key, "body": body, "name": name}
    return urlencode({**fields, "parent": parent} if parent else fields).encode()


def vote_form(comment: str, value: int) -> bytes:
    return urlencode({"comment": comment, "value": value}).encode()
