"""Numbers under our signature, for addresses and forms: nobody but us can make one up, and each serves one purpose."""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, Signer

_LONGEST: Final = 200


def sign(purpose: str, number: int) -> str:
    """A token that carries a number. `purpose`: a name of its own for each use."""
    return Signer(salt=purpose).sign(str(number))


def number_of(purpose: str, token: str) -> int:
    """The number in a token that `sign` made for this purpose; 0, which no row has, for anything else."""
    try:
        return int(Signer(salt=purpose).unsign(token[:_LONGEST]))
    except BadSignature:
        return 0
