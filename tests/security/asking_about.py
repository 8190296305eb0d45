"""Ways to ask whether an address has an account, and how well a clock or a comparison answers."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from rejoinder.accounts.models import Site
from rejoinder.core import beat
from tests import factories as make
from tests.api.asking import Asker, origin
from tests.factories import Browser

PASSWORD = "a long enough sentence"
# Who is asked about: a member who has chosen a password, one who signs in by codes, nobody.
KINDS = ("with a password", "without a password", "nobody")
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "sign-in": ("/accounts/login/", {"login": "EMAIL", "password": "some other sentence"}),
    "code": ("/accounts/login/code/", {"email": "EMAIL"}),
    "reset": ("/accounts/password/reset/", {"email": "EMAIL"}),
    "sign-up": ("/accounts/signup/", {"email": "EMAIL", "name": "Somebody"}),
    "sign-up with a password": (
        "/accounts/signup/",
        {"email": "EMAIL", "name": "Somebody", "password1": PASSWORD},
    ),
}


def email_of(kind: str, number: int) -> str:
    """As long for each kind: a length is not what is to be told apart."""
    return f"{'abc'[KINDS.index(kind)]}-{number:05}@mail.example"


def members(numbers: range, passwords: dict[str, str]) -> None:
    """Accounts for the kinds that have one. `passwords`: as stored."""
    for number in numbers:
        for kind, stored in passwords.items():
            email = email_of(kind, number)
            user = get_user_model()._default_manager.create(email=email, password=stored)
            user.emailaddress_set.create(email=email, verified=True, primary=True)


def ask(form: str, email: str, browser: Browser | None = None) -> Any:
    path, data = FORMS[form]
    sent = {name: email if value == "EMAIL" else value for name, value in data.items()}
    return (browser or Browser()).post(path, sent)


def told(form: str, email: str) -> list[Any]:
    """All that a browser is told: status, headers, names of cookies, page, and the page that it is led to."""
    browser = Browser()
    seen = []
    answer = ask(form, email, browser)
    while True:
        seen += [answer.status_code, sorted(answer.headers), sorted(answer.cookies), page(answer, email)]
        if answer.status_code != 302:
            return seen
        seen.append(answer["Location"])
        answer = browser.get(answer["Location"])


def page(answer: Any, email: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(email, "EMAIL"))


def commenting(site: Site, email: str) -> Any:
    """A guest writes with this address."""
    thread = make.thread(site)
    return Asker(origin=origin(site)).post_comment(site, key=thread.key, email=email, body="The same words.")


@dataclass(frozen=True)
class Samples:
    """Seconds after which answers leave, by who was asked about."""

    times: dict[str, list[float]]

    def told_apart(self, one: str, other: str) -> float:
        return area(self.times[one], self.times[other])


def sample(form: str, numbers: range, kinds: tuple[str, ...] = KINDS) -> Samples:
    """Ask about each kind in turns, in an order of chance. The waiting for the beat is reckoned, not done."""
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number, kind in _turns(numbers, kinds):
        browser = Browser()
        began = time.perf_counter()
        ask(form, email_of(kind, number), browser)
        times[kind].append(beat.leaves_at(time.perf_counter() - began))
    return Samples(times)


def _turns(numbers: range, kinds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for number in numbers:
        for kind in random.sample(kinds, len(kinds)):
            yield number, kind


def area(one: list[float], other: list[float]) -> float:
    """How well the best threshold on one number tells two samples apart: 0.5 not at all, 1.0 always.

    The area under the ROC curve (Hanley and McNeil 1982), whichever way round, ties counted half.
    """
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    share = wins / (len(one) * len(other))
    return max(share, 1 - share)
