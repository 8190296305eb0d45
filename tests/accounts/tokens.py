"""A newsroom that signs tokens for its readers: its keys, its site, and what its tokens say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from rejoinder.accounts.models import Site
from tests import factories

SECRET = "a secret of the Harbour Courier, 32 bytes and more"
ISSUER = "https://courier.example"
AUDIENCE = "rejoinder"
JWKS = "https://courier.example/keys.json"


def courier(**more: Any) -> Site:
    """A site that signs with its secret."""
    return factories.site(**{"sso_issuer": ISSUER, "sso_audience": AUDIENCE, "sso_secret": SECRET, **more})


def key_set_courier(**more: Any) -> Site:
    """A site that signs with keys that it shows."""
    return courier(**{"sso_secret": "", "sso_jwks_url": JWKS, **more})


def claims(**changes: Any) -> dict[str, Any]:
    """What a token says: all that must be there, changed as wanted; None leaves a claim out."""
    now = int(time.time())
    said: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": f"reader-{factories.a_number()}",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "jti": f"token-{factories.a_number()}",
        "name": "Ines Varga",
    }
    return {claim: value for claim, value in {**said, **changes}.items() if value is not None}


def signed(said: dict[str, Any] | None = None, secret: str = SECRET, **changes: Any) -> str:
    """A token signed with a secret (HS256)."""
    return jwt.encode(said or claims(**changes), secret, algorithm="HS256")


def part(value: Any) -> str:
    """One part of a token, of anything: text as it stands, all else as JSON."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header: Any, payload: Any, key: bytes = SECRET.encode(), digest: str = "sha256") -> str:
    """A token whose signature (an HMAC) holds, however strange the rest is."""
    body = f"{part(header)}.{part(payload)}"
    return f"{body}.{part(hmac.new(key, body.encode(), getattr(hashlib, digest)).digest())}"


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def ed_key() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def jwk(key: Any, kid: str = "", **more: Any) -> dict[str, Any]:
    """A public key as it stands in a key set."""
    kinds = {
        rsa.RSAPrivateKey: jwt.algorithms.RSAAlgorithm,
        ec.EllipticCurvePrivateKey: jwt.algorithms.ECAlgorithm,
        ed25519.Ed25519PrivateKey: jwt.algorithms.OKPAlgorithm,
    }
    kind = next(found for of, found in kinds.items() if isinstance(key, of))
    said: dict[str, Any] = kind.to_jwk(key.public_key(), as_dict=True)  # type: ignore[attr-defined]
    return {**said, **({"kid": kid} if kid else {}), **more}


@dataclass
class KeySet:
    """Stands in for the newsroom's server: what `core.outbound.fetch` finds there, and how often it was asked."""

    keys: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None

    def fetch(self, url: str, **given: Any) -> Any:
        from rejoinder.core.outbound import Answer

        self.asked.append(url)
        body = json.dumps({"keys": self.keys}).encode() if self.body is None else self.body
        return Answer(url=url, status=self.status, headers={}, body=body)
