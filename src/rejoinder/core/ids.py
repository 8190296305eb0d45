"""Public ids: opaque strings for row numbers.

Crockford's base 32 in lower case, so that an id can be read aloud and never spells I, L, O or U.
One number has one spelling: anything else is refused, so a cache holds one entry a page.
"""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {char: value for value, char in enumerate(_ALPHABET)}
_LONGEST = 13  # 2**63 - 1 has 13 digits


def encode(number: int) -> str:
    """The public id of a positive row number."""
    digits = []
    while number:
        number, rest = divmod(number, 32)
        digits.append(_ALPHABET[rest])
    return "".join(reversed(digits))


def decode(text: str) -> int:
    """The row number of a public id, or 0, which no row has, when the text is not one."""
    if not text or len(text) > _LONGEST or text[0] == "0":
        return 0
    number = 0
    for char in text:
        value = _VALUE.get(char)
        if value is None:
            return 0
        number = number * 32 + value
    return number if number < 2**63 else 0


def digest(secret: str) -> str:
    """What is stored of a secret: enough to know it again, of no use to who reads it. 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret() -> str:
    """A new secret of 128 bits, safe in URLs and cookies."""
    return secrets.token_urlsafe(16)
