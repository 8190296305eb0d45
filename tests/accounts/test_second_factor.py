"""Staff prove twice who they are; without that a role does nothing, and they are led to setting it up."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from rejoinder.accounts.actions import add_staff
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.queries import role_of
from rejoinder.core import clock
from tests import factories as make
from tests.factories import Browser

# What follows upon setting one up happens after commit.
pytestmark = pytest.mark.django_db(transaction=True)
SIGN_IN, SET_UP = "/accounts/login/", "/accounts/second-factor/"
EMAIL, PASSWORD = "ed@paper.example", "a long enough sentence"


@pytest.fixture(autouse=True)
def _second_factor(settings: Any) -> None:
    settings.REJOINDER_STAFF_SECOND_FACTOR = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def paper() -> Site:
    found = make.site()
    add_staff(email=EMAIL, site=found, role="moderator", name="Ed Paper", password=PASSWORD)
    return found


def sign_in() -> tuple[Browser, Any]:
    browser = Browser()
    return browser, browser.post(SIGN_IN, {"login": EMAIL, "password": PASSWORD})


def code_of(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def set_up(browser: Browser) -> str:
    """Somebody signed in sets an app up. Returns its secret."""
    page = browser.get(f"{SET_UP}totp/activate/")
    assert page.status_code == 200, "nobody who signed in a moment ago is asked again"
    secret: str = page.context["form"].secret
    assert browser.post(f"{SET_UP}totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


def works(browser: Browser, paper: Site) -> bool:
    return bool(browser.get(reverse("rejoinder:search", args=[paper.key])).status_code == 200)


def test_staff_without_a_second_factor_are_led_to_setting_one_up(paper: Site) -> None:
    browser, answer = sign_in()
    assert answer["Location"] == SET_UP
    refused = browser.get(reverse("rejoinder:search", args=[paper.key]))
    assert refused.status_code == 403
    assert SET_UP in refused.content.decode()
    person = Commenter.objects.get(user__email=EMAIL)
    assert role_of(person, paper) == "", "in no other channel either"
    thread = make.thread(paper)
    tools = browser.get(reverse("rejoinder:mine", args=[paper.key]), {"key": thread.key}).json()
    assert (tools["staff"], tools["tools"][0]["url"]) == (False, SET_UP)
    set_up(browser)
    assert works(browser, paper)
    assert role_of(person, paper) == "moderator"


def test_password_alone_opens_nothing_once_it_is_set_up(paper: Site) -> None:
    first, _answer = sign_in()
    secret = set_up(first)
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(60)
        browser, answer = sign_in()
        assert "_auth_user_id" not in browser.session
        browser.post(answer["Location"], {"code": "000000"})
        assert "_auth_user_id" not in browser.session
        browser.post(answer["Location"], {"code": code_of(secret)})
        assert works(browser, paper)


def test_session_from_before_proves_nothing(paper: Site) -> None:
    older, _answer = sign_in()
    newer, _answer = sign_in()
    set_up(newer)
    assert works(newer, paper)
    assert not works(older, paper)


def test_codes_of_an_app_are_tried_ten_times(paper: Site) -> None:
    first, _answer = sign_in()
    secret = set_up(first)
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(60)
        browser, answer = sign_in()
        for _ in range(10):
            browser.post(answer["Location"], {"code": "000000"})
        browser.post(answer["Location"], {"code": code_of(secret)})
        assert "_auth_user_id" not in browser.session


def test_secret_of_the_app_is_not_stored_as_it_is(paper: Site) -> None:
    browser, _answer = sign_in()
    secret = set_up(browser)
    stored = Authenticator.objects.get(type="totp")
    assert secret not in str(stored.data)


def test_readers_need_none_and_it_can_be_switched_off(paper: Site, settings: Any) -> None:
    reader = make.signed_in(make.account())
    assert reader.get("/people/me/").status_code == 200
    settings.REJOINDER_STAFF_SECOND_FACTOR = False
    browser, answer = sign_in()
    assert answer["Location"] == "/"
    assert works(browser, paper)


def test_desk_is_behind_it(paper: Site) -> None:
    browser, _answer = sign_in()
    answer = browser.get("/desk/")
    assert (answer.status_code, answer["Location"]) == (302, SET_UP)
    assert (
        Browser().get("/desk/")["Location"].startswith("/desk/login/")
        or Browser().get("/desk/").status_code == 302
    )


@pytest.mark.parametrize(
    "path", ["", "totp/activate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"]
)
def test_pages_to_set_it_up_are_ours_and_hold_to_the_policy(paper: Site, path: str) -> None:
    browser, _answer = sign_in()
    if path.startswith("recovery"):
        set_up(browser)
    answer = browser.get(SET_UP + path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<body class="rejoinder-page' in page
    assert " style=" not in page
    assert "<script>" not in page
    assert "no-store" in answer["Cache-Control"]
