"""Accounts of readers: made and opened by a code that comes by mail, by a password, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from rejoinder.accounts.actions import add_staff
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people.listening import forget_unconfirmed
from rejoinder.core import clock
from tests import factories as make
from tests.accounts.mailbox import code_for, letters
from tests.factories import Browser

pytestmark = pytest.mark.django_db
SIGN_UP, SIGN_IN = "/accounts/signup/", "/accounts/login/"
PASSWORD = "a long enough sentence"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def sign_up(email: str, *, name: str = "Nadia", password: str = "") -> Browser:
    """Somebody makes an account and types the code from the mail."""
    browser = Browser()
    data = {"name": name, "email": email, **({"password1": password} if password else {})}
    answer = browser.post(SIGN_UP, data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert not is_signed_in(browser), "not before the address is confirmed"
    browser.post(answer["Location"], {"code": code_for(email)})
    assert is_signed_in(browser)
    return browser


def ask_for_code(browser: Browser, email: str) -> Any:
    return browser.post("/accounts/login/code/", {"email": email})


def test_account_is_made_with_a_name_and_a_code_from_the_mail() -> None:
    sign_up("nadia@mail.example", name="Nadia F.")
    person = Commenter.objects.get(user__email="nadia@mail.example")
    assert (person.name, person.is_guest) == ("Nadia F.", False)
    assert not person.user.has_usable_password()


def test_code_signs_in_once_and_another_code_never() -> None:
    sign_up("nadia@mail.example")
    browser = Browser()
    answer = ask_for_code(browser, "nadia@mail.example")
    confirm = answer["Location"]
    browser.post(confirm, {"code": "WRNG-CODE"})
    assert not is_signed_in(browser)
    code = code_for("nadia@mail.example")
    browser.post(confirm, {"code": code})
    assert is_signed_in(browser)
    other = Browser()
    ask_for_code(other, "nadia@mail.example")
    other.post(confirm, {"code": code})
    assert not is_signed_in(other), "a code belongs to the browser that asked for it"


def test_three_wrong_codes_end_the_try() -> None:
    sign_up("nadia@mail.example")
    browser = Browser()
    confirm = ask_for_code(browser, "nadia@mail.example")["Location"]
    for _ in range(3):
        browser.post(confirm, {"code": "WRNG-CODE"})
    browser.post(confirm, {"code": code_for("nadia@mail.example")})
    assert not is_signed_in(browser)


def test_password_signs_in_where_one_was_chosen() -> None:
    sign_up("nadia@mail.example", password=PASSWORD)
    browser = Browser()
    browser.post(SIGN_IN, {"login": "Nadia@Mail.example", "password": PASSWORD})
    assert is_signed_in(browser)


def test_password_signs_nobody_in_whose_address_is_not_confirmed() -> None:
    Browser().post(SIGN_UP, {"name": "Nadia", "email": "nadia@mail.example", "password1": PASSWORD})
    browser = Browser()
    browser.post(SIGN_IN, {"login": "nadia@mail.example", "password": PASSWORD})
    assert not is_signed_in(browser)


def test_stranger_who_made_an_account_with_my_address_does_not_get_into_it() -> None:
    Browser().post(SIGN_UP, {"name": "Stranger", "email": "nadia@mail.example", "password1": PASSWORD})
    mail.outbox.clear()
    owner = Browser()
    answer = ask_for_code(owner, "nadia@mail.example")
    owner.post(answer["Location"], {"code": code_for("nadia@mail.example")})
    assert is_signed_in(owner)
    stranger = Browser()
    stranger.post(SIGN_IN, {"login": "nadia@mail.example", "password": PASSWORD})
    assert not is_signed_in(stranger)


def test_account_that_nobody_confirmed_is_forgotten_after_a_day() -> None:
    sign_up("kept@mail.example")
    Browser().post(SIGN_UP, {"name": "Nadia", "email": "nadia@mail.example"})
    add_staff(email="ed@paper.example", site=make.site(), role="owner", name="Ed", password=PASSWORD)
    users = get_user_model()._default_manager
    forget_unconfirmed()
    assert users.count() == 3
    with time_machine.travel(clock.now() + timedelta(days=2)):
        forget_unconfirmed()
    assert set(users.values_list("email", flat=True)) == {"kept@mail.example", "ed@paper.example"}
    assert not Commenter.objects.filter(user=None).exists()


@pytest.mark.parametrize("name", ["", "Newsroom ✓", "The Ledger desk", "www.buy.example/now"])
def test_name_that_cannot_be_one_is_refused_with_a_sentence(name: str) -> None:
    site = make.site("ledger")
    add_staff(email="desk@ledger.example", site=site, role="owner", name="The Ledger desk", password="x")
    answer = Browser().post(SIGN_UP, {"name": name, "email": "nadia@mail.example"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["name"]
    assert not get_user_model()._default_manager.filter(email="nadia@mail.example").exists()


def test_signing_in_changes_the_session_and_signing_out_ends_it() -> None:
    sign_up("nadia@mail.example", password=PASSWORD)
    browser = Browser()
    browser.get(SIGN_IN)
    session = browser.session
    session["before"] = "1"
    session.save()
    browser.cookies["rejoinder_session"] = before = session.session_key
    browser.post(SIGN_IN, {"login": "nadia@mail.example", "password": PASSWORD})
    assert is_signed_in(browser)
    assert browser.session.session_key != before, "no session that somebody prepared"
    key = browser.session.session_key
    browser.post("/accounts/logout/")
    browser.cookies["rejoinder_session"] = key
    assert not is_signed_in(browser)


def test_staff_made_without_mail_sign_in_by_password_alone() -> None:
    add_staff(email="ed@paper.example", site=make.site(), role="owner", name="Ed", password=PASSWORD)
    browser = Browser()
    browser.post(SIGN_IN, {"login": "ed@paper.example", "password": PASSWORD})
    assert is_signed_in(browser)
    assert letters("ed@paper.example") == []


def test_new_password_by_code_ends_other_sessions() -> None:
    first = sign_up("nadia@mail.example", password=PASSWORD)
    browser = Browser()
    answer = browser.post("/accounts/password/reset/", {"email": "nadia@mail.example"})
    answer = browser.post(answer["Location"], {"code": code_for("nadia@mail.example")})
    done = browser.post(
        answer["Location"], {"password1": "another long sentence", "password2": "another long sentence"}
    )
    assert done.status_code == 302
    assert first.get("/accounts/password/change/").status_code == 302, "signed out there"
    again = Browser()
    again.post(SIGN_IN, {"login": "nadia@mail.example", "password": "another long sentence"})
    assert is_signed_in(again)


NEXT = [
    "//evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example#testserver",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "/%09/evil.example",
    "//evil%E3%80%82example",
    "http:///evil.example",
    "http://localhost/",
    "http://127.0.0.1/",
    "http://testserver:81/",
    "ftp://testserver/",
    "https://[::1]/",
    "//testserver.evil.example",
    "http://evil.example/http://testserver/",
    "//\\evil.example",
    "/.evil.example/..//evil.example",
    "http:\\\\evil.example",
]


@pytest.mark.parametrize("target", NEXT)
@pytest.mark.parametrize("asked", ["query", "form", "host"])
def test_nobody_is_led_elsewhere_after_signing_in(target: str, asked: str) -> None:
    user = get_user_model()._default_manager.create(email="nadia@mail.example")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    data = {"login": user.email, "password": PASSWORD, **({"next": target} if asked == "form" else {})}
    headers = {"x-forwarded-host": "evil.example"} if asked == "host" else {}
    from urllib.parse import quote, urlsplit

    address = f"{SIGN_IN}?next={quote(target)}" if asked == "query" else SIGN_IN
    answer = Browser().post(address, data, headers=headers)
    assert answer.status_code == 302
    to = urlsplit(answer["Location"])
    assert (to.scheme, to.netloc) in {("", ""), ("http", "testserver")}, answer["Location"]
    assert not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "path",
    ["account_login", "account_signup", "account_request_login_code", "account_reset_password"],
)
def test_pages_of_sign_in_are_private_and_cannot_be_framed(path: str) -> None:
    answer = Browser().get(reverse(path))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert b"<script>" not in answer.content
    assert b" style=" not in answer.content
