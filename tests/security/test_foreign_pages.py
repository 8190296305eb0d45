"""A page of somebody else's, in the browser of somebody who is signed in: whatever it sends, nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_started

from rejoinder.accounts.models import Origin
from tests import factories as make
from tests.embed.hosts import Host
from tests.security.victims import Victim, everything

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "<!doctype html><title>A page</title><h1>Win a boat</h1>"
# Each way in which a page can make a browser send something, all requests at once; resolves when they are through.
WAYS = {
    "form": "form('application/x-www-form-urlencoded')",
    "form with files": "form('multipart/form-data')",
    "form as text": "form('text/plain')",
    "fetch": "sent({mode: 'no-cors', body: new URLSearchParams(of.sent)})",
    "fetch as text": "sent({mode: 'no-cors', body: JSON.stringify(of.sent)})",
    "fetch as json": "sent({method: of.method, headers: {'Content-Type': 'application/json'}, body: body(of)})",
    "fetch without credentials": "sent({method: of.method, credentials: 'omit', body: body(of)})",
    "fetch without a referrer": "sent({mode: 'no-cors', referrerPolicy: 'no-referrer', body: body(of)})",
    "beacon": "queued(navigator.sendBeacon(of.url, new URLSearchParams(of.sent)))",
    "beacon as text": "queued(navigator.sendBeacon(of.url, JSON.stringify(of.sent)))",
    "image": "element('img', 'src')",
    "prefetch": "element('link', 'href', {rel: 'prefetch'})",
    "frame": "element('iframe', 'src')",
}
ATTACK = """async ([way, all]) => {
  const body = of => of.method === "GET" ? undefined : JSON.stringify(of.sent);
  const one = of => new Promise(done => {
    setTimeout(done, 8000);
    const sent = how => fetch(of.url, {method: "POST", credentials: "include", ...how}).then(done, done);
    const element = (name, attribute, more) => {
      const made = Object.assign(document.createElement(name), more, {onload: done, onerror: done});
      made[attribute] = of.url; document.body.append(made) };
    const form = kind => {
      const frame = document.createElement("iframe"), made = document.createElement("form");
      frame.name = "f" + Math.random();
      document.body.append(frame, made);
      Object.assign(made, {method: "post", action: of.url, enctype: kind, target: frame.name});
      for (const [name, value] of Object.entries(of.sent))
        made.append(Object.assign(document.createElement("input"), {name, value}));
      frame.onload = () => done();
      HTMLFormElement.prototype.submit.call(made) };
    // A beacon tells nobody when it has arrived, but the list of what was loaded does.
    const queued = () => performance.getEntriesByName(of.url).length ? done() : setTimeout(queued, 20);
    WAY;
  });
  for (let from = 0; from < all.length; from += 8) await Promise.all(all.slice(from, from + 8).map(one)) }"""
# In the suite; the others, and each from both places, take longer.
QUICKLY = {
    ("form", "port"),
    ("fetch as json", "port"),
    ("beacon", "port"),
    ("fetch without a referrer", "site"),
}
CASES = [
    pytest.param(way, where, marks=[] if (way, where) in QUICKLY else pytest.mark.long)
    for way in WAYS
    for where in ("port", "site")
]


def attack(page: Page, way: str, home: str, victim: Victim) -> None:
    requests = [
        {
            "url": home + request.path,
            "method": request.method,
            "sent": {name: str(value) for name, value in (request.sent or {}).items()},
        }
        for request in victim.writings()
    ]
    assert len(requests) > 60
    page.evaluate(ATTACK.replace("WAY", WAYS[way]), [way, requests])


def jar_of(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}  # type: ignore[misc]


@contextmanager
def arriving(what: str) -> Iterator[list[str]]:
    """The paths of requests that bring a cookie of this name along."""
    found: list[str] = []

    def note(environ: dict[str, Any] | None = None, **_more: Any) -> None:
        if environ and what in environ.get("HTTP_COOKIE", ""):
            found.append(environ["PATH_INFO"])

    request_started.connect(note)
    try:
        yield found
    finally:
        request_started.disconnect(note)


@pytest.mark.parametrize(("way", "where"), CASES)
def test_nothing_that_a_foreign_page_sends_changes_anything(
    way: str, where: str, live_server: Any, signed_in: BrowserContext, victim: Victim, *, host: Host
) -> None:
    """From another port of the same site all cookies come along; and it is a page that another publication names."""
    attacker = host.near if where == "port" else host.foreign
    Origin.objects.create(site=make.site("gazette"), origin=attacker)
    host.put("/win", PAGE)
    page = signed_in.new_page()
    page.goto(f"{attacker}/win")
    before, jar = everything(), jar_of(signed_in)
    with arriving("rejoinder_session") as came:
        attack(page, way, live_server.url, victim)
    assert everything() == before
    assert jar_of(signed_in).items() >= jar.items(), "nobody was signed out, or in as somebody else"
    if way != "fetch as json":  # of those, some are not even sent
        brings = where == "port" and "without credentials" not in way
        assert bool(came) == brings, (
            "the test is about requests that bring cookies, where a browser brings them"
        )


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.long)])
def test_forms_that_lead_the_reader_away_change_nothing(
    every: int, live_server: Any, signed_in: BrowserContext, victim: Victim, host: Host
) -> None:
    """The foreign page submits itself: the reader lands on our page, which has done nothing."""
    page = signed_in.new_page()
    before = everything()
    for number, request in enumerate(victim.writings()):
        if number % every:
            continue
        fields = "".join(
            f'<input name="{name}" value="{escape(str(value))}">'
            for name, value in (request.sent or {}).items()
        )
        form = f'<form method=post action="{live_server.url}{request.path}">{fields}</form>'
        host.put("/win", f"{PAGE}{form}")
        page.goto(f"{host.near}/win")
        with page.expect_navigation():
            page.evaluate("HTMLFormElement.prototype.submit.call(document.forms[0])")
        assert everything() == before, request


def test_the_same_requests_from_our_own_page_do_change_things(
    live_server: Any, signed_in: BrowserContext, victim: Victim
) -> None:
    """So the attacks are what their victim could really do."""
    page = signed_in.new_page()
    page.goto(f"{live_server.url}/healthz")
    before = everything()
    attack(page, "fetch", live_server.url, victim)
    after = everything()
    changed = {name for name in after if after[name] != before[name]}
    assert {"rejoinder_moderation.Flag", "rejoinder_discussion.Comment"} <= changed
