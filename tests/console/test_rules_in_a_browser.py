"""Rules in a real browser: written and switched without scripts, accessible, and no wider than a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, expect

from rejoinder.accounts.models import Site
from rejoinder.moderation.models import Rule
from rejoinder.moderation.rules import Wish, save
from tests import factories as make
from tests.browser.asking import violations

pytestmark = pytest.mark.browser


def scene(language: str) -> Site:
    """A site with rules of several kinds, and comments of last week."""
    site = make.site(language=language)
    thread = make.thread(site, title="Council votes on the tram")
    for number in range(9):
        make.comment(thread, f"The tram will cost more than the plan says, as it did in year {number}.")
    wishes = [
        Wish(name="Insults", kind="phrases", words="gromble\nzilpik", mode="on", severity=4),
        Wish(name="Phone numbers", kind="pattern", words=r"\d{3}[- ]\d{4}", mode="log"),
        Wish(name="Sport is read afterwards", kind="everything", verdict="card", section="Sport", mode="on"),
        Wish(name="Links", kind="links", words="archive.example", mode="off"),
    ]
    viewer = make.viewer(site, make.staff(site, "owner"))
    for wish in wishes:
        save(viewer=viewer, wish=wish)
    Rule.objects.filter(site=site, kind="pattern").update(fault="It took too long on a text.")
    make.guest().write(thread, "Call me at 555-0123 about the tram.")
    return site


def opened(browser: Browser, site: Site, home: str, **options: Any) -> Page:
    context = browser.new_context(**options)
    cookie = make.signed_in(make.staff(site, "editor")).cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    page = context.new_page()
    page.goto(f"{home}/console/{site.key}/rules/")
    return page


def test_rule_is_written_tried_and_switched_without_scripts(live_server: Any, browser: Browser) -> None:
    site = scene("en")
    page = opened(browser, site, live_server.url, java_script_enabled=False)
    page.click(".choices >> text=Words and phrases")
    page.fill("[name=name]", "Money")
    page.fill("[name=words]", "cost more")
    page.select_option("[name=mode]", "on")
    page.click("button[value=save]")
    expect(page.locator("[role=alert]")).to_contain_text("9 of the 10 comments")
    page.check("[name=sure]")
    page.click("button[value=save]")
    page.wait_for_url("**/rules/")
    off = page.locator(f"form:has(input[value='{Rule.objects.get(name='Money').pk}']) button[value=off]")
    off.click()
    expect(off).to_have_attribute("aria-pressed", "true")
    assert Rule.objects.get(name="Money").mode == "off"


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(390, "light", "en"), (1280, "dark", "de"), (390, "dark", "ar")]
)
def test_the_pages_are_accessible_and_fit(
    live_server: Any, browser: Browser, width: int, scheme: str, language: str
) -> None:
    site = scene(language)
    page = opened(
        browser, site, live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    _looked_at(page, width, f"rules-{width}-{scheme}-{language}.png")
    page.click(".rules a >> text=Insults")
    page.fill("[name=words]", "cost more")
    page.click("button[value=preview]")
    page.wait_for_selector(".preview .examples")
    _looked_at(page, width, f"rule-{width}-{scheme}-{language}.png")


def _looked_at(page: Page, width: int, name: str) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / name, full_page=True)
