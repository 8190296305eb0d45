"""Guessing passwords and codes, asking who has an account, and making us write to people: none of it leads anywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.accounts.people.limits import folded
from rejoinder.core import jobs
from tests import factories as make
from tests.accounts import hashing
from tests.accounts.mailbox import letters
from tests.factories import Browser

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
PASSWORD = "a long enough sentence"
MEMBER, STRANGER = "nadia@mail.example", "nobody@mail.example"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def member() -> Any:
    user = get_user_model()._default_manager.create(email=MEMBER)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=MEMBER, verified=True, primary=True)
    return user


def try_once(login: str, password: str, browser: Browser | None = None) -> bool:
    browser = browser or Browser()
    browser.post(SIGN_IN, {"login": login, "password": password})
    return "_auth_user_id" in browser.session


SPELLINGS = [
    MEMBER,
    MEMBER.upper(),
    f" {MEMBER} ",
    "Nadia@Mail.Example",
    "nàdia@mail.example",
    "ｎadia@mail.example",
]
SPELLINGS += [
    "nadia@mail.example\u200b",
    "na\u0301dia@mail.example",
    "NADIA@mail.EXAMPLE",
]


def test_ten_tries_an_hour_whatever_address_they_come_from_and_however_the_name_is_spelled(
    settings: Any,
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.hashing.Counting"]
    hashing.made.clear()
    for spelling in [*SPELLINGS, *SPELLINGS]:
        try_once(spelling, "wrong")
    assert not try_once(MEMBER, PASSWORD), "not even with the right one"
    assert len(hashing.made) <= 10, "passwords that were looked at"
    assert {folded(spelling) for spelling in SPELLINGS} == {folded(MEMBER)}


def test_success_in_between_takes_nothing_back() -> None:
    for _ in range(5):
        try_once(MEMBER, "wrong")
    assert try_once(MEMBER, PASSWORD)
    for _ in range(4):
        try_once(MEMBER, "wrong")
    assert not try_once(MEMBER, PASSWORD)


def test_strangers_who_guess_do_not_keep_the_owner_out() -> None:
    owner = Browser()
    assert try_once(MEMBER, PASSWORD, owner)
    owner.post("/accounts/logout/")
    for _ in range(12):
        try_once(MEMBER, "wrong")
    assert not try_once(MEMBER, PASSWORD)
    assert try_once(MEMBER, PASSWORD, owner), "from a browser that has signed in before"
    stranger = Browser()
    stranger.cookies["rejoinder_browser"] = "1:forged"
    assert not try_once(MEMBER, PASSWORD, stranger)


def test_many_accounts_from_one_address_are_tried_for_a_while_only() -> None:
    browser = Browser()
    for number in range(100):
        browser.post(SIGN_IN, {"login": f"reader-{number}@mail.example", "password": "wrong"})
    assert not try_once(MEMBER, PASSWORD, browser)
    assert try_once(MEMBER, PASSWORD), "others are not kept out by that"


def test_a_hundred_codes_asked_for_one_address_are_five_mails() -> None:
    statuses = []
    for number in range(100):
        spelled = MEMBER if number % 2 else f"Nadia+{number}@mail.example"
        statuses.append(Browser().post("/accounts/login/code/", {"email": spelled}).status_code)
    jobs.work_once()
    assert len(mail.outbox) <= 5
    assert statuses[-1] == 429
    assert b"inbox" in Browser().post("/accounts/login/code/", {"email": MEMBER}).content


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (SIGN_IN, {"login": "EMAIL", "password": "wrong"}),
        ("/accounts/login/code/", {"email": "EMAIL"}),
        ("/accounts/password/reset/", {"email": "EMAIL"}),
        ("/accounts/signup/", {"email": "EMAIL", "name": "Somebody"}),
        ("/accounts/signup/", {"email": "EMAIL", "name": "Somebody", "password1": PASSWORD}),
    ],
)
def test_no_answer_tells_who_has_an_account(path: str, data: dict[str, str]) -> None:
    seen = [_seen(path, data, email) for email in (MEMBER, STRANGER)]
    assert seen[0] == seen[1]


def _seen(path: str, data: dict[str, str], email: str) -> list[Any]:
    """What a browser that asks is told: status, headers and page, and the page that it is led to."""
    browser = Browser()
    answer = browser.post(path, {name: email if value == "EMAIL" else value for name, value in data.items()})
    told = [answer.status_code, sorted(answer.headers), sorted(answer.cookies), _page(answer, email)]
    if answer.status_code == 302:
        told += [answer["Location"], _page(browser.get(answer["Location"]), email)]
    return told


def _page(answer: Any, email: str) -> str:
    page = answer.content.decode().replace(email, "EMAIL")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_making_an_account_that_is_there_costs_what_making_one_costs(password: str, settings: Any) -> None:
    """Who measures answers learns nothing: the same hash of a password, nearly as many statements."""
    hashed = []
    user = get_user_model()
    settings.PASSWORD_HASHERS = ["tests.accounts.hashing.Counting"]
    costs = []
    for email in (MEMBER, STRANGER):
        hashing.made.clear()
        with CaptureQueriesContext(connection) as queries:
            Browser().post("/accounts/signup/", {"email": email, "name": "Somebody", "password1": password})
        costs.append(len(queries))
        hashed.append(len(hashing.made))
    assert hashed[0] == hashed[1] == bool(password)
    assert abs(costs[0] - costs[1]) <= costs[0] // 5, costs
    assert user._default_manager.count() == 2


def test_who_has_no_account_gets_no_mail() -> None:
    Browser().post("/accounts/login/code/", {"email": STRANGER})
    Browser().post("/accounts/password/reset/", {"email": STRANGER})
    assert letters(STRANGER) == []
    assert mail.outbox == []


def test_name_and_address_of_a_mail_stay_on_their_lines() -> None:
    for email in (
        "nadia@mail.example\r\nBcc: all@mail.example",
        "nadia@mail.example\nBcc:x@y.example",
        "a@b\u2028c.example",
    ):
        Browser().post("/accounts/login/code/", {"email": email})
        Browser().post("/accounts/signup/", {"email": email, "name": "Nadia\r\nBcc: x@y.example"})
    jobs.work_once()
    assert [letter.to for letter in mail.outbox if letter.to != [MEMBER]] == []


def test_forwarded_headers_make_no_new_address() -> None:
    browser = Browser()
    for number in range(100):
        headers = {"x-forwarded-for": f"192.0.2.{number}", "x-real-ip": f"192.0.2.{number}"}
        browser.post(SIGN_IN, {"login": f"r{number}@mail.example", "password": "wrong"}, headers=headers)
    assert not try_once(MEMBER, PASSWORD, browser)
    assert make.an_address() != browser.defaults["REMOTE_ADDR"]
