"""Every page of the discussion drawn from made-up values: deep, flat, long, right-to-left, gone, hostile.

No database and no server: `render` draws a page, `serve` hands them to a browser from memory, under the
Content-Security-Policy of the real pages.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

import rejoinder
from rejoinder.accounts.badges import Badge
from rejoinder.discussion.windows.shape import INDENTED, More, Shown, Window

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

SOURCE = Path(rejoinder.__file__).parent
ORIGIN = "http://gallery.test"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOON = datetime(2026, 10, 18, 12, tzinfo=UTC)

# Marks piled on letters, a word of 300 characters, an address without a place to break.
HOSTILE = "Z" + "\u0351\u0334\u0319" * 40 + "a" + "\u0301" * 60 + "lgo"
ENDLESS = "Hafenverwaltungsoberinspektorin" * 10
ADDRESS = "https://harbour.example/archive/" + "2026/".rjust(5) * 30 + "?from=quay&to=" + "berth" * 12

MANNERS = [
    "<p>I was on the night ferry. The lights on the quay went at ten past two, that much is right. But the trawlers "
    "were all tied up: it was blowing seven.</p>",
    "<blockquote><p>forty metres inside the line</p></blockquote><p>Forty metres by <em>whose</em> chart? The line "
    "moved in June and the union still prints the old one.</p>",
    "<p>The new one is nailed up in the harbour office.</p>",
    "<p>Three things:</p><ul><li>the log says 51 minutes,</li><li>the bakery says two hours,</li><li>nobody asked the "
    "hospital.</li></ul><p>So which <strong>is</strong> it?</p>",
    f'<p>It is here: <a href="{ADDRESS}" rel="nofollow ugc noopener">{ADDRESS}</a></p>',
    "<p>From the log:</p><pre><code>02:10:04  feeder 7  TRIP   overcurrent phase L2, relay 51N, breaker open, "
    "lockout\n03:01:17  feeder 7  CLOSE\n</code></pre><p>That is <code>51 min</code>.</p>",
    f"<p>{ENDLESS}</p>",
    f"<p>{HOSTILE}</p><p>A line after it.</p>",
    "<p>انقطع التيار عن الرصيف في الساعة الثانية وعشر دقائق، لكن أحدًا لم يسأل المستشفى.</p><p>And in English: nobody "
    "asked the hospital.</p>",
    "<p>No heading.</p>",
]
NAMES = [
    ("Maren O.", ""),
    ("quayside_dad", ""),
    ("Tomas Rehn", "Harbour reporter"),
    ("ليلى الأحمد", ""),
    ("A name as long as names may be, and it says nothing at all of", ""),
    ("N" + "\u0351\u0334\u0319" * 17, ""),
    ("", ""),
    ("Old Salt", ""),
]


@dataclass
class Writer:
    """Makes comments with growing numbers, each in the next manner and by the next name."""

    made: int = 0
    parents: dict[int, str] = field(default_factory=dict)

    def write(self, depth: int = 0, *, parent: Shown | None = None, **given: Any) -> Shown:
        self.made += 1
        n = self.made
        name, badge = NAMES[n % len(NAMES)]
        values: dict[str, Any] = {
            "number": n,
            "id": f"g{n:03}",
            "state": "public",
            "name": name,
            "badges": (Badge("staff", badge),) if badge else (),
            "html": SafeString(MANNERS[n % len(MANNERS)]),
            "created": NOON + timedelta(minutes=17 * n) if n % 9 else None,
            "edited": NOON + timedelta(days=1) if n % 5 == 0 else None,
            "ups": (n * 37) % 213,
            "downs": (n * 11) % 19,
            "depth": depth,
            "reply_count": 0,
            "branch_count": 0,
            "parent_number": parent.number if parent else None,
        }
        return Shown(**{**values, **given})

    def chain(self, depth: int) -> Shown:
        """A comment and one reply beneath another down to the last indented level."""
        shown = self.write(depth)
        if depth < INDENTED:
            shown.replies = [self.chain(depth + 1)]
        return shown


def thread_window(**given: Any) -> Window:
    """A first window with everything that can be in one."""
    writer = Writer()
    roots = [writer.chain(0), *(writer.write() for _ in range(5))]
    deepest = roots[0]
    while deepest.replies:
        deepest.reply_count = 1
        deepest = deepest.replies[0]
    deepest.flat = [
        writer.write(INDENTED + n, parent_id=deepest.id, parent_name=deepest.name) for n in range(1, 4)
    ]
    deepest.flat_more = More("flat")
    busy = roots[1]
    busy.replies = [writer.write(1) for _ in range(3)]
    busy.reply_count, busy.more = 17, More("busy", 14)
    busy.replies[0].continued = True
    for shown, state in zip(roots[2:5], ("removed", "deleted", "held"), strict=True):
        shown.state, shown.html, shown.name = state, SafeString(""), ""
        shown.replies, shown.reply_count = [writer.write(1)], 1
    roots[5].target = True
    values: dict[str, Any] = {"comment_count": 1_214, "closed": False, "more": More("roots", 1_180), **given}
    return Window(site="post", key="story-7", order="best", revision=42, roots=roots, **values)


def own_held() -> Shown:
    """A comment as its own author sees it while it waits."""
    return Writer(90).write(state="held")


def discussion(window: Window, **given: Any) -> dict[str, Any]:
    """The context of rejoinder/discussion.html."""
    orders = [("best", "Best"), ("newest", "Newest"), ("oldest", "Oldest"), ("most-replied", "Most replied")]
    page = "/threads/post/?key=story-7"
    return {
        "window": window,
        "thread": SimpleNamespace(
            key="story-7", url="https://post.example/stories/bend/", title="Dredging stops at the bend"
        ),
        "site": SimpleNamespace(key="post", name="The Estuary Post", edit_window=900, guests=True),
        "site_name": "The Estuary Post",
        "page_title": "Dredging stops at the bend",
        "orders": [
            {"name": name, "label": label, "url": f"{page}&sort={name}", "current": name == window.order}
            for name, label in orders
        ],
        "post_url": "/threads/post/comments",
        "window_url": "/threads/post/window?key=story-7&sort=best",
        "mine_url": "/threads/post/mine?key=story-7",
        "challenge_url": "/threads/post/challenge?key=story-7",
        "new_url": "/threads/post/new?key=story-7",
        "newest": "g099" if window.comment_count else "",
        "page_url": page,
        "feed_url": "/threads/post/feed?key=story-7",
        "held_notice": False,
        **given,
    }


def _actions() -> list[dict[str, Any]]:
    given: dict[str, Any] = {"url": "/comments/g001/act", "fields": {"comment": "g001"}}
    flag_reasons = [
        ("abuse", "Insult or threat"),
        ("spam", "Advertising or spam"),
        ("other", "Something else"),
    ]
    decide = {
        "choices": [("approve", "approve"), ("hold", "hold"), ("remove", "remove")],
        "reasons": ["Personal attack.", "Advertising."],
        "flags": [{"label": "Insult or threat", "count": 3}],
    }
    return [
        {**given, "template": "rejoinder/actions/edit.html", "body": "What I *wrote*.", "until": NOON},
        {**given, "template": "rejoinder/actions/delete.html"},
        {**given, "template": "rejoinder/actions/flag.html", "reasons": flag_reasons},
        {**given, **decide, "template": "rejoinder/actions/decide.html"},
    ]


def _decision() -> dict[str, Any]:
    return {
        "label": "Held",
        "reason": "A first comment with a link waits.",
        "created": NOON,
        "by": "rule: links",
    }


def contexts() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of a page -> its template and context."""
    first = Writer().write
    errors = {
        "body": "Write something first.",
        "name": "This name looks like the name of somebody on the staff.",
    }
    base = discussion(thread_window())
    empty = Window("post", "story-7", "best", 0, 0, False, [])
    part = thread_window(kind="replies", above=[first(0), first(1)])
    private = {**base, "shown": first(), "decisions": [_decision()]}
    problem = {
        "status": 429,
        "title": "Too many comments at once",
        "message": "Wait a minute, then try again.",
    }
    found = [
        {"shown": first(), "thread_title": "Dredging", "thread_url": "#", "state": s, "decisions": n}
        for n, s in enumerate(["public", "held", "removed"])
    ]
    sentence = "Your comment waits for a moderator; only you see it."
    manners = SimpleNamespace(html=SafeString("<p>Say who says so.</p>"), url="/threads/post/guidelines/")
    return {
        "thread": ("rejoinder/thread.html", base),
        "empty": ("rejoinder/thread.html", discussion(empty, held_notice=True, guidelines=manners)),
        "closed": ("rejoinder/thread.html", discussion(thread_window(closed=True))),
        "part": ("rejoinder/thread.html", discussion(part)),
        "reply": (
            "rejoinder/reply.html",
            {**base, "shown": first(), "values": {"body": "Hm."}, "errors": errors},
        ),
        "confirm": (
            "rejoinder/confirm.html",
            {**base, "fields": {"key": "story-7", "body": "My words.\n\nTwo."}},
        ),
        "problem": ("rejoinder/problem.html", {**problem, "kept": "My words.", "back_url": "/"}),
        "actions": ("rejoinder/actions.html", {**private, "state": sentence, "actions": _actions()}),
        "thread-actions": ("rejoinder/thread_actions.html", {**private, "actions": _actions()[3:]}),
        "search": (
            "rejoinder/search.html",
            {
                **base,
                "query": "cable",
                "state": "",
                "states": [("held", "held")],
                "results": found,
                "count": 3,
            },
        ),
        "sign-in": ("account/login.html", {"form": _login_form()}),
    }


def _login_form() -> Any:
    from allauth.account.forms import LoginForm

    return LoginForm(request=RequestFactory().get("/accounts/login/"))


def render(name: str, language: str = "en") -> str:
    """The page `name` of `contexts()`."""
    with translation.override(language):
        template, context = contexts()[name]
        request = RequestFactory().get("/")
        return render_to_string(template, {"csrf_token": "made-up", **context, "user": None}, request)


Answer = Callable[[Any], dict[str, Any]]


def serve(context: BrowserContext, answers: dict[str, Answer], missing: list[str]) -> None:
    """Answers `context`'s requests from memory: `answers` first (path -> what `route.fulfill` takes), then static files
    and the pages above (`/thread`, in another language `/thread.ar`). What is none of these is noted in `missing`.
    """

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path in answers:
            route.fulfill(**answers[path](route.request))
            return
        found = _static(path) if path.startswith("/static/") else _page(path)
        if found is None:
            missing.append(f"not found: {path}")
        route.fulfill(**(found or {"status": 404, "body": ""}))

    context.route("**/*", answer)


def _page(path: str) -> dict[str, Any] | None:
    name, _, language = path.strip("/").partition(".")
    if name not in contexts():
        return None
    headers = {"Content-Security-Policy": CSP, "Content-Type": "text/html; charset=utf-8"}
    return {"body": render(name, language or "en"), "headers": headers}


def _static(path: str) -> dict[str, Any] | None:
    file = finders.find(path.removeprefix("/static/"))
    if not isinstance(file, str):
        return None
    return {"body": Path(file).read_bytes(), "content_type": mimetypes.guess_type(file)[0] or ""}
