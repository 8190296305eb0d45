"""Single sign-on: a site signs a token that says who its reader is (JWT), and they speak here without more ado."""

from __future__ import annotations

from rejoinder.accounts.sso.claims import Claims
from rejoinder.accounts.sso.identity import sign_in, was_used
from rejoinder.accounts.sso.refusals import TokenRefused
from rejoinder.accounts.sso.verify import verify

__all__ = ["Claims", "TokenRefused", "sign_in", "verify", "was_used"]
