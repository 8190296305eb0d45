"""What the templates of a discussion are given: addresses and data, the same for every reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Site
from rejoinder.core import ids, mail
from rejoinder.discussion import ports
from rejoinder.discussion.anchors import About, anchors
from rejoinder.discussion.errors import no_passage
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.notices import notices
from rejoinder.discussion.orders import DEFAULT, ORDERS
from rejoinder.discussion.queries import newest_id
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.draw import finish, lift_out, reveal, shown
from rejoinder.discussion.windows.shape import Shown, Window

FEED_LENGTH = 50


def order_labels() -> dict[str, str]:
    return {
        "best": _("Best"),
        "newest": _("Newest"),
        "oldest": _("Oldest"),
        "most-replied": _("Most replied to"),
        "unanswered": _("Waiting for an answer"),
    }


def orders_of(thread: Thread) -> dict[str, str]:
    """The orders that are offered, and what they are called: questions and answers have two of their own."""
    asks = thread.mode == Thread.Mode.QUESTIONS
    labels = order_labels() | ({"most-replied": _("Answered")} if asks else {})
    return {name: labels.get(name, name) for name in ORDERS if asks or name != "unanswered"}


def heading(count: int) -> str:
    """What stands above so many comments, as the template writes it; the scripts put it there when one was added."""
    if not count:
        return _("No comments yet")
    number = number_format(count, force_grouping=True)
    return ngettext("%(number)s comment", "%(number)s comments", count) % {"number": number}


def address(name: str, site: str, **asked: str) -> str:
    """The address of something of a site, with what is asked for in a fixed order."""
    path = reverse(f"rejoinder:{name}", args=[site])
    return f"{path}?{urlencode(asked)}" if asked else path


def thread_url(site: str, key: str, **more: str) -> str:
    return address("thread", site, key=key, **more)


def comment_url(comment: Comment) -> str:
    """Where a comment stands in its context, on the thread's own page."""
    public_id = ids.encode(comment.pk)
    return thread_url(comment.thread.site.key, comment.thread.key, at=public_id) + f"#c-{public_id}"


def speak(site: Site) -> None:
    """Answer in the site's language: a page is the same for all its readers."""
    translation.activate(site.language)


def empty_window(site: Site, thread: Thread, order: str) -> Window:
    return Window(
        site=site.key,
        key=thread.key,
        order=order,
        revision=thread.revision,
        comment_count=thread.comment_count,
        closed=thread.closed is not None,
        roots=[],
        invited=thread.is_by_invitation,
    )


def first_window(site: Site, thread: Thread, order: str = DEFAULT) -> Window:
    if not thread.is_born:
        return empty_window(site, thread, order)
    return build.first(site, thread, order)


def passage_url(site: str, key: str, anchor: str) -> str:
    """The page of the comments about one place of the text, with the form to write another one."""
    return thread_url(site, key, passage=anchor) + "#discussion"


def compose_context(site: Site, thread: Thread) -> dict[str, Any]:
    """What rejoinder/compose.html needs."""
    return {
        "site": site,
        "thread": thread,
        "post_url": address("comments", site.key),
        "page_url": thread_url(site.key, thread.key),
        "email_policy": site.guest_email if site.guests and ports.takes_letters() else Site.GuestEmail.NONE,
        "notifies": ports.takes_letters() and mail.works(),
        "guidelines": ports.guidelines_of(site),
    }


def discussion_context(site: Site, thread: Thread, window: Window, *, page_url: str = "") -> dict[str, Any]:
    """What rejoinder/discussion.html needs. `page_url`: the page it stands in, if not the thread's own."""
    own = thread_url(site.key, thread.key)
    return {
        **compose_context(site, thread),
        "page_url": page_url or own,
        "window": window,
        "about": about_of(thread, window),
        "orders": [
            {
                "name": name,
                "label": label,
                "url": _order_url(site, thread, name, window.anchor),
                "current": name == window.order,
            }
            for name, label in orders_of(thread).items()
        ],
        "window_url": address("window", site.key, key=thread.key),
        "mine_url": address("mine", site.key, key=thread.key),
        "challenge_url": address("challenge", site.key, key=thread.key),
        "new_url": address("new", site.key, key=thread.key),
        "newest": newest_id(thread, window.revision),
        "feed_url": address("feed", site.key, key=thread.key),
        "links": [link for links in ports.thread_links for link in links(site, thread)],
        "notices": notices(site, thread),
    }


def _order_url(site: Site, thread: Thread, name: str, anchor: str) -> str:
    about = {"passage": anchor} if anchor else {}
    return thread_url(site.key, thread.key, sort=name, **about) + "#discussion"


def about_of(thread: Thread, window: Window) -> About | None:
    """The place of the text whose comments a window shows, if it is one. Raises NotFound where there is no such one."""
    if not window.anchor:
        return None
    found = anchors().find(thread, window.anchor)
    if found is None:
        raise no_passage()
    return found


def several(site: Site, comments: Sequence[Comment]) -> list[Shown]:
    """Comments as those who moderate see them, in their order; a fixed number of queries."""
    drawn = {comment.pk: shown(comment) for comment in comments}
    for comment in comments:
        if drawn[comment.pk].gone and comment.html:
            reveal(comment, drawn[comment.pk])
    finish(site, comments, drawn)
    return list(drawn.values())


def one(site: Site, comment: Comment, *, own: bool = False, by_guest: bool = False) -> Shown:
    """A single comment as it is shown; with `own` its author (or staff) sees what is held or removed."""
    drawn = shown(comment)
    if own and drawn.gone and comment.html:
        reveal(comment, drawn)
    # Only a site's own token says who wrote a story; where there is none, the thread need not be looked up.
    key = comment.thread.key if site.sso_issuer else ""
    alone = {comment.pk: drawn}
    finish(site, [comment], alone, key=key, by_guests=by_guest)
    lift_out(comment.thread, [comment], alone)
    return drawn
