"""Signing in for a page of another origin, in a browser: the window finds back, and to nobody but who asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from rejoinder.accounts.models import Origin, Session, Site
from tests import factories
from tests.accounts.speaking import account
from tests.browser.asking import until, violations
from tests.embed.hosts import Host, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "seven barges at the quay"
# A page that asks: it opens the window at a press, and remembers what comes back.
ASKING = """<!doctype html><title>A page</title><button>Sign in</button><script>
window.heard = [];
addEventListener("message", event => heard.push([event.origin, event.data]));
const how = "popup,width=480,height=640";
document.querySelector("button").onclick = () => { window.tie = open("WINDOW", "_blank", how) };
</script>"""
EXCHANGE = """async ([address, body]) => {
  const answer = await fetch(address, { method: "POST", credentials: "include", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } });
  return [answer.status, await answer.json()] }"""


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 800})


@pytest.fixture
def host() -> Iterator[Host]:
    """The web server of the publication."""
    with serving() as found:
        yield found


@pytest.fixture
def evil() -> Iterator[Host]:
    """Somebody else's."""
    with serving() as found:
        yield found


@pytest.fixture
def site(host: Host) -> Site:
    made = factories.site("courier")
    Origin.objects.create(site=made, origin=host.foreign)
    return made


def window_of(server: Any, site: Site, origin: str) -> str:
    asked = f"site={site.key}&origin={quote(origin, safe='')}&state=a-state-of-the-page"
    return f"{server.url}/accounts/window/?{asked}"


def page_of(context: BrowserContext, host: Host, window: str) -> Page:
    """A page of another origin that asks for this window."""
    page = context.new_page()
    page.goto(host.put("/story", ASKING.replace("WINDOW", window)))
    return page


def sign_in(context: BrowserContext, server: Any, who: Any) -> None:
    client = Client()
    client.force_login(who.user)
    morsel = client.cookies["rejoinder_session"]
    context.add_cookies([{"name": morsel.key, "value": morsel.value, "url": server.url}])


def pressed(page: Page) -> Page:
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in").click()
    opened.value.wait_for_load_state()
    return opened.value


def continued(window: Page) -> None:
    """Press the button; the window closes by itself."""
    with window.expect_event("close"):
        window.get_by_role("button", name="Continue as").click()


@pytest.mark.on_both
def test_reader_signs_in_with_a_password_and_the_page_hears_it(
    live_server: Any, context: BrowserContext, site: Site, host: Host
) -> None:
    who = account("Mara Quist", "mara@example.org")
    assert who.user
    who.user.set_password(PASSWORD)
    who.user.save()
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=who.user, email=who.user.email, verified=True, primary=True)
    page = page_of(context, host, window_of(live_server, site, host.foreign))
    seen: list[str] = []
    window = pressed(page)
    window.on("request", lambda request: seen.append(request.url))
    assert violations(window) == []
    window.get_by_label("Email").fill("mara@example.org")
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()
    window.get_by_role("button", name="Continue as Mara Quist").wait_for()
    assert violations(window) == []
    continued(window)
    until(page, "heard.length")
    origin, said = page.evaluate("heard[0]")
    assert origin == live_server.url
    assert (said["rejoinder"], said["state"]) == ("code", "a-state-of-the-page")
    assert page.evaluate("heard.length") == 1
    assert all(said["code"] not in address for address in seen)
    status, spoken = page.evaluate(
        EXCHANGE, [f"{live_server.url}/api/v1/sites/{site.key}/session", {"code": said["code"]}]
    )
    assert status == 200
    assert (spoken["kind"], spoken["name"]) == ("account", "Mara Quist")
    assert spoken["access_token"]


def test_second_time_takes_one_press_in_the_window(
    live_server: Any, context: BrowserContext, site: Site, host: Host
) -> None:
    sign_in(context, live_server, account("Mara Quist"))
    page = page_of(context, host, window_of(live_server, site, host.foreign))
    continued(pressed(page))
    until(page, "heard.length")
    assert page.evaluate("heard[0][1].code")


def test_page_that_asks_in_the_name_of_another_hears_nothing(
    live_server: Any, context: BrowserContext, site: Site, host: Host, *, evil: Host
) -> None:
    sign_in(context, live_server, account("Mara Quist"))
    page = page_of(context, evil, window_of(live_server, site, host.foreign))
    continued(pressed(page))
    page.wait_for_timeout(200)  # a message that does not come cannot be waited for
    assert page.evaluate("heard") == []


def test_page_of_an_origin_without_a_name_here_gets_a_sentence(
    live_server: Any, context: BrowserContext, site: Site, evil: Host
) -> None:
    sign_in(context, live_server, account("Mara Quist"))
    page = page_of(context, evil, window_of(live_server, site, evil.foreign))
    window = pressed(page)
    assert "does not name this origin" in window.inner_text("main")
    assert window.get_by_role("button", name="Continue").count() == 0
    status, problem = page.evaluate(
        "address => fetch(address, {method: 'POST', credentials: 'include', body: '{}',"
        " headers: {'Content-Type': 'text/plain'}}).then(a => [a.status, 'read'], e => [0, 'not read'])",
        f"{live_server.url}/api/v1/sites/{site.key}/session",
    )
    assert (status, problem) == (0, "not read")
    assert not Session.objects.exists()


def test_where_the_tie_was_cut_the_window_says_what_to_do(
    live_server: Any, context: BrowserContext, site: Site, host: Host
) -> None:
    sign_in(context, live_server, account("Mara Quist"))
    window = context.new_page()
    window.goto(window_of(live_server, site, host.foreign))
    window.get_by_role("button", name="Continue as").click()
    window.get_by_text("The way back to the page got lost.").wait_for()
    assert urlsplit(window.url).query == ""
    assert window.evaluate("document.body.innerHTML.includes('data-code')") is False
    assert violations(window) == []
