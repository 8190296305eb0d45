"""A foreign page cannot find out who reads it: what it can see of our pages is the same for everybody.

Probes after the catalogue of cross-site leaks (xsleaks.dev): status by load and error events, frames by number,
answers by kind and size, redirects, windows that it opened, downloads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests import factories as make
from tests.api.asking import origin
from tests.embed.hosts import Host
from tests.security.victims import Victim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

PAGE = "<!doctype html><title>A page</title><h1>Win a boat</h1>"
# What the page can tell of an address, by each probe: name -> what it saw. Nothing here waits longer than it must.
PROBES = """async ([addresses]) => {
  const until = (act, most) => new Promise(done => { setTimeout(() => done("nothing"), most); act(done) });
  const element = (name, attribute, of, more) => until(done => {
    const made = Object.assign(document.createElement(name), more);
    made.onload = () => done("load " + (made.contentWindow ? made.contentWindow.length : ""));
    made.onloadeddata = () => done("data"); made.onerror = () => done("error");
    made[attribute] = of; document.body.append(made) }, 15000);
  const asked = (of, how) => fetch(of, {credentials: "include", ...how}).then(
    a => [a.type, a.status, a.ok, a.redirected, a.url].join(" "), e => e.name);
  const measured = async of => {
    await fetch(of, {mode: "no-cors", credentials: "include"}).catch(() => 0);
    const entries = performance.getEntriesByName(of).map(e =>
      [e.transferSize, e.decodedBodySize, e.responseStatus, e.redirectStart, e.nextHopProtocol].join(" "));
    return [...new Set(entries)].sort().join() };
  const seen = {};
  const probe = async of => {
    const [img, script, style, iframe, object, audio, opaque, cors, manual, size] = await Promise.all([
      element("img", "src", of), element("script", "src", of), element("link", "href", of, {rel: "stylesheet"}),
      element("iframe", "src", of), element("object", "data", of), element("audio", "src", of),
      asked(of, {mode: "no-cors"}), asked(of, {}), asked(of, {redirect: "manual"}), measured(of)]);
    seen[of] = {img, script, style, iframe, object, audio, opaque, cors, manual, size} };
  await Promise.all(addresses.map(probe));
  return seen }"""
# A window that the page opened: whether it is still tied to it, and how many frames it has.
TIED = """async of => {
  const opened = window.open(of, "_blank"), began = Date.now();
  // Once it is apart it says that it is closed; what stays tied is waited for until it has come.
  while (!opened.closed && Date.now() - began < 1500) await new Promise(done => setTimeout(done, 20));
  const where = () => { try { return opened.location.href } catch (e) { return e.name } };
  const seen = [opened.closed ? "closed" : where(), opened.closed ? 0 : opened.length];
  opened.close();
  return seen }"""


def private(victim: Victim) -> dict[str, str]:
    """Addresses that answer the victim otherwise than they answer nobody."""
    site, key, held = victim.site.key, victim.thread.key, victim.held.public_id
    return {
        "account": "/people/me/",
        "download": "/people/me/download",
        "erase": "/people/me/erase",
        "sign-in": "/accounts/login/",
        "addresses": "/accounts/email/",
        "codes": "/accounts/second-factor/recovery-codes/download/",
        "sites": "/accounts/site/",
        "site": f"/accounts/site/{site}/",
        "mine": f"/threads/{site}/mine?key={key}",
        "search": f"/threads/{site}/search?key={key}",
        "thread's decisions": f"/threads/{site}/actions?key={key}",
        "held comment": f"/comments/{held}/actions/",
        "held fragment": f"/comments/{held}/fragment",
        "profile": f"/people/{site}/{victim.names(victim.own).values['PERSON']}/",
        "desk": "/desk/",
        "api: mine": f"/api/v1/sites/{site}/mine?key={key}",
        "api: held": f"/api/v1/comments/{held}",
        "window": f"/accounts/window/?site={site}&origin={origin(victim.site)}&state={'s' * 20}",
    }


def nobody(browser: Browser) -> BrowserContext:
    return browser.new_context()


def seen_by(context: BrowserContext, page_at: str, addresses: dict[str, str], home: str) -> dict[str, Any]:
    page = context.new_page()
    page.goto(page_at)
    found: dict[str, Any] = page.evaluate(PROBES, [[home + path for path in addresses.values()]])
    told = {name: found[home + path] for name, path in addresses.items()}
    for name, path in addresses.items():
        told[name]["window"] = page.evaluate(TIED, home + path)
    return json.loads(json.dumps(told))  # type: ignore[no-any-return]


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["port", "site"])
def test_no_probe_tells_whether_somebody_is_signed_in(
    where: str,
    live_server: Any,
    browser: Browser,
    signed_in: BrowserContext,
    *,
    victim: Victim,
    host: Host,
) -> None:
    """Eleven probes of eighteen addresses. From another port of the same site all cookies come along."""
    host.put("/win", PAGE)
    page = f"{host.near if where == 'port' else host.foreign}/win"
    addresses = private(victim)
    strangers = seen_by(nobody(browser), page, addresses, live_server.url)
    owners = seen_by(signed_in, page, addresses, live_server.url)
    different = {
        f"{name}, {probe}": (strangers[name][probe], owners[name][probe])
        for name in addresses
        for probe in strangers[name]
        if strangers[name][probe] != owners[name][probe]
    }
    assert different == {}


NAVIGATED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
AS_A_PART = [
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
    {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "object"},
    {},
]


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_part_of_a_foreign_page_is_answered_as_to_nobody(site: str) -> None:
    """The same page to whoever is signed in and to whoever is not; so is a form that leads away."""
    who = make.staff(make.site())
    reader, unknown = make.signed_in(who, HTTP_SEC_FETCH_SITE=site), make.Browser(HTTP_SEC_FETCH_SITE=site)
    for says in AS_A_PART:
        answers = [one.get("/people/me/", headers=says) for one in (reader, unknown)]
        assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert reader.get("/people/me/", headers=NAVIGATED).status_code == 200, "a link leads where it leads"


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_pages_and_what_people_type_keep_their_cookies(site: str | None) -> None:
    reader = make.signed_in(make.staff(make.site()))
    del reader.defaults["HTTP_SEC_FETCH_SITE"]
    says = (
        {} if site is None else {"sec-fetch-site": site, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
    )
    assert reader.get("/people/me/", headers=says).status_code == 200


@pytest.mark.django_db
def test_what_is_private_is_not_downloaded_by_a_link_of_another_page() -> None:
    """A window that stays empty would tell that something was downloaded, and so that somebody is signed in."""
    reader = make.guest()
    reader.write(make.thread())
    assert "attachment" in reader.get("/people/me/download")["Content-Disposition"]
    for site in ("cross-site", "same-site"):
        answer = reader.get("/people/me/download", headers={**NAVIGATED, "sec-fetch-site": site})
        assert (answer.status_code, answer.get("Content-Disposition")) == (404, None)
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", (
            "else the page's window stays tied to it"
        )


@pytest.mark.django_db
def test_every_private_answer_is_apart_from_who_opens_or_embeds_it() -> None:
    """Cross-Origin-Resource-Policy and Cross-Origin-Opener-Policy, on refusals too; nobody frames it."""
    victim = Victim()
    for browser in (make.guest(), make.signed_in(victim.owner)):
        for name, path in private(victim).items():
            answer = browser.get(path)
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name
            if name != "window":  # signing in for another page finds back to it
                assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name
            framed = answer["Content-Security-Policy"].partition("frame-ancestors ")[2].partition(";")[0]
            assert framed in ({"'none'"} if name != "desk" else {"'none'", "'self'"}), name
