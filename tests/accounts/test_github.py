"""Sign-in by GitHub, which speaks no OpenID Connect: who came is asked of its API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model

from rejoinder.accounts.models import Commenter
from rejoinder.core import providers
from tests.accounts.identity_provider import CLIENT, SECRET, Provider, running
from tests.factories import Browser

pytestmark = pytest.mark.django_db
START, BACK = "/accounts/by/github/", "/accounts/by/github/back/"
EMAIL = "nadia@elsewhere.example"


@dataclass
class CodeHost(Provider):
    """What its API says of the person who came; None takes a page away."""

    person: Any = field(
        default_factory=lambda: {"id": 4711, "login": "nadia", "name": "Nadia from Elsewhere"}
    )
    emails: Any = field(
        default_factory=lambda: [
            {"email": "old@elsewhere.example", "primary": False, "verified": True},
            {"email": EMAIL, "primary": True, "verified": True},
        ]
    )

    def pages(self) -> dict[str, Any]:
        said = {"/api/v3/user": self.person, "/api/v3/user/emails": self.emails}
        return {path: body for path, body in said.items() if body is not None}

    def granted(self, asked: dict[str, str]) -> dict[str, Any]:
        return {"scope": asked["scope"]}


@pytest.fixture
def host(settings: Any) -> Iterator[CodeHost]:
    with running(CodeHost()) as found:
        entry = {"id": "github", "issuer": found.address, "client_id": CLIENT, "client_secret": SECRET}
        settings.REJOINDER_PRIVATE_NETWORKS = ["127.0.0.0/8"]
        settings.SOCIALACCOUNT_PROVIDERS = providers.settings_of(json.dumps([entry]))
        yield found


def begin(browser: Browser, path: str = START) -> dict[str, str]:
    """What GitHub is asked when somebody presses the button."""
    answer = browser.post(path)
    assert answer.status_code == 302, answer.content
    return dict(parse_qsl(urlsplit(answer["Location"]).query))


def come(host: CodeHost) -> tuple[Browser, Any]:
    browser = Browser()
    asked = begin(browser)
    return browser, browser.get(BACK, {"code": host.authorize(asked), "state": asked["state"]})


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def test_person_comes_back_signed_in_under_the_name_they_have_there(host: CodeHost) -> None:
    assert b"GitHub" in Browser().get("/accounts/login/").content
    assert Browser().get(START).status_code == 200, "looking leads nowhere yet"
    asked = begin(Browser(), f"{START}?auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&scope=repo")
    assert (asked["redirect_uri"], asked["scope"]) == (f"http://testserver{BACK}", "user:email")
    assert asked["code_challenge_method"] == "S256"
    browser, _answer = come(host)
    assert is_signed_in(browser)
    assert Commenter.objects.get(user__email=EMAIL).name == "Nadia from Elsewhere"
    said = {"iss": host.address, "sub": "4711", "name": "Nadia from Elsewhere"}
    assert SocialAccount.objects.get().extra_data == said


def test_number_is_who_somebody_is_whatever_name_and_address_are_now(host: CodeHost) -> None:
    come(host)
    host.person = {"id": 4711, "login": "other"}
    host.emails = [{"email": "other@elsewhere.example", "primary": True, "verified": True}]
    again, _answer = come(host)
    assert is_signed_in(again)
    host.person = {"id": 4712, "login": "nadia", "name": "Nadia from Elsewhere"}
    host.emails = [{"email": EMAIL, "primary": True, "verified": True}]
    stranger, _answer = come(host)
    assert not is_signed_in(stranger), "an address that is in use is no way in"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "emails",
    [None, [], [{"email": EMAIL, "primary": True, "verified": "yes"}], [{"email": EMAIL, "verified": True}]],
    ids=str,
)
def test_address_that_github_has_not_confirmed_is_confirmed_here_first(host: CodeHost, emails: Any) -> None:
    host.emails = emails
    browser, answer = come(host)
    assert not is_signed_in(browser)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "person", [None, [], "nadia", {}, {"id": "4711"}, {"id": True}, {"id": 0}, {"id": None}], ids=str
)
def test_answer_that_names_nobody_signs_nobody_in(host: CodeHost, person: Any) -> None:
    host.person = person
    browser, answer = come(host)
    assert answer.status_code == 401
    assert b"You are not signed in" in answer.content
    assert not is_signed_in(browser)
    assert not get_user_model()._default_manager.exists()


def test_answer_counts_in_the_browser_that_asked_and_with_its_proof(host: CodeHost) -> None:
    asker, other = Browser(), Browser()
    asked = begin(asker)
    assert other.get(BACK, {"code": host.authorize(asked), "state": asked["state"]}).status_code == 401
    stolen, own = host.authorize(begin(other)), begin(asker)
    assert asker.get(BACK, {"code": stolen, "state": own["state"]}).status_code == 401
    assert host.refuses == ["proof"]
    assert not is_signed_in(asker)


def test_without_an_entry_there_is_no_such_page() -> None:
    assert Browser().get(START).status_code == 404


def test_github_itself_needs_no_address() -> None:
    found = providers.settings_of('[{"id": "github", "client_id": "y", "client_secret": "z"}]')
    assert found["github"]["APPS"][0]["settings"]["server_url"] == "https://github.com"
    assert found["openid_connect"]["APPS"] == []
