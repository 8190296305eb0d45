"""Proof of work: solved by ALTCHA's own client, good once, for one thread, for a while."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from altcha import solve_challenge_v1

from rejoinder.core import clock, proof


def solved(found: dict[str, Any]) -> str:
    """As a browser sends it."""
    answer = solve_challenge_v1(found["challenge"], found["salt"], "SHA-256", found["maxnumber"])
    assert answer is not None
    return packed({**found, "number": answer.number, "took": answer.took})


def packed(data: Any) -> str:
    return base64.b64encode(json.dumps(data).encode()).decode()


def unpacked(solution: str) -> dict[str, Any]:
    found = json.loads(base64.b64decode(solution))
    assert isinstance(found, dict)
    return found


def a_solution() -> str:
    return solved(proof.challenge(site="paper", key="story"))


def test_solution_of_the_usual_client_is_one() -> None:
    found = proof.check(a_solution(), site="paper", key="story")
    assert (found.outcome, found.effort) == (proof.SOLVED, proof.EASIEST)
    assert found.given is not None
    assert abs(found.given - clock.now()) < timedelta(minutes=1)


def test_solution_is_good_for_its_thread_and_site_alone() -> None:
    solution = a_solution()
    for site, key in (("paper", "other"), ("other", "story"), ("paperstory", ""), ("", "paperstory")):
        assert proof.check(solution, site=site, key=key).outcome == proof.ELSEWHERE


def test_solution_ends_after_minutes_and_begins_when_it_was_given() -> None:
    solution = a_solution()
    with time_machine.travel(clock.now() + proof.LIFETIME + timedelta(seconds=1)):
        assert proof.check(solution, site="paper", key="story").outcome == proof.EXPIRED
    with time_machine.travel(clock.now() - timedelta(minutes=2)):
        assert proof.check(solution, site="paper", key="story").outcome == proof.EXPIRED


@pytest.mark.django_db
def test_solution_is_spent_once() -> None:
    name = proof.check(a_solution(), site="paper", key="story").name
    assert [proof.spend(name) for _ in range(5)] == [True, False, False, False, False]


def test_effort_stays_within_reason() -> None:
    efforts = [proof.challenge(site="s", key="k", effort=n)["maxnumber"] for n in (-1, 50_000, 10**9)]
    assert efforts == [proof.EASIEST, 50_000, proof.HARDEST]


def forgeries() -> list[str]:
    good = unpacked(a_solution())
    salt = good["salt"]
    changed: list[dict[str, Any]] = [
        {"number": good["number"] + 1},
        {"number": str(good["number"])},
        {"number": float(good["number"])},
        {"number": True},
        {"number": -1},
        {"number": 10**30},
        {"signature": "0" * 64},
        {"signature": "é" * 64},
        {"signature": None},
        {"salt": salt.replace("given=1", "given=2")},
        {"salt": salt.replace("effort=20000", "effort=1")},
        {"salt": salt + "given=9999999999999&"},
        {"salt": salt[:-1]},
        {"salt": [salt]},
        {"salt": "x&"},
    ]
    whole: list[Any] = [[], "text", 7, None, {}, {"signature": good["signature"]}]
    odd = ["x", "=" * 40, "é", "\x00", "A" * 5000, base64.b64encode(b"[" * 1400).decode()]
    return [packed({**good, **change}) for change in changed] + [packed(data) for data in whole] + odd


def test_no_forgery_passes() -> None:
    for forged in forgeries():
        assert proof.check(forged, site="paper", key="story").outcome == proof.FORGED, forged[:80]
    assert proof.check("", site="paper", key="story").outcome == proof.ABSENT


def test_digits_of_the_number_are_no_digits_of_what_the_salt_carries() -> None:
    """A known weakness of the format, where the salt ends in a figure: "expires=17" + "123" is "expires=171" + "23"."""
    good = unpacked(a_solution())
    digits = str(good["number"])
    shifted = packed({**good, "salt": good["salt"] + digits[0], "number": int(digits[1:] or "0")})
    assert proof.check(shifted, site="paper", key="story").outcome == proof.FORGED


def test_another_servers_solution_is_a_forgery(settings: Any) -> None:
    solution = a_solution()
    settings.SECRET_KEY = "another key of at least thirty-two bytes"
    assert proof.check(solution, site="paper", key="story").outcome == proof.FORGED
