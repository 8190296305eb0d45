"""Proof of work: a puzzle that costs a reader's machine a moment and a flood of programs its afternoon.

ALTCHA's first format (SHA-256, altcha.org): a number of at most `maxnumber` is to be found whose hash, with the salt
before it, is the challenge. The salt carries, signed with the rest, when it ends, when it was given, how hard it is and
what it is for. Nothing is stored until a solution is spent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from altcha.v1 import ChallengeOptions, create_challenge
from django.conf import settings

from rejoinder.core import clock
from rejoinder.core.limits import Limit, take
from rejoinder.core.signed import number_of, sign

# Long enough for a long text; who takes longer gets another one before sending (the script sees to that).
LIFETIME = timedelta(minutes=20)
EASIEST, HARDEST = (
    20_000,
    640_000,
)  # of numbers to try; on average half of them: a blink to some seconds on a telephone
LONGEST = 2000  # characters that a solution may have
_SPENT = Limit("proof", most=1, window=LIFETIME + timedelta(minutes=1))

_FORM = "rejoinder.core.proof.began"

# What a solution turns out to be.
SOLVED, ABSENT, EXPIRED, FORGED, ELSEWHERE = "solved", "absent", "expired", "forged", "elsewhere"


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a solution: one of the above, its name for spending, how hard it was, when it was given."""

    outcome: str
    name: str = ""
    effort: int = 0
    given: datetime | None = None


def challenge(*, site: str, key: str, effort: int = EASIEST) -> dict[str, Any]:
    """A puzzle to be solved before posting in the thread `key` of `site`: the JSON that ALTCHA's clients know.

    `effort` is the number of numbers to try, at most; it is kept between EASIEST and HARDEST.
    """
    moment, effort = clock.now(), min(max(effort, EASIEST), HARDEST)
    carried = {
        "given": str(int(moment.timestamp() * 1000)),
        "effort": str(effort),
        "for": _place(site, key),
    }
    options = ChallengeOptions(max_number=effort, hmac_key=_key(), expires=moment + LIFETIME, params=carried)
    made = create_challenge(options)
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "maxnumber": made.max_number,
        "salt": made.salt,
        "signature": made.signature,
    }


def check(solution: str, *, site: str, key: str) -> Proof:
    """What a solution (base 64 of JSON, as ALTCHA's clients send it) is worth for this thread. Never raises."""
    if not solution:
        return Proof(ABSENT)
    found = _read(solution)
    if found is None:
        return Proof(FORGED)
    signature, salt, number = found
    # Cheap to refuse, dear to forge: the hash is made anew, so that what is signed is what was solved.
    hashed = hashlib.sha256(f"{salt}{number}".encode()).hexdigest()
    wanted = hmac.new(_key().encode(), hashed.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, signature):
        return Proof(FORGED)
    return _judge(signature, dict(parse_qsl(salt.partition("?")[2])), _place(site, key))


def _judge(name: str, carried: dict[str, str], place: str) -> Proof:
    """What we signed is ours; it may still be old, or of another thread."""
    given = datetime.fromtimestamp(int(carried["given"]) / 1000, tz=UTC)
    outcome = SOLVED
    if carried["for"] != place:
        outcome = ELSEWHERE
    elif not given - timedelta(minutes=1) <= clock.now() <= given + LIFETIME:
        outcome = EXPIRED
    return Proof(outcome, name, int(carried["effort"]), given)


def spend(name: str) -> bool:
    """Spend a solution, once on all servers together, in the present transaction. Returns whether it was whole."""
    return take(_SPENT, name) is None


def began() -> str:
    """The present moment, signed: what a private page with a form carries, to tell how long it was open."""
    return sign(_FORM, clock.micros(clock.now()) // 1000)


def open_for(stamp: str) -> int | None:
    """Milliseconds since `began` made this; None where it did not."""
    given = number_of(_FORM, stamp)
    return max(0, clock.micros(clock.now()) // 1000 - given) if given else None


def _read(solution: str) -> tuple[str, str, int] | None:
    """Signature, salt and number of a solution, where it has the form of one."""
    if len(solution) > LONGEST:
        return None
    try:
        data = json.loads(base64.b64decode(solution, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    signature, salt, number = data.get("signature"), data.get("salt"), data.get("number")
    if not isinstance(signature, str) or not isinstance(salt, str) or type(number) is not int:
        return None
    # The "&" at the salt's end keeps digits of the number from being digits of what the salt carries.
    fits = signature.isascii() and salt.isascii() and salt.endswith("&") and 0 <= number <= HARDEST
    return (signature, salt, number) if fits else None


def _place(site: str, key: str) -> str:
    return hashlib.sha256(f"{site}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _key() -> str:
    """A key of its own: what is signed here is good for nothing else."""
    return hmac.new(settings.SECRET_KEY.encode(), b"proof of work", hashlib.sha256).hexdigest()
