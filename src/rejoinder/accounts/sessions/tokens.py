"""Access tokens: who speaks, for ten minutes, in the memory of one page.

Signed, not secret to its holder: the number of the session and when it began, the site and the origin. It opens
nothing by itself, since each use looks at the session's row.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

# Long enough for a page to renew it in good time, short enough that one found later is worth nothing.
LIFETIME = 10 * 60  # seconds
_SALT = "rejoinder.accounts.sessions"
_LONGEST = 1000  # characters; an origin has at most 300


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token says."""

    session: int
    site: int
    origin: str
    # When the session began, in microseconds: after a backup was put back another one may get the same number.
    began: int


def write(access: Access) -> str:
    return signing.dumps([access.session, access.site, access.origin, access.began], salt=_SALT)


def read(token: str) -> Access | None:
    """What a token says, or None when it is not ours or its time is over."""
    if not (0 < len(token) <= _LONGEST and token.isascii()):
        return None
    try:
        session, site, origin, began = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError):
        return None
    return Access(session, site, origin, began)
