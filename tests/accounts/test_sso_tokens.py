"""A token is the site's own, or it is refused with a sentence that says what to mend."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import time_machine

from rejoinder.accounts import sso
from rejoinder.accounts.models import Commenter, Identity, Site, UsedToken
from rejoinder.accounts.sso import TokenRefused
from rejoinder.accounts.sso.claims import LEEWAY
from tests.accounts.tokens import (
    AUDIENCE,
    SECRET,
    by_hand,
    claims,
    courier,
    ec_key,
    ed_key,
    jwk,
    key_set_courier,
    part,
    rsa_key,
    signed,
)

pytestmark = pytest.mark.django_db
HEADER = {"alg": "HS256", "typ": "JWT"}
DAY = 24 * 3600


def now() -> int:
    return int(time.time())


def pem_as_secret() -> str:
    """The public RSA key, which anybody has, as the secret of an HMAC."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pem = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return by_hand(HEADER, claims(), key=pem)


def nested(depth: int) -> bytes:
    return b'{"a":' + b"[" * depth + b"]" * depth + b"}"


# What is wrong with it -> the token. Each would be taken by a verifier that is a little less strict.
FORGED: dict[str, Callable[[], str]] = {
    "no text at all": lambda: "",
    "two parts": lambda: signed().rpartition(".")[0],
    "four parts": lambda: signed() + ".AAAA",
    "five parts, as encrypted ones have": lambda: "a.b.c.d.e",
    "a compressed bomb, encrypted": lambda: ".".join(
        [
            part({"alg": "dir", "enc": "A256GCM", "zip": "DEF"}),
            "",
            "AAAA",
            part(gzip.compress(b"0" * 10**6)),
            "AA",
        ]
    ),
    "more than 8 kB": lambda: signed(name="x", extra="y" * 9000),
    "not base64url": lambda: "a+b/.c=.d",
    "no signature": lambda: f"{part({'alg': 'none'})}.{part(claims())}.AA",
    "alg none, signature empty": lambda: f"{part({'alg': 'none'})}.{part(claims())}.",
    "alg None": lambda: by_hand({"alg": "None"}, claims()),
    "alg NONE": lambda: by_hand({"alg": "NONE"}, claims()),
    "alg nOnE": lambda: by_hand({"alg": "nOnE"}, claims()),
    "alg hs256 in small letters": lambda: by_hand({"alg": "hs256"}, claims()),
    "alg with a space": lambda: by_hand({"alg": "HS256 "}, claims()),
    "alg missing": lambda: by_hand({"typ": "JWT"}, claims()),
    "alg a list": lambda: by_hand({"alg": ["HS256"]}, claims()),
    "alg null": lambda: by_hand({"alg": None}, claims()),
    "alg twice": lambda: by_hand(b'{"alg":"none","alg":"HS256"}', claims()),
    "alg HS512, right secret": lambda: by_hand({"alg": "HS512"}, claims(), digest="sha512"),
    "alg RS256 signed with the secret": lambda: by_hand({"alg": "RS256"}, claims()),
    "another secret": lambda: signed(secret="another secret, and 32 bytes long too"),
    "the empty secret": lambda: by_hand(HEADER, claims(), key=b""),
    "a secret of five bytes": lambda: by_hand(HEADER, claims(), key=b"12345"),
    "the public key as secret": pem_as_secret,
    "signed with a key of its own": lambda: jwt.encode(claims(), rsa_key(), algorithm="RS256"),
    "the payload of another": lambda: ".".join(
        [signed().split(".")[0], part(claims(sub="somebody-else")), signed().split(".")[2]]
    ),
    "jku": lambda: by_hand({**HEADER, "jku": "https://evil.example/keys"}, claims()),
    "x5u": lambda: by_hand({**HEADER, "x5u": "https://evil.example/cert"}, claims()),
    "jwk": lambda: by_hand({**HEADER, "jwk": {"kty": "oct", "k": "AAAA"}}, claims()),
    "x5c": lambda: by_hand({**HEADER, "x5c": ["AAAA"]}, claims()),
    "crit of something unknown": lambda: by_hand({**HEADER, "crit": ["exp"]}, claims()),
    "crit empty": lambda: by_hand({**HEADER, "crit": []}, claims()),
    "unencoded payload": lambda: by_hand({**HEADER, "b64": False}, claims()),
    "typ of another kind": lambda: by_hand({"alg": "HS256", "typ": "JOSE"}, claims()),
    "header a list": lambda: by_hand([HEADER], claims()),
    "header nested deep": lambda: by_hand(nested(1500), claims()),
    "kid a number": lambda: by_hand({**HEADER, "kid": 1}, claims()),
    "kid very long": lambda: by_hand({**HEADER, "kid": "k" * 300}, claims()),
    "payload a list": lambda: by_hand(HEADER, [claims()]),
    "payload nested deep": lambda: by_hand(HEADER, nested(1500)),
    "payload no JSON": lambda: by_hand(HEADER, b"sub=1"),
    "payload not UTF-8": lambda: by_hand(HEADER, b'{"sub":"\xff"}'),
    "sub twice": lambda: by_hand(HEADER, part_of_claims_with(b'"sub":"admin"')),
    "no iss": lambda: signed(iss=None),
    "no aud": lambda: signed(aud=None),
    "no sub": lambda: signed(sub=None),
    "no exp": lambda: signed(exp=None),
    "no nbf": lambda: signed(nbf=None),
    "no iat": lambda: signed(iat=None),
    "no jti": lambda: signed(jti=None),
    "iss of another": lambda: signed(iss="https://evil.example"),
    "iss with a slash more": lambda: signed(iss="https://courier.example/"),
    "iss in capitals": lambda: signed(iss="https://COURIER.example"),
    "iss a list": lambda: by_hand(HEADER, claims(iss=["https://courier.example"])),
    "aud of another site": lambda: signed(aud="another-site"),
    "aud a beginning of ours": lambda: signed(aud=AUDIENCE[:-1]),
    "aud an empty list": lambda: signed(aud=[]),
    "aud a list with a number": lambda: by_hand(HEADER, claims(aud=[AUDIENCE, 1])),
    "aud an object": lambda: by_hand(HEADER, claims(aud={AUDIENCE: True})),
    "sub empty": lambda: signed(sub=""),
    "sub a number": lambda: by_hand(HEADER, claims(sub=7)),
    "sub an object": lambda: by_hand(HEADER, claims(sub={"id": "admin"})),
    "sub a list": lambda: by_hand(HEADER, claims(sub=["admin"])),
    "sub true": lambda: by_hand(HEADER, claims(sub=True)),
    "sub with a zero byte": lambda: signed(sub="admin\0"),
    "sub with half a character": lambda: by_hand(HEADER, claims(sub="\ud800")),
    "sub very long": lambda: signed(sub="s" * 300),
    "jti a number": lambda: by_hand(HEADER, claims(jti=7)),
    "jti empty": lambda: signed(jti=""),
    "exp a text": lambda: by_hand(HEADER, claims(exp=str(now() + 60))),
    "exp a fraction": lambda: by_hand(HEADER, claims(exp=now() + 60.5)),
    "exp true": lambda: by_hand(HEADER, claims(exp=True)),
    "exp infinite": lambda: by_hand(HEADER, claims(exp=float("inf"))),
    "exp beyond all years": lambda: by_hand(HEADER, claims(exp=10**30)),
    "exp in the past": lambda: signed(iat=now() - 900, nbf=now() - 900, exp=now() - LEEWAY - 1),
    "exp more than a day after iat": lambda: signed(exp=now() + DAY + 1),
    "exp more than a day from now, iat later": lambda: signed(iat=now() + 3600, exp=now() + DAY + 3600),
    "exp before iat": lambda: signed(iat=now() + 30, exp=now() + 10),
    "nbf in the future": lambda: signed(nbf=now() + LEEWAY + 30),
    "iat in the future": lambda: signed(iat=now() + LEEWAY + 30),
    "name an object": lambda: by_hand(HEADER, claims(name={"first": "Ines"})),
    "avatar no URL": lambda: signed(avatar="javascript:alert(1)"),
    "avatar by http": lambda: signed(avatar="http://courier.example/i.png"),
    "badge that nobody gives": lambda: signed(badges=["staff"]),
    "badges a text": lambda: signed(badges="expert"),
    "badges with a number": lambda: by_hand(HEADER, claims(badges=[1])),
    "author_of a text": lambda: signed(author_of="all"),
}


def part_of_claims_with(more: bytes) -> bytes:
    import json

    return json.dumps(claims()).encode()[:-1] + b"," + more + b"}"


@pytest.mark.parametrize("what", FORGED)
def test_forged_token_is_refused_and_leaves_nothing_behind(what: str) -> None:
    site = courier()
    with pytest.raises(TokenRefused) as refusal:
        sso.verify(site=site, token=FORGED[what]())
    assert len(str(refusal.value)) > 20, "a sentence for the developer"
    assert not Identity.objects.exists()
    assert not UsedToken.objects.exists()


def test_the_same_token_unforged_is_taken() -> None:
    """What is refused above is refused for what is wrong with it."""
    said = sso.verify(site=courier(), token=by_hand(HEADER, claims(sub="reader-a", name="Ines Varga")))
    assert (said.subject, said.name) == ("reader-a", "Ines Varga")


def test_token_of_one_site_is_not_taken_by_another() -> None:
    token = signed()
    other = courier(sso_audience="the-other")
    with pytest.raises(TokenRefused, match="aud"):
        sso.verify(site=other, token=token)


def test_token_is_taken_once() -> None:
    site = courier()
    said = sso.verify(site=site, token=signed())
    sso.sign_in(site=site, claims=said)
    with pytest.raises(TokenRefused) as refusal:
        sso.sign_in(site=site, claims=said)
    assert refusal.value.code == "token-used"
    assert Commenter.objects.count() == 1


def test_id_of_a_token_counts_for_its_own_site_alone() -> None:
    one, other = courier(), courier()
    for site in (one, other):
        sso.sign_in(site=site, claims=sso.verify(site=site, token=signed(jti="one-and-the-same")))
    assert Identity.objects.count() == 2


def test_ids_are_forgotten_once_their_tokens_would_be_refused_anyway() -> None:
    from rejoinder.accounts.sessions.rows import forget_sessions

    site, token = courier(), signed()
    sso.sign_in(site=site, claims=sso.verify(site=site, token=token))
    with time_machine.travel(now() + 650, tick=False):
        forget_sessions()
        assert UsedToken.objects.exists(), "the token could come again, within the leeway"
    with time_machine.travel(now() + 600 + 3 * LEEWAY, tick=False):
        forget_sessions()
        assert not UsedToken.objects.exists()
        with pytest.raises(TokenRefused, match="expired"):
            sso.verify(site=site, token=token)


def test_secret_that_is_too_short_takes_no_token_whatever_wrote_it_there() -> None:
    site = courier(sso_secret="short")
    with pytest.raises(TokenRefused, match="32 bytes"):
        sso.verify(site=site, token=by_hand(HEADER, claims(), key=b"short"))


def test_secret_that_is_a_key_takes_no_token_and_breaks_nothing() -> None:
    pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"
    with pytest.raises(TokenRefused):
        sso.verify(site=courier(sso_secret=pem), token=by_hand(HEADER, claims(), key=pem.encode()))


@pytest.mark.parametrize("left_out", ["sso_issuer", "sso_audience"])
def test_site_that_is_not_set_up_takes_no_token(left_out: str) -> None:
    with pytest.raises(TokenRefused) as refusal:
        sso.verify(site=courier(**{left_out: ""}), token=signed(aud="", iss=""))
    assert refusal.value.code == "sso-off"


@pytest.mark.parametrize("minutes", [5, -5])
def test_clock_that_is_five_minutes_off_is_named_in_the_sentence(minutes: int) -> None:
    made = now() + minutes * 60
    token = signed(iat=made, nbf=made, exp=made + 120)
    with pytest.raises(TokenRefused, match=r"clock.*NTP") as refusal:
        sso.verify(site=courier(), token=token)
    assert refusal.value.code == ("token-clock" if minutes > 0 else "token-expired")


def test_clocks_may_differ_by_a_minute() -> None:
    for off in (LEEWAY - 5, 5 - LEEWAY):
        made = now() + off
        assert sso.verify(site=courier(), token=signed(iat=made, nbf=made, exp=made + 30))


def _of(key: Any, algorithm: str, kid: str | None = None, **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": kid} if kid else None)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The newsroom's key set, at its address."""
    from django.core.cache import cache

    from rejoinder.accounts.sso import keys
    from tests.accounts.tokens import KeySet

    cache.clear()
    found = KeySet([jwk(rsa_key(), "r1"), jwk(ec_key(), "e1"), jwk(ed_key(), "o1")])
    monkeypatch.setattr(keys, "fetch", found.fetch)
    return found


@pytest.mark.parametrize(
    ("key", "algorithm", "kid"), [(rsa_key, "RS256", "r1"), (ec_key, "ES256", "e1"), (ed_key, "EdDSA", "o1")]
)
def test_tokens_of_a_key_set_are_taken_with_and_without_the_name_of_the_key(
    shown: Any, key: Callable[[], Any], algorithm: str, kid: str
) -> None:
    site = key_set_courier()
    for named in (kid, None):
        assert sso.verify(site=site, token=_of(key(), algorithm, named, sub="reader-b")).subject == "reader-b"
    assert len(shown.asked) == 1, "fetched once"


def _stranger(kid: str) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec

    return _of(ec.generate_private_key(ec.SECP256R1()), "ES256", kid)


BY_KEYS: dict[str, Callable[[], str]] = {
    "another key under the same name": lambda: _stranger("e1"),
    "a kid that climbs": lambda: _of(rsa_key(), "RS256", "../../../dev/null"),
    "a kid that injects": lambda: _of(rsa_key(), "RS256", "r1' OR '1'='1"),
    "a kid that is a URL": lambda: _of(rsa_key(), "RS256", "https://evil.example/keys"),
    "the kid of a key of another kind": lambda: _of(rsa_key(), "RS256", "e1"),
    "RS512 with the right key": lambda: _of(rsa_key(), "RS512", "r1"),
    "PS256 with the right key": lambda: _of(rsa_key(), "PS256", "r1"),
    "HS256 with what the set says of the key": lambda: by_hand(
        {**HEADER, "kid": "r1"}, claims(), key=jwk(rsa_key())["n"].encode()
    ),
    "HS256 with an empty secret": lambda: by_hand(HEADER, claims(), key=b""),
    "the secret of another site": signed,
}


@pytest.mark.parametrize("what", BY_KEYS)
def test_forged_token_is_refused_by_a_site_with_a_key_set(what: str, shown: Any) -> None:
    with pytest.raises(TokenRefused):
        sso.verify(site=key_set_courier(), token=BY_KEYS[what]())
    assert set(shown.asked) <= {"https://courier.example/keys.json"}, "nothing a token names is fetched"


def test_site_signs_with_the_algorithms_that_it_names_alone(shown: Any) -> None:
    site = key_set_courier(sso_algorithms="ES256")
    assert sso.verify(site=site, token=_of(ec_key(), "ES256", "e1"))
    with pytest.raises(TokenRefused, match="alg"):
        sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))


def test_site_with_a_secret_and_a_key_set_mixes_neither(shown: Any) -> None:
    site = courier(sso_jwks_url="https://courier.example/keys.json")
    assert sso.verify(site=site, token=signed())
    assert sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))
    with pytest.raises(TokenRefused):
        sso.verify(site=site, token=pem_as_secret())


WEAK: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "RSA of 1024 bits": lambda: [jwk(rsa_key(1024), "r1")],
    "for encryption": lambda: [jwk(rsa_key(), "r1", use="enc")],
    "for signing only": lambda: [jwk(rsa_key(), "r1", key_ops=["sign"])],
    "for another algorithm": lambda: [jwk(rsa_key(), "r1", alg="PS256")],
    "private": lambda: [jwk(rsa_key(), "r1", d="AAAA")],
    "symmetric": lambda: [{"kty": "oct", "kid": "r1", "k": "AAAA", "alg": "RS256"}],
    "broken": lambda: [{"kty": "RSA", "kid": "r1", "n": "?", "e": 3}],
    "twice under one name": lambda: [jwk(rsa_key(), "r1"), jwk(rsa_key(), "r1")],
    "none": list,
}


@pytest.mark.parametrize("what", WEAK)
@pytest.mark.filterwarnings("ignore:.*key.*:UserWarning")
def test_key_that_is_not_fit_is_not_used(what: str, shown: Any) -> None:
    shown.keys = WEAK[what]()
    key = rsa_key(1024) if "1024" in what else rsa_key()
    with pytest.raises(TokenRefused, match="key set"):
        sso.verify(site=key_set_courier(), token=_of(key, "RS256", "r1"))


def test_new_key_is_found_at_once_and_invented_ones_do_not_make_us_call_again(shown: Any) -> None:
    site: Site = key_set_courier()
    start = now()
    with time_machine.travel(start, tick=False):
        shown.keys = [jwk(ec_key(), "e1")]
        assert sso.verify(site=site, token=_of(ec_key(), "ES256", "e1"))
    with time_machine.travel(start + 120, tick=False):
        shown.keys.append(jwk(rsa_key(), "r2"))
        assert sso.verify(site=site, token=_of(rsa_key(), "RS256", "r2"))
        for number in range(5):
            with pytest.raises(TokenRefused):
                sso.verify(site=site, token=_of(rsa_key(), "RS256", f"invented-{number}"))
    assert len(shown.asked) == 2


def test_key_that_was_taken_out_of_the_set_is_refused_within_the_hour(shown: Any) -> None:
    site, start = key_set_courier(), now()
    with time_machine.travel(start, tick=False):
        assert sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))
        shown.keys = [jwk(ec_key(), "e1")]
    with time_machine.travel(start + 3601, tick=False), pytest.raises(TokenRefused):
        sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"keys": 1}', b'{"keys": [1, null]}'])
def test_key_set_that_cannot_be_read_takes_nobody_in(body: bytes, shown: Any) -> None:
    from rejoinder.core.errors import RejoinderError

    shown.body = body
    with pytest.raises(RejoinderError):
        sso.verify(site=key_set_courier(), token=_of(rsa_key(), "RS256", "r1"))


def test_site_that_does_not_answer_is_served_with_its_last_keys(shown: Any) -> None:
    site, start = key_set_courier(), now()
    with time_machine.travel(start, tick=False):
        assert sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))
    shown.status = 503
    with time_machine.travel(start + 2 * 3600, tick=False):
        assert sso.verify(site=site, token=_of(rsa_key(), "RS256", "r1"))


def test_there_are_more_than_forty_forgeries() -> None:
    assert len(FORGED) + len(BY_KEYS) >= 40
    assert len(SECRET) >= 32
