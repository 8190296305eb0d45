"""A small publication with one address of each kind, and what a visit to a page finds out about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rejoinder.accounts.models import Site
from rejoinder.core import clock, ids
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Manners, SectionPace
from rejoinder.newsroom.composing import Lead
from tests import factories
from tests.browser import sourcing
from tests.browser.asking import RULES, violations
from tests.newsroom import papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GUIDELINES = "Argue with what is said, not with who says it.\n\n- Name your source."
# What moves by less than a hair while a page comes in, in the unit of the Layout Instability API.
STILL = 0.001
SHIFTS = """window.shifts = [];
new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput)
  shifts.push([entry.value, ...entry.sources.map(s => s.node?.outerHTML?.slice(0, 80) ?? "")]) })
.observe({ type: "layout-shift", buffered: true })"""
# Whatever this browser has seen, it saw an hour earlier.
LONG_AGO = """() => { for (const name of Object.keys(localStorage).filter(name => name.startsWith("rejoinder:seen:"))) {
  const kept = JSON.parse(localStorage[name]); kept.at -= 3_600_000; localStorage[name] = JSON.stringify(kept) } }"""
SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass(frozen=True, slots=True)
class Paper:
    """`reading`: addresses that set no cookie; `acting`: those with a form of one's own; `staff`: for who moderates.

    `long` is a thread with more than one window.
    """

    long: str
    reading: dict[str, str]
    acting: dict[str, str]
    staff: dict[str, str]
    moderator: Client


def publish(home: str) -> Paper:
    parts = urlsplit(home)
    front = papers.newsroom(hostname=parts.hostname or "", port=parts.port or 80)
    site, harbour = front.publication, papers.section(front)
    ada = papers.author(front)
    for hours in range(1, 8):
        papers.story(front, section=harbour, published=clock.now() - timedelta(hours=hours))
    lead = Lead(papers.photograph(1000, 600), "A quay", "The quay at dusk", "Ada Brook")
    told = papers.story(
        front,
        section=harbour,
        authors=[(ada, ada.title)],
        lead=lead,
        standfirst="Nobody pushed.",
        body=sourcing.BODY,
    )
    source = sourcing.sourced(told, front)
    Manners.objects.create(site=site, guidelines=GUIDELINES)
    SectionPace.objects.create(site=site, section="Council", slow=60)
    reader = factories.account("Edda Loom")
    of, deep = papers.thread_of(told, front), _discussed(papers.thread_of(told, front))
    at = {"site": site.key, "key": of.key, "comment": deep.public_id, "slug": told.slug}
    at["source"] = source
    factories.comment(of, "What I wrote stands on a page of mine too.", by=reader)
    at["person"] = ids.encode(reader.pk)
    threads = _threads(at, closed=_closed(site), arabic=_arabic(), deep=deep)
    return Paper(
        long=f"{reverse('rejoinder:thread', args=[site.key])}?key={_long(site).key}",
        reading=_reading(at) | threads,
        acting=_acting(at),
        staff=_staff(at),
        moderator=factories.signed_in(factories.staff(site, "editor")),
    )


def _discussed(of: Thread) -> Comment:
    """A conversation past the readable depth, and its deepest comment."""
    return factories.rows_of(of, [None, *range(7), None])[7]


def _long(site: Site) -> Thread:
    """More roots than a window holds: the next window is short."""
    of = factories.thread(site, "everybody", title="Everybody said something")
    factories.rows_of(of, [None] * 60)
    return of


def _closed(site: Site) -> Thread:
    of = factories.thread(site, "closed", title="Closed long ago")
    factories.comment(of, "Said in time.")
    Thread.objects.filter(pk=of.pk).update(closed=clock.now())
    return of


def _arabic() -> Comment:
    of = factories.thread(
        factories.site(language="ar", name="جريدة المرفأ"), title="من قال إن الباب كان مفتوحا؟"
    )
    first = factories.comment(of, "> الحارس قال ذلك\n\nوالسجل لا يذكره.", name="ليلى")
    return factories.comment(of, "And in English: `the gate` was open.", parent=first, name="Osk")


def _threads(at: dict[str, str], *, closed: Thread, arabic: Comment, deep: Comment) -> dict[str, str]:
    thread = reverse("rejoinder:thread", args=[at["site"]])
    theirs = reverse("rejoinder:thread", args=[arabic.thread.site.key])
    return {
        "thread, newest": f"{thread}?key={at['key']}&sort=newest",
        "thread, at a comment": f"{thread}?key={at['key']}&at={deep.public_id}",
        "thread, closed": f"{thread}?key={closed.key}",
        "thread, Arabic": f"{theirs}?key={arabic.thread.key}",
        "reply, Arabic": reverse("rejoinder:reply", args=[arabic.public_id]),
        "400": f"{thread}?key={at['key']}&sort=wild",
        "404": "/nowhere/",
        "405": reverse("rejoinder:votes", args=[at["site"]]),
    }


def _reading(at: dict[str, str]) -> dict[str, str]:
    return {
        "front": "/",
        "rejoinder_story": f"/stories/{at['slug']}/",
        "section": "/sections/harbour/",
        "sections": "/sections/",
        "author": "/authors/ada-brook/",
        "rejoinder_corrections": "/corrections/",
        "rejoinder_source": f"/sources/{at['source']}/",
        "authors": "/authors/",
        "rejoinder:thread": f"{reverse('rejoinder:thread', args=[at['site']])}?key={at['key']}",
        "rejoinder:comment": reverse("rejoinder:comment", args=[at["comment"]]),
        "rejoinder:reply": reverse("rejoinder:reply", args=[at["comment"]]),
        "rejoinder:person": reverse("rejoinder:person", args=[at["site"], at["person"]]),
        "rejoinder:guidelines": reverse("rejoinder:guidelines", args=[at["site"]]),
        "rejoinder:error-report": f"{reverse('rejoinder:error-report', args=[at['site']])}?key={at['key']}",
    }


def _acting(at: dict[str, str]) -> dict[str, str]:
    return {
        "account_login": reverse("account_login"),
        "account_signup": reverse("account_signup"),
        "account_reset_password": reverse("account_reset_password"),
        # Of an address that was mistyped; the others are looked at by those who have a letter.
        "rejoinder:mail-confirm": f"{reverse('rejoinder:mail-confirm')}?t=none",
        "rejoinder:mail-stop": f"{reverse('rejoinder:mail-stop')}?t=none",
        "rejoinder:actions": reverse("rejoinder:actions", args=[at["comment"]]),
    }


def _staff(at: dict[str, str]) -> dict[str, str]:
    return {
        "rejoinder:actions": reverse("rejoinder:actions", args=[at["comment"]]),
        "rejoinder:thread-actions": f"{reverse('rejoinder:thread-actions', args=[at['site']])}?key={at['key']}",
        "rejoinder:search": f"{reverse('rejoinder:search', args=[at['site']])}?q=Row",
        "rejoinder:console-people": f"{reverse('rejoinder:console-people', args=[at['site']])}?q=Edda",
        "rejoinder:console-person": reverse("rejoinder:console-person", args=[at["site"], at["person"]]),
        "rejoinder:console-threads": reverse("rejoinder:console-threads", args=[at["site"]]),
        "rejoinder:console-thread": f"{reverse('rejoinder:console-thread', args=[at['site']])}?key={at['key']}",
        "rejoinder:console-manners": reverse("rejoinder:console-manners", args=[at["site"]]),
        "rejoinder:console-sections": reverse("rejoinder:console-sections", args=[at["site"]]),
        "rejoinder:me": reverse("rejoinder:me"),
        "rejoinder:erase": reverse("rejoinder:erase"),
        "rejoinder:sites": reverse("rejoinder:sites"),
        "account_change_password": reverse("account_change_password"),
        "account_logout": reverse("account_logout"),
        "rejoinder_story": f"/stories/{at['slug']}/",
    }


def names_of_addresses(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[str]:
    """Every address that has a name and a view of ours, as `reverse` takes it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of_addresses(pattern.url_patterns, inner)
        elif pattern.name and getattr(pattern.callback, "__module__", "").startswith("rejoinder."):
            yield space + pattern.name


class Visitor:
    """Goes from page to page in one browser and keeps what is wrong with each."""

    def __init__(
        self, browser: Browser, home: str, *, width: int, scheme: Any, rules: list[str] = RULES
    ) -> None:
        self.home, self.width, self.rules, self.found = home, width, rules, list[str]()
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.context.add_init_script(SHIFTS)
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self._must_be_ours(request.url))
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, complaint: str) -> None:
        self.found.append(f"{self.page.url.removeprefix(self.home)}: {complaint}")

    def _must_be_ours(self, url: str) -> None:
        if not url.startswith((self.home, "data:")):
            self._note(f"asks {url}")

    def look_at(self, path: str) -> None:
        self.page.set_viewport_size({"width": self.width, "height": 900})
        answer = self.page.goto(self.home + path)
        if answer and answer.status == 403:
            self._note("is refused: what it says is not looked at")
        if self.page.locator("[data-votes]").count():
            # The private request has come and was drawn.
            self.page.locator("[data-votes] [aria-pressed]").first.wait_for()
        self.look()

    def look(self) -> None:
        """At the page that is open: accessible, still, and no wider than the smallest phone."""
        self.page.wait_for_load_state()
        self.page.evaluate(SETTLED)
        moved = [shift for shift in self.page.evaluate("window.shifts") if shift[0] > STILL]
        for shift in moved:
            self._note(f"moves {shift}")
        for violation in violations(self.page, self.rules):
            self._note(violation)
        self.page.set_viewport_size({"width": 320, "height": 900})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            self._note(f"scrolls sideways: {wide} px")
