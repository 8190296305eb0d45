"""Why a token is not taken: sentences for the developer who makes them; a reader is told that signing in failed."""

from __future__ import annotations

from datetime import UTC, datetime

from rejoinder.core.errors import Refused


class TokenRefused(Refused):
    """A token is not taken. Codes: token, token-clock, token-expired, token-used, sso-off."""

    code = "token"


def refused(sentence: str, *, code: str = "token") -> TokenRefused:
    """Not translated: whoever reads it writes the software that makes the token."""
    return TokenRefused(sentence, code=code)


def _at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def of_the_future(claim: str, said: int, now: int) -> TokenRefused:
    """What the token says has not happened yet: the clock of who made it is ahead."""
    return refused(
        f"The token's “{claim}” is {_at(said)}, which is {said - now} seconds from now ({_at(now)}). "
        "The clock of the machine that makes the tokens is ahead of this server's, or this one's is behind: "
        "let both follow a time server (NTP).",
        code="token-clock",
    )


def expired(said: int, now: int) -> TokenRefused:
    """Its time is over: it was kept too long, or the clock of who made it is behind."""
    return refused(
        f"The token expired at {_at(said)}, {now - said} seconds ago (it is {_at(now)} here). Make a new one for "
        "each page that is shown. If it was made just now, the clock of the machine that makes the tokens is "
        "behind this server's: let both follow a time server (NTP).",
        code="token-expired",
    )
