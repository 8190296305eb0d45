"""A site's key set (JWKS, RFC 7517): fetched from where the site said and nowhere else, kept in the shared cache.

A key that the set does not have makes us look again, once a minute at most, whatever is asked: else anybody could
make us call the site by inventing key ids.
"""

from __future__ import annotations

import hashlib
from typing import Any

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.core.cache import cache

from rejoinder.accounts.sso.claims import parse
from rejoinder.accounts.sso.refusals import TokenRefused, refused
from rejoinder.core import clock
from rejoinder.core.errors import Unavailable
from rejoinder.core.outbound import NoAnswer, fetch

log = structlog.get_logger("rejoinder.sso")

FRESH = 3600  # seconds; a key taken out of the set is refused after that
KEPT = 24 * 3600  # seconds for which the last set serves while the site does not answer
AGAIN = 60  # seconds between two looks
MOST = 64 * 1024  # bytes of a set
MOST_KEYS = 50
_KINDS = {"RS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
_SHORTEST_RSA, _LONGEST_RSA = 2048, 8192  # bits


def find(url: str, algorithm: str, kid: str | None) -> Any:
    """The public key that a token names, of the kind its algorithm needs. Raises TokenRefused, Unavailable."""
    key = _among(_present(url), algorithm, kid)
    if key is None and _may_look(url):
        key = _among(_look(url) or [], algorithm, kid)
    if key is None:
        raise refused(
            f"The site's key set has no {_KINDS[algorithm]} key for {algorithm} that the token's “kid” names "
            "(without a “kid”, it must be the only one)."
        )
    return key


def _name(url: str, what: str) -> str:
    return f"sso:{what}:{hashlib.sha256(url.encode()).hexdigest()[:48]}"


def _may_look(url: str) -> bool:
    return bool(cache.add(_name(url, "looked"), 1, AGAIN))


def _present(url: str) -> list[dict[str, Any]]:
    """The set as it was last seen; looked at anew when that is long ago. Raises Unavailable where there is none."""
    kept = cache.get(_name(url, "keys"))
    now = clock.now().timestamp()
    if kept is not None and 0 <= now - kept["at"] < FRESH:
        return list(kept["keys"])
    found = _look(url) if _may_look(url) else None
    if found is None and kept is None:
        raise Unavailable(
            "The keys that this site signs with cannot be read right now. Try again in a moment.",
            code="keys-away",
        )
    return found if found is not None else list(kept["keys"])


def _look(url: str) -> list[dict[str, Any]] | None:
    """The set as it is now, or None where it cannot be read; the operator finds why in the log."""
    try:
        answer = fetch(url, most=MOST, seconds=3.0, headers={"Accept": "application/json"})
        if not answer.ok:
            raise NoAnswer(f"status {answer.status}")
        said = parse(answer.body).get("keys")
    except (NoAnswer, TokenRefused) as error:
        log.error("key set not read", url=url[:200], error=str(error)[:300])
        return None
    found = [one for one in said if isinstance(one, dict)][:MOST_KEYS] if isinstance(said, list) else []
    cache.set(_name(url, "keys"), {"at": clock.now().timestamp(), "keys": found}, KEPT)
    return found


def _among(keys: list[dict[str, Any]], algorithm: str, kid: str | None) -> Any | None:
    fitting = [one for one in keys if _fits(one, algorithm) and (kid is None or one.get("kid") == kid)]
    if len(fitting) != 1:
        return None
    try:
        key = jwt.PyJWK(fitting[0], algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    return key if _is_strong(key, algorithm) else None


def _fits(key: dict[str, Any], algorithm: str) -> bool:
    """Whether a key says of itself that it is for this. A private key has no place in a set that is public."""
    operations = key.get("key_ops", ["verify"])
    return (
        key.get("kty") == _KINDS[algorithm]
        and key.get("alg", algorithm) == algorithm
        and key.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
        and "d" not in key
    )


def _is_strong(key: Any, algorithm: str) -> bool:
    """Whether it is what it says it is."""
    if algorithm == "RS256":
        return isinstance(key, RSAPublicKey) and _SHORTEST_RSA <= key.key_size <= _LONGEST_RSA
    if algorithm == "ES256":
        return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
    return isinstance(key, Ed25519PublicKey)
