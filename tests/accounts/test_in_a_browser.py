"""Signing in and one's own pages in a real browser: passkeys work, pages are accessible and fit a phone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people.mutes import mute
from tests import factories as make
from tests.browser.asking import violations

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"


@pytest.fixture
def person(live_server: Any) -> Commenter:
    """Somebody with an account and a password, who mutes somebody."""
    found = make.account("Nadia F.")
    assert found.user is not None
    found.user.set_password(PASSWORD)
    found.user.save()
    found.user.emailaddress_set.create(email=found.user.email, verified=True, primary=True)  # type: ignore[attr-defined]
    mute(commenter=found, muted=make.account("Somebody Loud"))
    return found


def opened(browser: Browser, **options: Any) -> tuple[BrowserContext, Page, list[str]]:
    context = browser.new_context(**options)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    return context, page, complaints


def sign_in(page: Page, home: str, person: Commenter) -> None:
    assert person.user is not None
    page.goto(f"{home}/accounts/login/")
    page.fill("[name=login]", person.user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/accounts/login/'] button.primary")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_passkey_is_set_up_and_signs_in_without_anything_else(
    live_server: Any, browser: Browser, person: Commenter
) -> None:
    context, page, complaints = opened(browser)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, live_server.url, person)
    page.goto(f"{live_server.url}/accounts/second-factor/webauthn/add/")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/add/" not in url)
    assert person.user is not None
    assert person.user.authenticator_set.filter(type="webauthn").count() == 1  # type: ignore[attr-defined]
    context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/?next=/people/me/")
    page.click("#passkey_login")
    page.wait_for_url("**/people/me/")
    assert page.input_value("#name") == "Nadia F."
    assert complaints == []


def test_passkey_that_is_refused_says_so(live_server: Any, browser: Browser) -> None:
    _context, page, complaints = opened(browser)
    page.add_init_script(
        "navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    page.goto(f"{live_server.url}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-wrong:not(:empty)")
    assert complaints == []


PAGES = [
    "/people/me/",
    "/people/me/erase",
    "/accounts/second-factor/",
    "/accounts/second-factor/totp/activate/",
]
PAGES += [
    "/accounts/second-factor/webauthn/add/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/by/",
]
OUTSIDE = ["/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_a_phone(
    live_server: Any, browser: Browser, person: Commenter, scheme: str, language: str, settings: Any
) -> None:
    settings.LANGUAGE_CODE = language
    _context, page, complaints = opened(
        browser, color_scheme=scheme, viewport={"width": 390, "height": 800}, java_script_enabled=True
    )
    shots = os.environ.get("SHOTS")
    for path in [*OUTSIDE, "in", *PAGES]:
        if path == "in":
            sign_in(page, live_server.url, person)
            continue
        page.goto(live_server.url + path)
        if shots:
            page.screenshot(path=f"{shots}/{language}-{scheme}{path.replace('/', '_')}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{path} is wider than a phone"
        assert violations(page) == [], path
    assert complaints == []
