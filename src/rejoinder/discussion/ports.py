"""What the discussion asks of the apps above it. Each port has a harmless default; an app registers when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.safestring import SafeString

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import ORDERS, Order

# What came with a text, as evidence of how it was written; who screens gives it meaning. Empty: nobody looked.
Signals = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody sends: raw, as typed."""

    body: str
    name: str = ""
    parent: str = ""
    idempotency_key: str = ""
    guest_token: str = ""
    # What the tag calls its page, where this is the first comment there. A hint: anybody can send it.
    title: str = ""
    # Where to tell of answers; whether it is asked for is the site's rule.
    email: str = ""
    notify: bool = False
    signals: Signals = field(default_factory=dict)
    # The place of the discussed text that it is about, by the names of PLACE; empty: the whole of it.
    place: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment before it is one, or a new text of one (`comment`)."""

    thread: Thread
    author: Commenter
    name: str
    body: str
    viewer: Viewer
    parent: Comment | None = None
    comment: Comment | None = None
    signals: Signals = field(default_factory=dict)
    # What the screener found out before the transaction began (Screener.prepare).
    prepared: Any = None
    # What `Comment.anchor` will be.
    anchor: str = ""


def draft_of(comment: Comment, viewer: Viewer, body: str, prepared: Any = None) -> Draft:
    """A new text for a comment that is there already."""
    author = comment.author or viewer.commenter
    if author is None:
        raise LookupError("a comment without an author cannot be edited")
    return Draft(
        comment.thread,
        author,
        comment.author_name,
        body,
        viewer,
        comment.parent,
        comment,
        prepared=prepared,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Do not show it yet; or, where it does not hold, what else there is to write down of it.

    `reason` is a sentence that the author reads, `rule` names what decided. `signals` is for those who moderate: names
    and figures, kept with the decision. `notes` is the screener's own.
    """

    reason: str
    rule: str
    signals: Sequence[Mapping[str, Any]] = ()
    holds: bool = True
    notes: Any = None


class Screener(Protocol):
    """Whether a draft may show. `record` writes the verdict down, in the transaction of the comment.

    `prepare` is asked before that begins, so that what takes time keeps no other writer waiting; what it returns comes
    back as `Draft.prepared`. `parent`: the public id of what is answered, as it was sent; `quote`: words of the text
    that it is about, which are not its author's.

    Raises Refused (not taken here at all), TooMany, Paused, each with a sentence for who wrote it.
    """

    def prepare(self, viewer: Viewer, thread: Thread, body: str, parent: str, *, quote: str = "") -> Any: ...

    def screen(self, draft: Draft) -> Verdict | None: ...

    def record(self, comment: Comment, verdict: Verdict) -> None: ...


class ShowEverything:
    """The default: nothing is held."""

    def prepare(self, viewer: Viewer, thread: Thread, body: str, parent: str, *, quote: str = "") -> Any:
        return None

    def screen(self, draft: Draft) -> Verdict | None:
        return None

    def record(self, comment: Comment, verdict: Verdict) -> None:
        return None


# What may be sent beside a text, as text: a solved challenge (base 64), milliseconds from opening the form to sending,
# a field that people do not see, what a page of ours has signed when it was opened, and what a pause gave (Paused).
SENT = ("proof", "elapsed", "website", "began", "again")


class Watch(Protocol):
    """How a text was written. `collect` reads what was sent (of SENT, as text) and stores nothing; `challenge` is what
    a program has to work on before it posts here, as JSON, or None."""

    def collect(self, viewer: Viewer, thread: Thread, sent: Mapping[str, str]) -> Signals: ...

    def challenge(self, viewer: Viewer, thread: Thread) -> dict[str, Any] | None: ...


class LookAway:
    """The default: nothing is noted."""

    def collect(self, viewer: Viewer, thread: Thread, sent: Mapping[str, str]) -> Signals:
        return {}

    def challenge(self, viewer: Viewer, thread: Thread) -> dict[str, Any] | None:
        return None


class Letters(Protocol):
    """What is done with the e-mail address that somebody gives with a text.

    `receive` comes before anything is stored: raises InvalidInput (field `email`) where an address is needed and
    missing, and ConfirmFirst where it has kept the text until its address is confirmed. `keep` comes within the
    comment's transaction.
    """

    def receive(self, *, viewer: Viewer, thread: Thread, writing_: Writing) -> None: ...

    def keep(self, *, viewer: Viewer, comment: Comment, writing_: Writing) -> None: ...


class NoLetters:
    """The default: addresses are neither asked for nor kept."""

    def receive(self, *, viewer: Viewer, thread: Thread, writing_: Writing) -> None:
        return None

    def keep(self, *, viewer: Viewer, comment: Comment, writing_: Writing) -> None:
        return None


# (site number, comment numbers) -> markup by comment number, in one query.
Decoration = Callable[[int, Iterable[int]], dict[int, SafeString]]


@dataclass(frozen=True, slots=True)
class Action:
    """A form on a comment's own page: what this viewer may do with it."""

    name: str
    title: Any
    url: str
    template: str
    fields: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


CommentAction = Callable[[Viewer, Comment], list[Action]]
# What happened to a comment, as its author and staff may read it: (title, sentence, ISO time) rows.
History = Callable[[Viewer, Comment], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the publication, as the head of its pages leads to it."""

    title: str
    address: str


# Further pages about a thread, the same for all its readers; and about what this viewer did on a site.
ThreadLinks = Callable[[Site, Thread], list[Section]]
OwnLinks = Callable[[Viewer], list[Section]]
# The sections of a site's publication, in the order of its masthead.
Sections = Callable[[Site], list[Section]]


@dataclass(frozen=True, slots=True)
class Guidelines:
    """How one talks to each other on a site: markup that core.text made, and the address of its page."""

    html: SafeString
    url: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two comments of one person, and days after which discussions are closed; 0: neither."""

    slow: int = 0
    close_after: int = 0


# How threads of a section go on that say nothing else themselves. Asked with every window: costs no query.
PaceOf = Callable[[Site, str], Pace]
# What a site tells those who are about to write; None where it says nothing.
GuidelinesOf = Callable[[Site], Guidelines | None]

_screener: Screener = ShowEverything()
_guidelines: GuidelinesOf = lambda site: None  # noqa: E731
_pace: PaceOf = lambda site, section: Pace()  # noqa: E731
_sections: Sections = lambda site: []  # noqa: E731
_watch: Watch = LookAway()
_letters: Letters = NoLetters()
decorations: list[Decoration] = []
comment_actions: list[CommentAction] = []
histories: list[History] = []
thread_links: list[ThreadLinks] = []
own_links: list[OwnLinks] = []


def screener() -> Screener:
    return _screener


def register_screener(new: Screener) -> None:
    global _screener  # noqa: PLW0603
    _screener = new


def watch() -> Watch:
    return _watch


def register_watch(new: Watch) -> None:
    global _watch  # noqa: PLW0603
    _watch = new


def letters() -> Letters:
    return _letters


def takes_letters() -> bool:
    """Whether somebody is there to do anything with an address."""
    return not isinstance(_letters, NoLetters)


def register_letters(new: Letters) -> None:
    global _letters  # noqa: PLW0603
    _letters = new


def sections_of(site: Site) -> list[Section]:
    return _sections(site)


def guidelines_of(site: Site) -> Guidelines | None:
    return _guidelines(site)


def register_guidelines(new: GuidelinesOf) -> None:
    global _guidelines  # noqa: PLW0603
    _guidelines = new


def pace_of(site: Site, section: str) -> Pace:
    return _pace(site, section)


def register_pace(new: PaceOf) -> None:
    global _pace  # noqa: PLW0603
    _pace = new


def register_sections(new: Sections) -> None:
    global _sections  # noqa: PLW0603
    _sections = new


def register_order(order: Order) -> None:
    """Add an order under its name: stored sort keys and keyset columns."""
    ORDERS[order.name] = order
