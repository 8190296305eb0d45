"""Where third-party cookies are blocked, a reader stays known on a page of another origin, and on that one alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rejoinder.accounts.models import Origin, Site
from tests import factories
from tests.accounts.speaking import account, code_for
from tests.browser.encrypted import encrypted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EXCHANGE = """async ([address, body]) => {
  const answer = await fetch(address, { method: "POST", credentials: "include", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } });
  return answer.json() }"""
ARGS = ["--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1"]
# What the switch in Chromium's settings writes: third-party cookies are blocked everywhere.
BLOCKED = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}


@pytest.fixture
def port(live_server: Any, tmp_path: Path, settings: Any) -> Iterator[int]:
    settings.ALLOWED_HOSTS, settings.REJOINDER_TRUSTED_PROXIES = ["*"], ["127.0.0.1"]
    with encrypted(tmp_path, live_server.url) as found:
        yield found


@pytest.fixture
def context(chromium: str, browser: Browser, tmp_path: Path, port: int) -> Iterator[BrowserContext]:
    """Of a browser of its own: the setting is the profile's."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_text(json.dumps(BLOCKED), encoding="utf-8")
    opened = browser.browser_type.launch_persistent_context(
        profile.parent, executable_path=chromium, args=ARGS, ignore_https_errors=True
    )
    yield opened
    opened.close()


def site_of(*hosts: str) -> Site:
    site = factories.site("courier")
    for host in hosts:
        Origin.objects.create(site=site, origin=host)
    return site


def address_of(site: Site, name: str, port: int) -> str:
    return f"https://{name}.rejoinder.example:{port}/api/v1/sites/{site.key}/session"


def asks(page: Page, address: str, body: dict[str, str]) -> Any:
    return page.evaluate(EXCHANGE, [address, body])


def test_reader_stays_known_on_the_page_and_is_nobody_on_another(context: BrowserContext, port: int) -> None:
    here, there = f"https://page.courier.example:{port}", f"https://page.gazette.example:{port}"
    site = site_of(here, there)
    address = address_of(site, "talk", port)
    page = context.new_page()
    page.goto(here)
    assert asks(page, address, {})["kind"] == "nobody"
    spoken = asks(page, address, {"code": code_for(account("Mara Quist"), site, here)})
    assert (spoken["kind"], spoken["kept"]) == ("account", True)
    page.reload()
    assert asks(page, address, {})["name"] == "Mara Quist", "silently, by the partitioned cookie"
    kept = [cookie for cookie in context.cookies() if "rejoinder" in cookie["name"]]
    assert [cookie["name"] for cookie in kept] == ["__Host-rejoinder-reader-courier"]
    assert page.evaluate("document.cookie") == ""

    page.goto(there)
    assert asks(page, address, {})["kind"] == "nobody", "another publication has a jar of its own"


def test_where_no_cookie_is_kept_one_signs_in_for_the_page_alone(context: BrowserContext, port: int) -> None:
    """And third-party cookies are blocked indeed, above too."""
    here = f"https://page.courier.example:{port}"
    site = site_of(here)
    address = address_of(site, "plain", port)
    page = context.new_page()
    page.goto(here)
    assert asks(page, address, {"code": code_for(account("Mara Quist"), site, here)})["access_token"]
    page.reload()
    assert asks(page, address, {})["kind"] == "nobody"
    assert context.cookies() == []
