"""Who is speaking from a page of another origin: sessions, access tokens, the sign-in window.

`exchange` and `end` are for the one endpoint that reads the cookie; everything else asks `viewer_of_bearer`.
"""

from __future__ import annotations

from rejoinder.accounts.sessions.bearer import session_of_bearer, viewer_of_bearer
from rejoinder.accounts.sessions.cookie import drop as drop_cookie
from rejoinder.accounts.sessions.cookie import leave as leave_cookie
from rejoinder.accounts.sessions.exchange import Spoken, end, exchange, settle
from rejoinder.accounts.sessions.origins import access_origin, is_spoken_from
from rejoinder.accounts.sessions.rows import Opened, end_all_of, end_session, is_fresh, open_session
from rejoinder.core.errors import SignedOut

__all__ = [
    "Opened",
    "SignedOut",
    "Spoken",
    "access_origin",
    "drop_cookie",
    "end",
    "end_all_of",
    "end_session",
    "exchange",
    "is_fresh",
    "is_spoken_from",
    "leave_cookie",
    "open_session",
    "session_of_bearer",
    "settle",
    "viewer_of_bearer",
]
