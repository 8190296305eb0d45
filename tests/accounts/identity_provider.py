"""A provider of OpenID Connect on this machine, that does what it should until a test tells it otherwise."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = (
    "rejoinder-here",
    "a secret between the two of them, which nobody else on this earth has heard of",
)


@dataclass
class Provider:
    """What it says: `claims` and `config` replace what it would say, None takes it out; `key` signs."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: Any = field(default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048))
    published: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refuses: list[str] = field(default_factory=list)

    def pages(self) -> dict[str, Any]:
        """What it says to a GET, by path."""
        return {
            "/.well-known/openid-configuration": self.configuration(),
            "/jwks": self.keys(),
            "/userinfo": {"sub": "person-1", **self.userinfo},
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """The person agrees. Returns the code that leads back."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def configuration(self) -> dict[str, Any]:
        said = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        return _changed(said, self.config)

    def keys(self) -> dict[str, Any]:
        public = (self.published or self.key).public_key()
        return {
            "keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public)), "kid": "one", "use": "sig"}]
        }

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """The answer to a code: only to the one who asked for it (PKCE), once."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return self._refuse("code or client")
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked.get("code_challenge") != proof.rstrip(b"=").decode()
            or asked.get("code_challenge_method") != "S256"
        ):
            return self._refuse("proof")
        return {"access_token": "access", "token_type": "Bearer", **self.granted(asked)}

    def granted(self, asked: dict[str, str]) -> dict[str, Any]:
        return {"id_token": self.id_token(asked)}

    def _refuse(self, why: str) -> dict[str, Any]:
        self.refuses.append(why)
        return {"error": "invalid_grant"}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        said = {
            "iss": self.address,
            "sub": "person-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked.get("nonce", ""),
            "name": "Nadia from Elsewhere",
            "email": "nadia@elsewhere.example",
            "email_verified": True,
        }
        claims = _changed(said, self.claims)
        if self.algorithm == "none":
            return jwt.encode(claims, key=None, algorithm="none", headers={"kid": "one"})
        key = SECRET if self.algorithm.startswith("HS") else self.key
        return jwt.encode(claims, key=key, algorithm=self.algorithm, headers={"kid": "one"})


def _changed(said: dict[str, Any], by: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**said, **by}.items() if value is not None}


Kind = TypeVar("Kind", bound=Provider)


@contextmanager
def running(provider: Kind) -> Iterator[Kind]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            pages = provider.pages()
            self._answer(200 if self.path in pages else 404, pages.get(self.path, {}))

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = provider.token({name: values[0] for name, values in parse_qs(body).items()})
            self._answer(400 if "error" in answer else 200, answer)

        def _answer(self, status: int, body: Any) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
