"""Reading: pages and windows that are the same for everybody, and the small private request beside them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.models import Site
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.queries import access_site, has_address, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.cors import readable_everywhere
from rejoinder.core.http import choice, parameter, private
from rejoinder.discussion import pages, ports
from rejoinder.discussion.actions.change import editable_until, may_edit
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.errors import no_comment, no_passage
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import DEFAULT, ORDERS
from rejoinder.discussion.queries import (
    access_comment,
    access_listed,
    access_thread,
    is_newcomer,
    may_answer,
    muted_in,
    own_comments,
    site_of_comment,
    thread_key,
    votes_of,
)
from rejoinder.discussion.windows import build, markup
from rejoinder.discussion.windows.cursor import parse
from rejoinder.discussion.windows.shape import Window

__all__ = ["comment", "fragment", "mine", "thread", "window"]


def asked_thread(request: HttpRequest, site: Site) -> Thread:
    """The thread that the address names by key or by url."""
    key = parameter(request.GET, "key")
    url = parameter(request.GET, "url", longest=2000)
    return access_thread(site, thread_key(key=key, url=url), url)


def asked_window(request: HttpRequest, site: Site, thread: Thread) -> Window:
    """The window that the address names: the first, the one at a cursor, or a comment in its context."""
    order = choice(request.GET, "sort", ORDERS, DEFAULT)
    cursor = parameter(request.GET, "cursor", longest=200)
    at = parameter(request.GET, "at", longest=20)
    passage = parameter(request.GET, "passage", longest=20) or ""
    if passage and not ids.decode(passage):
        raise no_passage()
    if not thread.is_born:
        if passage:
            raise no_passage()
        return pages.empty_window(site, thread, order)
    if cursor is not None:
        return build.further(site, thread, parse(cursor, thread=thread.pk, order=order))
    if at is not None:
        found = thread.comments.filter(pk=ids.decode(at), listed=True).first()
        if found is None:
            raise no_comment()
        return build.context(site, thread, found, order)
    return build.first(site, thread, order, anchor=passage)


def public(response: HttpResponse) -> HttpResponse:
    """Kept by any cache, asked for again each time: the ETag decides."""
    response["Cache-Control"] = "public, no-cache"
    return response


def kept(response: HttpResponse, site: Site, thread: Thread, window: Window) -> HttpResponse:
    """Kept in front of Django until the thread changes. One that nobody has written in yet has no row to change."""
    if not thread.is_born:
        return public(response)
    return share(response, site=site, thread=thread, revision=window.revision)


@require_safe
def thread(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/?key=…: the thread as a page of its own."""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(request, found)
    shown = asked_window(request, found, of)
    context: dict[str, Any] = {
        **pages.discussion_context(found, of, shown),
        **around(found, of.title or of.url or of.key),
        "canonical": request.build_absolute_uri(pages.thread_url(found.key, of.key)),
    }
    return kept(render(request, "rejoinder/thread.html", context), found, of, shown)


@require_safe
@readable_everywhere
def window(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/window?key=…&sort=…&cursor=…: one window as a fragment."""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(request, found)
    shown = asked_window(request, found, of)
    return kept(HttpResponse(markup.window(shown)), found, of, shown)


@require_safe
def comment(request: HttpRequest, comment: str) -> HttpResponse:
    """GET /comments/<id>/: leads to the comment in its context."""
    return public(HttpResponseRedirect(pages.comment_url(access_listed(comment))))


def asked_comment(request: HttpRequest, comment: str) -> tuple[Viewer, Comment]:
    """Who asks, and the comment of an address, as they may see it. Raises NotFound."""
    site = site_of_comment(comment)
    viewer = viewer_of(request, site)
    found = access_comment(viewer, comment)
    # Only now: in the site's language, a refusal would tell that there is something to refuse.
    pages.speak(site)
    return viewer, found


@require_safe
def fragment(request: HttpRequest, comment: str) -> HttpResponse:
    """GET /comments/<id>/fragment: one comment drawn alone, as its viewer may see it."""
    return private(HttpResponse(draw_one(*asked_comment(request, comment))))


def draw_one(viewer: Viewer, found: Comment) -> str:
    """The markup of one comment, alone."""
    own = viewer.number is not None and found.author_id == viewer.number
    shown = pages.one(viewer.site, found, own=own, by_guest=own and not viewer.is_account)
    around = pages.empty_window(viewer.site, found.thread, DEFAULT)
    around.invited = around.invited and not may_answer(viewer, found.thread)
    return markup.comment(shown, around)


@require_safe
def mine(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/mine?key=…: what is the reader's own: name, votes, own comments, held ones."""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(request, found)
    viewer = viewer_of(request, found)
    own = own_comments(viewer, of)
    for written in own:
        written.thread = of
    held = [written for written in own if written.state in {Comment.State.HELD, Comment.State.REMOVED}]
    return private(
        JsonResponse(
            {
                "name": viewer.commenter.name if viewer.commenter else "",
                "account": viewer.is_account,
                "reachable": has_address(viewer.commenter),
                "staff": viewer.moderates,
                "tools": _tools(viewer, of),
                "votes": votes_of(viewer, of),
                "answers": may_answer(viewer, of),
                "newcomer": ports.guidelines_of(found) is not None and is_newcomer(viewer),
                "muted": muted_in(viewer, of),
                "own": {written.public_id: {"until": until(viewer, written)} for written in own},
                "held": [draw_one(viewer, written) for written in held[:20]],
            }
        )
    )


def until(viewer: Viewer, written: Comment) -> str | None:
    """Up to when the viewer may edit it, as ISO 8601; None where that is over, or never was."""
    end = editable_until(written, viewer.site.edit_window) if may_edit(viewer, written) else None
    return end.isoformat() if end else None


def _tools(viewer: Viewer, of: Thread) -> list[dict[str, str]]:
    """Links for those who moderate here, for those who would, and for whom something was decided about."""
    own = [{"label": link.title, "url": link.address} for links in ports.own_links for link in links(viewer)]
    if second_factor.is_withheld(viewer):
        return [*own, {"label": _("Set up a second factor to moderate"), "url": second_factor.where()}]
    if not viewer.moderates or not of.is_born:
        return own
    return [
        *own,
        {
            "label": _("Close or hold this discussion"),
            "url": pages.address("thread-actions", viewer.site.key, key=of.key),
        },
        {"label": _("Search the comments"), "url": pages.address("search", viewer.site.key)},
    ]
