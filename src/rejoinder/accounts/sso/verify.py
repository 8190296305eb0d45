"""Whether a token is the site's own (RFC 7515, RFC 7519, and what RFC 8725 advises).

PyJWT reckons the signature; what is asked of the token around it is asked here, since a library takes more than we do:
it takes tokens that name no end, keys of five bytes, and names that stand twice.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from typing import Any

import jwt

from rejoinder.accounts.models import Site
from rejoinder.accounts.sso import keys
from rejoinder.accounts.sso.claims import Claims, check_claims, parse
from rejoinder.accounts.sso.refusals import refused

MOST = 8 * 1024  # characters
SHORTEST_SECRET = 32  # bytes (RFC 7518, section 3.2)
BY_SECRET = ("HS256",)
BY_KEY_SET = ("RS256", "ES256", "EdDSA")
_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
# What would let a token bring its own key, or ask for what we do not do.
_FORBIDDEN = ("crit", "jku", "jwk", "x5u", "x5c", "enc", "zip", "b64")
_LONGEST_KEY_ID = 200


def verify(*, site: Site, token: str) -> Claims:
    """What a token says, if the site made it for us and its time is now. Raises TokenRefused, Unavailable.

    That it is taken once is seen to when somebody is signed in by it (`sso.sign_in`).
    """
    if not (site.sso_issuer and site.sso_audience):
        raise refused(
            "This site has no sign-in by token; its issuer and audience are not set.", code="sso-off"
        )
    if len(token) > MOST or not _FORM.fullmatch(token):
        raise refused(f"This is no signed token: three parts in base64url, {MOST} characters at most.")
    header = parse(_part(token, 0))
    algorithm = _check_header(site, header)
    key = _key(site, algorithm, header.get("kid"))
    try:
        payload = jwt.PyJWS().decode_complete(token, key, algorithms=[algorithm])["payload"]
    except jwt.PyJWTError:
        raise refused(
            f"The token's signature ({algorithm}) does not hold with the key of this site."
        ) from None
    return check_claims(site, parse(payload))


def _part(token: str, number: int) -> bytes:
    part = token.split(".")[number]
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise refused("A part of the token is not base64url.") from None


def algorithms_of(site: Site) -> tuple[str, ...]:
    """What the site signs with: those it names of those that there are keys for."""
    possible = (*(BY_SECRET if site.sso_secret else ()), *(BY_KEY_SET if site.sso_jwks_url else ()))
    named = site.sso_algorithms.split()
    return tuple(one for one in possible if one in named) if named else possible


def _check_header(site: Site, header: dict[str, Any]) -> str:
    """The algorithm. Compared as it is written: `hs256` and `None` are names of nothing."""
    for name in _FORBIDDEN:
        if name in header:
            raise refused(f"The token's header has “{name}”, which is not taken.")
    if header.get("typ", "JWT") not in ("JWT", "jwt"):
        raise refused("The token's “typ” is not “JWT”.")
    algorithm, known = header.get("alg"), algorithms_of(site)
    if not isinstance(algorithm, str) or algorithm not in known:
        raise refused(
            f"The token's “alg” is none that this site signs with ({', '.join(known) or 'none is set'})."
        )
    kid = header.get("kid", "")
    if not isinstance(kid, str) or len(kid) > _LONGEST_KEY_ID:
        raise refused(f"The token's “kid” must be a text of at most {_LONGEST_KEY_ID} characters.")
    return algorithm


def _key(site: Site, algorithm: str, kid: str | None) -> Any:
    if algorithm not in BY_SECRET:
        return keys.find(site.sso_jwks_url, algorithm, kid)
    secret = site.sso_secret.encode()
    if len(secret) < SHORTEST_SECRET:
        raise refused(
            f"The secret of this site is shorter than {SHORTEST_SECRET} bytes, so no token is taken."
        )
    return secret
