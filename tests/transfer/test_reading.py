"""A thread's title comes from its page: from that page alone, later than the comment, and whatever the page is."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from rejoinder.accounts.models import Origin, Site
from rejoinder.core import clock, jobs
from rejoinder.core.errors import InvalidInput, RejoinderError
from rejoinder.core.models import Job
from rejoinder.discussion.actions import open_thread
from rejoinder.discussion.metadata import describe_thread
from rejoinder.discussion.models import Comment, Thread
from rejoinder.transfer.reading import PAGES, PAUSES, read_page_of
from tests import factories as make
from tests.outside import Asked, Outside, Reply, let_in, outside

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>The window's title</title>
<link rel="canonical" href="{base}/stories/harbour"><meta property="og:title" content="For sharing">
<meta name="author" content="Ines Falk; Jo Brandt"><meta property="article:section" content="Harbour">
<meta property="article:published_time" content="2026-05-04T08:30:00+02:00"></head>
<body><h1>The harbour stays  open</h1><rejoinder-thread key="harbour-1"></rejoinder-thread></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}


@contextmanager
def pages(settings: Any, answer: Any) -> Iterator[tuple[Outside, Site]]:
    """A foreign server and a site that names its origin. `answer`: a Reply, or a function that gives one."""
    let_in(settings)
    with outside(answer if callable(answer) else lambda asked: answer) as server:
        site = make.site()
        Origin.objects.create(site=site, origin=server.url)
        yield server, site


def page(server: Outside, body: str = PAGE) -> bytes:
    return body.replace("{base}", server.url).encode()


def birth(site: Site, url: str, **more: Any) -> Thread:
    """A reader writes the first comment on a page."""
    answer = make.guest().write(Thread(site=site, key=url), "The first.", url=url, **more)
    assert answer.status_code == 201, answer.content
    return Thread.objects.get(site=site)


def test_title_and_the_like_are_taken_from_the_page(settings: Any) -> None:
    server: Outside

    def answer(asked: Asked) -> Reply:
        return 200, HTML, page(server)

    with pages(settings, answer) as (server, site):
        thread = birth(site, f"{server.url}/stories/harbour?ref=7", title="Buy pills here")
        assert (thread.title, thread.hint, server.asked) == ("", "Buy pills here", [])
        before = thread.revision
        jobs.work_once()
        thread.refresh_from_db()
        assert (thread.title, thread.section) == ("The harbour stays open", "Harbour")
        assert thread.byline == "Ines Falk, Jo Brandt"
        assert thread.published == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
        assert thread.url == f"{server.url}/stories/harbour"
        assert thread.key == f"{server.url}/stories/harbour?ref=7"
        assert thread.revision > before
        assert [asked.path for asked in server.asked] == ["/stories/harbour?ref=7"]
        assert (
            "The harbour stays open"
            in make.guest().get(f"/threads/{site.key}/", {"key": thread.key}).content.decode()
        )


def test_what_a_reader_calls_the_page_is_shown_to_no_reader(settings: Any) -> None:
    with pages(settings, (404, HTML, b"")) as (server, site):
        thread = birth(site, f"{server.url}/a", title="Buy pills here")
        jobs.work_once()
        for address in (f"/threads/{site.key}/", f"/threads/{site.key}/window", f"/threads/{site.key}/feed"):
            assert "Buy pills" not in make.guest().get(address, {"key": thread.key}).content.decode()


def test_a_thread_with_a_name_of_its_own_begins_on_a_registered_page_only(settings: Any) -> None:
    site = make.site()
    browser, named = make.guest(), Thread(site=site, key="harbour-1")
    assert browser.write(named).status_code == 404
    assert browser.write(named, url="https://evil.example/a").status_code == 404
    assert browser.write(named, url=f"https://{site.key}.example.evil.example/a").status_code == 404
    assert browser.write(named, url=f"https://{site.key}.example/a").status_code == 201
    assert Thread.objects.get().url == f"https://{site.key}.example/a"
    # A key that is an address means that page, whatever else is said.
    elsewhere = Thread(site=site, key="https://evil.example/a")
    assert browser.write(elsewhere, url=f"https://{site.key}.example/a").status_code == 404


@pytest.mark.parametrize(("key", "found"), [("harbour-1", "The harbour stays open"), ("another", "")])
def test_a_page_counts_where_it_names_the_thread(settings: Any, key: str, found: str) -> None:
    """Whoever writes first says which page a thread is on; it could be another one."""
    with pages(settings, lambda asked: (200, HTML, PAGE.encode())) as (server, site):
        answer = make.guest().write(Thread(site=site, key=key), url=f"{server.url}/a")
        assert answer.status_code == 201
        jobs.work_once()
        assert Thread.objects.get().title == found


def test_a_page_that_is_not_there_yet_is_asked_again(settings: Any) -> None:
    there = False

    def answer(asked: Asked) -> Reply:
        return (200, HTML, b"<h1>Late</h1>") if there else (404, HTML, b"")

    with pages(settings, answer) as (server, site), time_machine.travel(clock.now(), tick=False) as time:
        birth(site, f"{server.url}/a")
        jobs.work_once()
        assert (len(server.asked), Thread.objects.get().title) == (1, "")
        jobs.work_once()
        assert len(server.asked) == 1
        there = True
        time.shift(PAUSES[0] + timedelta(seconds=1))
        jobs.work_once()
        assert Thread.objects.get().title == "Late"


def test_a_page_that_never_comes_is_let_be_and_parks_no_job(settings: Any) -> None:
    with (
        pages(settings, (500, HTML, b"")) as (server, site),
        time_machine.travel(clock.now(), tick=False) as time,
    ):
        birth(site, f"{server.url}/a")
        for pause in (*PAUSES, timedelta(days=9)):
            jobs.work_once()
            time.shift(pause + timedelta(seconds=1))
        jobs.work_once()
        assert len(server.asked) == len(PAUSES) + 1
        assert not Job.objects.filter(task="transfer.read_page").exists()
        assert not Job.objects.exclude(parked=None).exists()


def test_a_crowd_of_new_threads_asks_a_few_pages_a_minute(settings: Any) -> None:
    with pages(settings, (200, HTML, b"<h1>Here</h1>")) as (server, site):
        now = clock.now()
        with time_machine.travel(now, tick=False) as time:
            for number in range(PAGES.most + 3):
                birth_of = Thread(site=site, key=f"{server.url}/{number}")
                assert make.guest().write(birth_of).status_code == 201
            jobs.work_once()
            assert len(server.asked) == PAGES.most
            time.shift(timedelta(minutes=1, seconds=5))
            jobs.work_once()
            assert Thread.objects.exclude(title="").count() == PAGES.most + 3


def test_only_pages_on_named_origins_are_asked(settings: Any) -> None:
    let_in(settings)
    with outside(lambda asked: (200, HTML, b"<h1>Inside</h1>")) as server:
        thread = make.thread(make.site(), url=f"{server.url}/admin")
        jobs.work_once()
        with pytest.raises(InvalidInput):
            read_page_of(thread=thread)
        assert server.asked == []


def test_a_page_that_leads_off_its_origins_is_not_followed(settings: Any) -> None:
    with (
        outside(lambda asked: (200, HTML, b"<h1>Elsewhere</h1>")) as other,
        pages(settings, (302, {"Location": f"{other.url}/x"}, b"")) as (server, site),
    ):
        birth(site, f"{server.url}/a")
        jobs.work_once()
        assert (Thread.objects.get().title, other.asked) == ("", [])


def test_a_title_of_staff_or_of_a_story_is_not_asked_for(settings: Any) -> None:
    with pages(settings, (200, HTML, b"<h1>The page's</h1>")) as (server, site):
        thread = open_thread(site=site, key=f"{server.url}/a", url=f"{server.url}/a", title="Ours")
        jobs.work_once()
        assert (Thread.objects.get().title, server.asked) == ("Ours", [])
        assert describe_thread(thread=thread, title="  Ours\x00,\n again ").title == "Ours, again"


def canonical(address: str) -> bytes:
    return f'<h1>T</h1><link rel="canonical" href="{address}">'.encode()


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://evil.example/a", "//evil.example/a", "{base}/", "{base}", "data:text/html,x",
     "http://user@{host}/b", "http://{host}.evil.example/b", "http://[", "/b", "x" * 3000],
)  # fmt: skip
def test_an_address_that_the_page_may_not_have_is_not_taken(settings: Any, address: str) -> None:
    server: Outside

    def answer(asked: Asked) -> Reply:
        host = server.url.removeprefix("http://")
        return 200, HTML, canonical(address.replace("{base}", server.url).replace("{host}", host))

    with pages(settings, answer) as (server, site):
        thread = birth(site, f"{server.url}/a")
        jobs.work_once()
        thread.refresh_from_db()
        assert (thread.title, thread.url) == ("T", f"{server.url}/a")


LATIN = "<title>Größe</title>".encode("latin-1")


@pytest.mark.parametrize(
    ("headers", "body", "title"),
    [
        ({"Content-Type": "text/html; charset=iso-8859-1"}, LATIN, "Größe"),
        ({"Content-Type": "text/html"}, b"<meta charset=windows-1252>" + LATIN, "Größe"),
        ({"Content-Type": "text/html; charset=utf-7"}, b"<title>+ADw-script+AD4-</title>", "+ADw-script+AD4-"),
        ({"Content-Type": "text/html; charset=martian"}, "<title>Größe</title>".encode(), "Größe"),
        ({"Content-Type": "text/html; charset=zip"}, b"<title>Plain</title>", "Plain"),
        ({"Content-Type": "text/html; charset*=utf-8''utf-8"}, b"<title>Plain</title>", "Plain"),
        ({"Content-Type": "text/html"}, LATIN, ""),  # letters lost: no title rather than a broken one
        ({"Content-Type": "text/html"}, b"<title>" + b"x" * 500 + b"</title>", "x" * 299 + "…"),
        ({"Content-Type": "text/html"}, b"<title>A&lt;b&gt; \xe2\x80\xae x</title>", None),
        ({"Content-Type": "text/html"}, b"<title>T</title>" + b"<div>" * 5000, ""),
        ({"Content-Type": "text/html"}, b"<title>T</title>" + b"x" * 2_000_000, ""),
        ({"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"<h1>" * 5_000_000), ""),
        ({"Content-Type": "text/html"}, b'<title>T</title><script type="application/ld+json">' + b"[" * 90_000, "T"),
        ({"Content-Type": "application/pdf"}, b"%PDF-1.4", ""),
        ({"Content-Type": "image/svg+xml"}, b"<svg><title>T</title></svg>", ""),
        ({"Content-Type": "\x0b\x0c;;;="}, b"<title>T</title>", None),
        ({"Content-Type": "text/html"}, b"", ""),
        ({"Content-Type": "text/html"}, b"\x00\xff\xfe<title", ""),
    ],
)  # fmt: skip
def test_a_hostile_page_does_no_harm(
    settings: Any, headers: dict[str, str], body: bytes, title: str | None
) -> None:
    with pages(settings, (200, headers, body)) as (server, site):
        thread = birth(site, f"{server.url}/a")
        jobs.work_once()
        thread.refresh_from_db()
        assert title is None or thread.title == title
        assert "\u202e" not in thread.title
        assert not Job.objects.exclude(last_error="").exists()
        assert Comment.objects.get().state == "public"


def test_staff_may_ask_a_page_at_once_and_are_told_why_not(settings: Any) -> None:
    with pages(settings, (503, HTML, b"")) as (server, site):
        thread = birth(site, f"{server.url}/a")
        with pytest.raises(RejoinderError, match="503"):
            read_page_of(thread=thread)
