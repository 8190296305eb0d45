"""Sign-in by another provider: with state, proof of the asker, nonce, and an id token that is right in all respects."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model

from rejoinder.accounts.models import Commenter
from rejoinder.core import providers
from tests.accounts.identity_provider import CLIENT, SECRET, Provider, running
from tests.factories import Browser

pytestmark = pytest.mark.django_db
START, BACK = "/accounts/by/elsewhere/", "/accounts/by/elsewhere/back/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running(Provider()) as found:
        settings.REJOINDER_PRIVATE_NETWORKS = ["127.0.0.0/8"]
        settings.SOCIALACCOUNT_PROVIDERS = providers.settings_of(_setting(found.address))
        yield found


def _setting(issuer: str) -> str:
    entry = {
        "id": "elsewhere",
        "name": "Elsewhere",
        "issuer": issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
    }
    return json.dumps([entry])


def begin(browser: Browser, **asked: str) -> dict[str, str]:
    """What the provider is asked when somebody presses the button."""
    answer = browser.post(START, asked)
    assert answer.status_code == 302, answer.content
    return dict(parse_qsl(urlsplit(answer["Location"]).query))


def come_back(browser: Browser, provider: Provider, asked: dict[str, str], **more: str) -> Any:
    return browser.get(BACK, {"code": provider.authorize(asked), "state": asked["state"], **more})


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def test_person_comes_back_signed_in_under_the_name_they_have_there(provider: Provider) -> None:
    browser = Browser()
    assert browser.get(START).status_code == 200, "looking leads nowhere yet"
    assert b"Elsewhere" in browser.get("/accounts/login/").content
    asked = begin(browser)
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert (asked["code_challenge_method"], bool(asked["nonce"])) == ("S256", True)
    come_back(browser, provider, asked)
    assert is_signed_in(browser)
    person = Commenter.objects.get(user__email="nadia@elsewhere.example")
    assert person.name == "Nadia from Elsewhere"
    assert SocialAccount.objects.get().extra_data == {
        "iss": provider.address,
        "sub": "person-1",
        "name": "Nadia from Elsewhere",
    }


def test_same_person_again_is_the_same_account_whatever_their_address_is_now(provider: Provider) -> None:
    first, second = Browser(), Browser()
    come_back(first, provider, begin(first))
    provider.claims = {"email": "other@elsewhere.example", "name": "Another name"}
    come_back(second, provider, begin(second))
    assert is_signed_in(second)
    assert get_user_model()._default_manager.count() == 1
    assert Commenter.objects.get().name == "Nadia from Elsewhere"


def test_another_subject_with_my_address_does_not_get_my_account(provider: Provider) -> None:
    first, stranger = Browser(), Browser()
    come_back(first, provider, begin(first))
    provider.claims = {"sub": "person-2"}
    come_back(stranger, provider, begin(stranger))
    assert not is_signed_in(stranger)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("verified", [False, None, "no", 1, "1"])
def test_address_that_the_provider_has_not_confirmed_is_confirmed_here_first(
    provider: Provider, verified: Any
) -> None:
    provider.claims = {"email_verified": verified}
    browser = Browser()
    come_back(browser, provider, begin(browser))
    assert not is_signed_in(browser)


def test_name_like_staff_comes_in_under_a_neutral_one(provider: Provider) -> None:
    from tests import factories as make

    make.staff(make.site(), name="Nadia from Elsewhere")
    browser = Browser()
    come_back(browser, provider, begin(browser))
    name = Commenter.objects.get(user__email="nadia@elsewhere.example").name
    assert name.startswith("Reader ")


@dataclass(frozen=True)
class Moved:
    """So many seconds from the moment of the test: names of tests do not tell the time."""

    by: int


WRONG_CLAIMS: list[dict[str, Any]] = [
    {"iss": "https://evil.example"},
    {"iss": None},
    {"sub": None},
    {"sub": ""},
    {"sub": {"a": 1}},
    {"sub": ["person-1"]},
    {"aud": "another client"},
    {"aud": None},
    {"aud": [CLIENT, "another client"]},
    {"azp": "another client"},
    {"exp": None},
    {"exp": Moved(-3600)},
    {"iat": None},
    {"iat": Moved(7200)},
    {"nbf": Moved(7200)},
    {"nonce": None},
    {"nonce": ""},
    {"nonce": "of another question"},
]


@pytest.mark.parametrize("claims", WRONG_CLAIMS, ids=str)
def test_id_token_that_is_wrong_signs_nobody_in(provider: Provider, claims: dict[str, Any]) -> None:
    now = int(time.time())
    provider.claims = {
        name: now + value.by if isinstance(value, Moved) else value for name, value in claims.items()
    }
    _refused(provider)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_id_token_that_anybody_could_sign_signs_nobody_in(provider: Provider, algorithm: str) -> None:
    provider.algorithm = algorithm
    _refused(provider)


def test_id_token_signed_by_another_key_signs_nobody_in(provider: Provider) -> None:
    provider.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _refused(provider)


def test_userinfo_of_somebody_else_signs_nobody_in(provider: Provider) -> None:
    provider.claims = {"email": None}
    provider.userinfo = {"sub": "person-2", "email": "nadia@elsewhere.example"}
    _refused(provider)


def _refused(provider: Provider) -> None:
    browser = Browser()
    answer = come_back(browser, provider, begin(browser))
    assert answer.status_code == 401
    assert b"You are not signed in" in answer.content
    assert not is_signed_in(browser)
    assert not get_user_model()._default_manager.exists()


@pytest.mark.parametrize("state", ["", "guessed", None])
def test_answer_to_nobodys_question_signs_nobody_in(provider: Provider, state: str | None) -> None:
    browser = Browser()
    asked = begin(browser)
    sent = {"code": provider.authorize(asked), **({} if state is None else {"state": state})}
    assert browser.get(BACK, sent).status_code == 401
    assert not is_signed_in(browser)


def test_answer_counts_once_and_in_the_browser_that_asked(provider: Provider) -> None:
    asker, other = Browser(), Browser()
    asked = begin(asker)
    assert come_back(other, provider, asked).status_code == 401
    come_back(asker, provider, asked)
    assert is_signed_in(asker)
    asker.post("/accounts/logout/")
    assert come_back(asker, provider, asked).status_code == 401


def test_code_without_the_proof_of_who_asked_is_worth_nothing(provider: Provider) -> None:
    """A code that was taken from somebody else's browser, put into one's own answer."""
    victim, thief = Browser(), Browser()
    stolen = provider.authorize(begin(victim))
    asked = begin(thief)
    assert thief.get(BACK, {"code": stolen, "state": asked["state"]}).status_code == 401
    assert provider.refuses == ["proof"]


@pytest.mark.parametrize("issuer", ["https://evil.example", "", "MISSING"])
def test_answer_that_names_another_issuer_is_not_believed(provider: Provider, issuer: str) -> None:
    provider.config = {"authorization_response_iss_parameter_supported": True}
    browser = Browser()
    asked = begin(browser)
    more = {} if issuer == "MISSING" else {"iss": issuer}
    assert come_back(browser, provider, asked, **more).status_code == 401
    asked = begin(browser)
    come_back(browser, provider, asked, iss=provider.address)
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    "config",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
    ids=str,
)
def test_provider_that_is_not_the_one_named_is_not_asked(provider: Provider, config: dict[str, Any]) -> None:
    provider.config = config
    assert Browser().post(START).status_code == 401


def test_nothing_of_the_request_gets_into_what_is_asked(provider: Provider) -> None:
    path = f"{START}?auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&scope=admin&process=login"
    answer = Browser().post(path)
    asked = dict(parse_qsl(urlsplit(answer["Location"]).query))
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert "admin" not in asked["scope"]


def test_provider_on_a_private_network_is_not_asked_unless_named(provider: Provider, settings: Any) -> None:
    settings.REJOINDER_PRIVATE_NETWORKS = []
    assert Browser().post(START).status_code == 401
    assert provider.asked == []


def test_no_such_provider_is_no_such_page() -> None:
    assert Browser().get("/accounts/by/nobody/").status_code == 404
    assert Browser().get("/accounts/by/nobody/back/?code=x&state=y").status_code == 404


@pytest.mark.parametrize(
    "value",
    [
        "not json",
        "{}",
        '["x"]',
        '[{"id": "x"}]',
        '[{"id": "x", "client_id": "y"}]',
        '[{"id": "A B", "client_id": "y", "issuer": "https://a.example"}]',
        '[{"id": "x", "client_id": "y", "issuer": "http://a.example"}]',
        '[{"id": "x", "client_id": "y", "issuer": "https://a.example?x"}]',
        '[{"id": "x", "client_id": 1, "issuer": "https://a.example"}]',
        '[{"id": "x", "client_id": "y", "issuer": "https://a.example", "more": ""}]',
        '[{"id": "google", "client_id": "y"}, {"id": "google", "client_id": "z"}]',
    ],
)
def test_setting_that_cannot_be_read_is_told_of_without_its_secrets(value: str) -> None:
    assert providers.wrong(value)


def test_known_provider_needs_no_issuer() -> None:
    assert providers.wrong('[{"id": "google", "client_id": "y", "client_secret": "z"}]') == ""
    assert (
        providers.parsed('[{"id": "google", "client_id": "y"}]')[0]["issuer"] == "https://accounts.google.com"
    )
