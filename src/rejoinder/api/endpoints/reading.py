"""What all readers share: kept by caches and by the short path, until the thread changes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site
from rejoinder.api import shapes
from rejoinder.api.door import given, passes
from rejoinder.api.listing import listed
from rejoinder.api.schema import AskedComments, AskedCounts, AskedThread
from rejoinder.core import ids
from rejoinder.core.http import BadRequest
from rejoinder.discussion import pages, ports
from rejoinder.discussion.anchors import anchors
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.errors import no_comment, no_passage
from rejoinder.discussion.models import Thread
from rejoinder.discussion.notices import notices
from rejoinder.discussion.pace import pause_of
from rejoinder.discussion.queries import access_thread, counts_by_key, thread_key
from rejoinder.discussion.views.reading import public
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.cursor import Cursor, parse
from rejoinder.discussion.windows.shape import Window

router = Router(tags=["Reading"])

# Counts of many threads have no one revision: kept so long (s) and no longer.
MOMENT = 2.0


def asked_thread(site: Site, asked: AskedThread) -> Thread:
    """The thread that a request names. Raises NotFound."""
    return access_thread(site, thread_key(key=asked.key or None, url=asked.url or None), asked.url)


def _kept(response: HttpResponse, site: Site, thread: Thread, revision: int) -> HttpResponse:
    if not thread.is_born:
        return public(response)
    return share(response, site=site, thread=thread, revision=revision)


@router.get("/sites/{slug:site}/thread", response=shapes.ThreadGiven, url_name="api-thread")
@passes(public=True)
def thread(request: HttpRequest, site: str, asked: Query[AskedThread]) -> HttpResponse:
    """How many comments a thread has, its revision, and what writing in it asks of people."""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(found, asked)
    guidelines = ports.guidelines_of(found)
    policy = shapes.Policy(
        guests=found.guests and not found.sso_required,
        email=found.guest_email,
        edit_window=found.edit_window,
        closed=of.closed is not None,
        held=found.hold_all or of.holds,
        mode=of.mode,
        pause=pause_of(found, of),
        notices=notices(found, of),
        guidelines=guidelines.url if guidelines else "",
    )
    answer = shapes.ThreadGiven(
        site=found.key,
        key=of.key,
        url=of.url,
        title=of.title,
        count=of.comment_count,
        revision=of.revision,
        state="closed" if of.closed else "open",
        policy=policy,
    )
    return _kept(given(answer), found, of, of.revision)


@router.get("/sites/{slug:site}/counts", response=shapes.CountsGiven, url_name="api-counts")
@passes(public=True)
def counts(request: HttpRequest, site: str, asked: Query[AskedCounts]) -> HttpResponse:
    """The counts of up to a hundred threads at once.

    `key=` for each, no key twice. A thread that is not there has none.
    """
    found = access_site(site)
    pages.speak(found)
    keys = {asked_key: thread_key(key=asked_key, url=None) for asked_key in asked.key}
    numbers = counts_by_key(found.pk, set(keys.values()))
    answer = shapes.CountsGiven(counts={given_: numbers.get(key, 0) for given_, key in keys.items()})
    return share(given(answer), site=found, seconds=MOMENT)


@router.get("/sites/{slug:site}/comments", response=shapes.CommentsGiven, url_name="api-comments")
@passes(public=True)
def comments(request: HttpRequest, site: str, asked: Query[AskedComments]) -> HttpResponse:
    """A part of a thread as a flat list, in the order in which one reads it, with cursors for the rest.

    Without `cursor` and `parent`: the first window, as pages show it. `parent`: the replies to that comment.
    `limit` bounds the list asked for (first comments, or replies to `parent`); beneath each stand some replies.
    """
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(found, asked)
    window = _window(found, of, asked)
    return _kept(given(listed(found, of, window)), found, of, window.revision)


def _window(site: Site, of: Thread, asked: AskedComments) -> Window:
    if not of.is_born:
        if asked.cursor or asked.parent or asked.passage:
            raise no_comment()
        return pages.empty_window(site, of, asked.sort)
    if asked.cursor and asked.parent:
        raise BadRequest(
            _("A cursor knows whose replies it goes through: leave “parent” out."), code="cursor"
        )
    if asked.passage and (asked.cursor or asked.parent):
        raise BadRequest(
            _("A cursor knows which passage it is about, and so does a comment: leave “passage” out."),
            code="cursor",
        )
    if asked.cursor:
        at = parse(asked.cursor, thread=of.pk, order=asked.sort)
        return build.further(site, of, at, asked.limit)
    if asked.parent:
        owner = ids.decode(asked.parent)
        if not owner:
            raise no_comment()
        return build.further(site, of, Cursor("c", asked.sort, of.pk, owner), asked.limit)
    if asked.passage and anchors().find(of, asked.passage) is None:
        raise no_passage()
    return build.first(site, of, asked.sort, asked.limit, anchor=asked.passage)
