"""The sign-in window: whom it asks, what it hands over, and that nothing secret is in an address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from lxml import html

from rejoinder.accounts.models import Commenter, OneTimeCode, Site
from tests import factories
from tests.accounts.speaking import Page, account, origin_of
from tests.accounts.tokens import courier

pytestmark = pytest.mark.django_db
WINDOW, CODES = "/accounts/window/", "/accounts/window/codes"
STATE = "a-state-of-the-page"


def asked(site: Site, /, **changes: str) -> dict[str, str]:
    return {"site": site.key, "origin": origin_of(site), "state": STATE, **changes}


def browser_of(who: Commenter) -> Client:
    browser = Client(REMOTE_ADDR=factories.an_address())
    browser.force_login(who.user)  # type: ignore[arg-type]
    return browser


def handed(answer: object) -> dict[str, str]:
    """What the page at the end gives its script."""
    content: bytes = answer.content  # type: ignore[attr-defined]
    return dict(html.fromstring(content.decode()).get_element_by_id("handed").attrib)


def test_window_names_the_page_and_the_person_before_it_tells_anything() -> None:
    site = factories.site("harbour")
    page = browser_of(account("Mara Quist")).get(WINDOW, asked(site))
    text = html.fromstring(page.content.decode()).text_content()
    assert "harbour.example" in text
    assert "Continue as Mara Quist" in text
    assert not OneTimeCode.objects.exists()


def test_button_hands_a_code_to_the_very_origin_and_the_page_signs_in_with_it() -> None:
    site, who = factories.site(), account("Mara Quist")
    answer = browser_of(who).post(CODES, asked(site))
    given = handed(answer)
    assert (given["data-origin"], given["data-state"]) == (origin_of(site), STATE)
    page = Page(site)
    assert page.ask({"code": given["data-code"]}).name == "Mara Quist"
    assert page.viewer().commenter == who


def test_who_is_not_signed_in_is_led_to_sign_in_and_back() -> None:
    site = factories.site()
    for answer in (Client().get(WINDOW, asked(site)), Client().post(CODES, asked(site))):
        to = urlsplit(answer["Location"])
        assert to.path == "/accounts/login/"
        back = parse_qs(to.query)["next"][0]
        assert back.startswith(WINDOW)
        assert parse_qs(urlsplit(back).query)["origin"] == [origin_of(site)]
    assert not OneTimeCode.objects.exists()


def test_account_without_a_name_here_gets_one_with_the_button_and_not_before() -> None:
    from django.contrib.auth import get_user_model

    site = factories.site()
    browser = Client()
    browser.force_login(get_user_model()._default_manager.create(email="new@example.org"))
    assert browser.get(WINDOW, asked(site)).status_code == 200
    assert not Commenter.objects.exists()
    assert handed(browser.post(CODES, asked(site)))["data-code"]
    assert Commenter.objects.get().name


WRONG = {
    "an origin that the site does not name": ({"origin": "https://evil.example"}, 403),
    "a suffix": ({"origin": "https://KEY.example.evil.example"}, 403),
    "a port": ({"origin": "https://KEY.example:444"}, 403),
    "another scheme": ({"origin": "http://KEY.example"}, 403),
    "a path": ({"origin": "https://KEY.example/"}, 403),
    "null": ({"origin": "null"}, 403),
    "a star": ({"origin": "*"}, 403),
    "no origin": ({"origin": ""}, 400),
    "a script": ({"origin": "javascript:alert(1)"}, 403),
    "no such site": ({"site": "nowhere"}, 404),
    "no state": ({"state": ""}, 400),
    "a state that is markup": ({"state": "<script>alert(1)</script>"}, 400),
    "a short state": ({"state": "x"}, 400),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_page_that_may_not_ask_nobody_is_asked(method: str, what: str) -> None:
    site = factories.site()
    changes, status = WRONG[what]
    sent = asked(site, **{name: value.replace("KEY", site.key) for name, value in changes.items()})
    for browser in (Client(), browser_of(account())):
        answer = browser.get(WINDOW, sent) if method == "get" else browser.post(CODES, sent)
        assert answer.status_code == status
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize("name", ["site", "origin", "state"])
def test_what_is_said_twice_or_not_at_all_is_refused(name: str) -> None:
    site = factories.site()
    sent = asked(site)
    twice = f"{WINDOW}?{urlencode(sent)}&{urlencode({name: sent[name]})}"
    without = f"{WINDOW}?{urlencode({key: value for key, value in sent.items() if key != name})}"
    browser = browser_of(account())
    assert [browser.get(address).status_code for address in (twice, without)] == [400, 400]


def test_code_needs_a_form_of_ours() -> None:
    site, who = factories.site(), account()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(who.user)  # type: ignore[arg-type]
    assert browser.post(CODES, asked(site)).status_code == 403
    assert browser.get(CODES, asked(site)).status_code == 405
    assert not OneTimeCode.objects.exists()


def test_code_is_in_no_address_and_no_cache() -> None:
    site = factories.site()
    answer = browser_of(account()).post(CODES, asked(site))
    code = handed(answer)["data-code"]
    assert answer.status_code == 200, "no redirect that could carry it"
    assert "no-store" in answer["Cache-Control"]
    assert code not in str(answer.headers)
    assert not any(
        code in link for link in html.fromstring(answer.content.decode()).xpath("//@href | //@src")
    )


def test_window_keeps_the_tie_to_the_page_and_other_pages_cut_it() -> None:
    site = factories.site()
    browser = Client()
    assert browser.get("/accounts/login/")["Cross-Origin-Opener-Policy"] == "same-origin"
    first = browser.get(WINDOW, asked(site))
    assert first["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert browser.get(first["Location"])["Cross-Origin-Opener-Policy"] == "unsafe-none"
    signed_in = browser_of(account())
    for answer in (signed_in.get(WINDOW, asked(site)), signed_in.post(CODES, asked(site))):
        assert answer["Cross-Origin-Opener-Policy"] == "unsafe-none"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert signed_in.get("/accounts/password/change/")["Cross-Origin-Opener-Policy"] == "same-origin"


def test_site_that_wants_its_own_tokens_opens_no_window() -> None:
    site = courier(sso_required=True)
    answer = browser_of(account()).get(WINDOW, asked(site))
    assert answer.status_code == 403
    assert "account of the publication" in answer.content.decode()


def test_window_speaks_the_sites_language() -> None:
    site = factories.site(language="de")
    page = browser_of(account("Mara Quist")).get(WINDOW, asked(site)).content.decode()
    assert 'lang="de"' in page


def test_staff_show_their_second_factor_before_the_page_gets_what_they_may_do() -> None:
    from allauth.mfa.models import Authenticator
    from django.test import override_settings

    site = factories.site()
    editor = factories.staff(site, "editor")
    with override_settings(REJOINDER_STAFF_SECOND_FACTOR=True):
        browser = browser_of(editor)
        given = handed(browser.post(CODES, asked(site)))
        assert Page(site).ask({"code": given["data-code"]}).role == "", "a reader, until there is one"
        Authenticator.objects.create(user=editor.user, type=Authenticator.Type.TOTP, data={})
        for answer in (browser.get(WINDOW, asked(site)), browser.post(CODES, asked(site))):
            assert urlsplit(answer["Location"]).path == "/accounts/second-factor/reauthenticate/"
