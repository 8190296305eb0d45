"""A site's page in a real browser: used without JavaScript, accessible, and no wider than a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page

from rejoinder.accounts.models import Origin, Site
from rejoinder.accounts.sites import Changes, change_site
from tests import factories as make
from tests.accounts.test_site_page import somebody
from tests.browser.asking import violations

pytestmark = pytest.mark.browser


def opened(browser: Browser, site: Site, home: str, **options: Any) -> Page:
    """The page of a site, opened by its owner."""
    context = browser.new_context(**options)
    cookie = somebody(site, "owner").cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    page = context.new_page()
    page.goto(f"{home}/accounts/site/{site.key}/")
    return page


def test_origins_and_policies_are_changed_without_javascript(live_server: Any, browser: Browser) -> None:
    site = make.site()
    page = opened(browser, site, live_server.url, java_script_enabled=False)
    page.fill("#add", "https://news.example")
    page.press("#add", "Enter")
    page.wait_for_url("**/#origins")
    page.fill("[name=name]", "The Evening Courier")
    page.uncheck("[name=guests]")
    page.click("#policies button")
    page.wait_for_url("**/#policies")
    assert Origin.objects.filter(site=site, origin="https://news.example").exists()
    site.refresh_from_db()
    assert (site.name, site.guests) == ("The Evening Courier", False)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_page_is_accessible_and_fits(
    live_server: Any, browser: Browser, width: int, scheme: str, language: str
) -> None:
    site = make.site()
    change_site(
        site=site,
        changes=Changes(language=language, sso_issuer="https://courier.example", sso_audience="talk"),
    )
    page = opened(
        browser, site, live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page.click("#secret button")
    page.wait_for_selector("#made")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"site-{width}-{scheme}-{language}.png", full_page=True)
