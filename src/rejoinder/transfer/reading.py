"""Title, author and the like of the page that a thread stands on: read from it, by a job, once the thread is born.

Never in the way of who writes: the job may come late, and may come to nothing. Only pages on origins that the site
names are asked, and they may lead on to such pages only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from urllib.parse import urlsplit

import structlog
from lxml.html import HtmlElement

from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import is_registered
from rejoinder.core import clock, events, jobs
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, RejoinderError, Unavailable
from rejoinder.core.limits import Limit, take
from rejoinder.core.outbound import Answer, fetch
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.events import ThreadOpened
from rejoinder.discussion.metadata import describe_thread
from rejoinder.discussion.models import Thread
from rejoinder.transfer.importers import page_facts
from rejoinder.transfer.importers.dom import attribute, parse
from rejoinder.transfer.importers.jsonld import Graph
from rejoinder.transfer.importers.page_bytes import decode_anyhow

log = structlog.get_logger("rejoinder.pages")

# A page may not be published yet when somebody tries the discussion beneath it. After the last of these, staff can ask.
PAUSES = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=4), timedelta(days=1))
# Each may take five seconds, in which no other job is done.
PAGES = Limit("pages", most=6, window=timedelta(minutes=1))
_HTML = {"text/html", "application/xhtml+xml"}
# A byte that is no letter in the encoding which the page names.
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; empty or None where it does not."""

    title: str
    url: str
    byline: str
    section: str
    published: datetime | None


@events.listen(ThreadOpened, name="transfer.read_page")
def thread_opened(event: ThreadOpened) -> None:
    """Ask the page of a new thread, where it is foreign and nobody of the staff has given a title."""
    thread = Thread.objects.select_related("site").filter(pk=event.thread).first()
    if thread is not None and not thread.title and is_registered(thread.site, thread.url):
        _later(thread.pk, attempt=0, pause=timedelta())


def _later(thread: int, *, attempt: int, pause: timedelta) -> None:
    with writing():
        due = clock.now() + pause
        jobs.enqueue("transfer.read_page", key=f"page:{thread}", due=due, thread=thread, attempt=attempt)


def read_page(*, thread: int, attempt: int) -> None:
    """Job: ask a page; again after a pause where that comes to nothing."""
    found = Thread.objects.select_related("site").filter(pk=thread).first()
    if found is None or found.read is not None:
        return
    wait = take(PAGES, str(found.site_id))
    if wait is not None:
        _later(thread, attempt=attempt, pause=timedelta(seconds=wait))
        return
    try:
        read_page_of(thread=found)
    except RejoinderError as error:
        log.info("page not read", thread=thread, attempt=attempt, why=str(error)[:300])
        if attempt < len(PAUSES):
            _later(thread, attempt=attempt + 1, pause=PAUSES[attempt])


jobs.register("transfer.read_page", read_page)


def read_page_of(*, thread: Thread) -> Thread:
    """Ask the page of a thread now, and store what it says of itself.

    Raises InvalidInput for a page that is not asked, Unavailable where nothing usable comes back.
    """
    site = thread.site

    def named(url: str) -> bool:
        return is_registered(site, url)

    if not named(thread.url):
        message = f"{thread.url or thread.key} is on no origin that {site.key} names."
        raise InvalidInput(code="not-registered", message=message, field="url")
    answer = fetch(thread.url, headers={"Accept": "text/html, application/xhtml+xml"}, allowed=named)
    root = _page(answer)
    _check_is_its_page(thread, root)
    facts = facts_of(root)
    return describe_thread(
        thread=thread,
        title=facts.title,
        url=_address(site, answer.url, facts.url),
        byline=facts.byline,
        section=facts.section,
        published=facts.published,
        read=True,
    )


def _page(answer: Answer) -> HtmlElement:
    said = Message()
    said["Content-Type"] = answer.headers.get("content-type", "text/html")
    if not answer.ok or said.get_content_type() not in _HTML:
        what = said.get_content_type()[:60] if answer.ok else str(answer.status)
        raise Unavailable(f"{answer.url} answers with {what}, not with a page.", code="no-page")
    charset = said.get_param("charset", "")
    return parse(decode_anyhow(answer.body, charset if isinstance(charset, str) else ""))


def _check_is_its_page(thread: Thread, root: HtmlElement) -> None:
    """A thread with a name of its own says which page it is on; whoever began it said so. Does the page say it too?"""
    if normalise_url(thread.key) is not None:
        return
    if not any(attribute(tag, "key") == thread.key for tag in root.iter("rejoinder-thread")):
        raise Unavailable(f"{thread.url} does not name the thread {thread.key}.", code="no-page")


def facts_of(root: HtmlElement) -> Facts:
    """What a parsed page says of itself. A text with letters lost is none."""
    graph = Graph(root)
    texts = {
        "title": page_facts.title(root, graph),
        "url": page_facts.canonical_url(root),
        "byline": ", ".join(page_facts.byline(root, graph)),
        "section": page_facts.section(root, graph),
    }
    published = page_facts.published(root, graph)
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    kept = {name: "" if _LOST in text else text for name, text in texts.items()}
    return Facts(**kept, published=published)


def _address(site: Site, asked: str, canonical: str) -> str:
    """The address that the page says it has, where it may: of an origin of the site, and not the home page.

    A template that names the home page on every page is a common mistake; a thread's link would lead nowhere.
    """
    url = normalise_url(canonical) or ""
    home = not urlsplit(url).path.strip("/") and bool(urlsplit(asked).path.strip("/"))
    return url if url and not home and is_registered(site, url) else ""
