"""Writing: plain forms, and the same requests in place with JavaScript (JSON answers)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.guests import new_token, remember, token_of
from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError, TooMany
from rejoinder.core.http import answer, parameter, private, required, say_when, status_of, wants_json
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.refusals import kept
from rejoinder.discussion import pages, ports
from rejoinder.discussion.actions import Posted, cast_vote, post_comment
from rejoinder.discussion.actions.post import Writing
from rejoinder.discussion.actions.receipts import check_idempotency_key
from rejoinder.discussion.anchors import sent_of, words_for
from rejoinder.discussion.errors import ConfirmFirst
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.notices import notices
from rejoinder.discussion.queries import (
    access_comment,
    access_thread,
    public_comment,
    site_of_comment,
    thread_key,
)
from rejoinder.discussion.views.reading import draw_one, public, until

__all__ = ["challenge", "comments", "reply", "votes"]


def _typed(request: HttpRequest, viewer: Viewer, of: Thread) -> Writing:
    data = request.POST
    key = request.headers.get("Idempotency-Key", "") or data.get("idempotency_key", "")
    key = check_idempotency_key(key)
    return Writing(
        body=data.get("body", ""),
        name=data.get("name", ""),
        title=data.get("title", ""),
        parent=data.get("parent", ""),
        idempotency_key=key,
        guest_token=token_of(request) or new_token(key),
        email=data.get("email", ""),
        notify=bool(data.get("notify")),
        place=sent_of(data),
        signals=ports.watch().collect(viewer, of, {name: data.get(name, "") for name in ports.SENT}),
    )


@require_POST
@own_forms_only
def comments(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/comments: key or url, body, name, parent. 201 as JSON, else back to the discussion."""
    found = access_site(site)
    pages.speak(found)
    key = parameter(request.POST, "key")
    url = parameter(request.POST, "url", longest=2000)
    of = access_thread(found, thread_key(key=key, url=url), url)
    viewer = viewer_of(request, found)
    try:
        typed = _typed(request, viewer, of)
        posted = post_comment(viewer=viewer, thread=of, writing_=typed)
    except ConfirmFirst as kept_apart:
        return _kept_apart(request, viewer, of, typed.guest_token, kept_apart)
    except (InvalidInput, Conflict, TooMany, Refused) as error:
        return _not_taken(request, found, of, error)
    response = _taken(request, viewer, posted)
    if not viewer.commenter and (posted.fresh or typed.idempotency_key):
        remember(request, response, typed.guest_token)
    return private(response)


def _kept_apart(
    request: HttpRequest, viewer: Viewer, of: Thread, token: str, waits: ConfirmFirst
) -> HttpResponse:
    """Not posted yet: the sentence that says what is missing, and the edit token of what will be theirs."""
    back = {"back_url": pages.thread_url(viewer.site.key, of.key), "back_label": _("Back to the discussion")}
    response = answer(request, waits, **back)
    if not viewer.commenter:
        remember(request, response, token)
    return response


def _taken(request: HttpRequest, viewer: Viewer, posted: Posted) -> HttpResponse:
    held = posted.comment.state == Comment.State.HELD
    if not wants_json(request):
        path = (
            reverse("rejoinder:actions", args=[posted.comment.public_id])
            if held
            else pages.comment_url(posted.comment)
        )
        return HttpResponseRedirect(path, status=303)
    as_author = Viewer(site=viewer.site, commenter=posted.comment.author, role=viewer.role)
    shown = as_author if posted.fresh or viewer.commenter == posted.comment.author else viewer
    return JsonResponse(
        {
            "id": posted.comment.public_id,
            "state": posted.comment.state,
            "html": draw_one(shown, posted.comment),
            "heading": pages.heading(posted.comment_count),
            "until": until(shown, posted.comment),
            "message": _("Received. A moderator reads it before others see it.") if held else _("Posted."),
        },
        status=201 if posted.fresh else 200,
    )


def _not_taken(request: HttpRequest, site: Site, of: Thread, error: RejoinderError) -> HttpResponse:
    """Where the person is: the form again, what was typed kept, the sentence at its field."""
    if wants_json(request):
        return answer(request, error)
    typed = kept(request.POST.get("body", ""))
    parent = public_comment(of, request.POST.get("parent", ""))
    context: dict[str, Any] = {
        **pages.compose_context(site, of),
        **around(site, _("Write a reply") if parent else _("Write a comment")),
        "shown": pages.one(site, parent) if parent else None,
        "place": {} if parent else {name: kept(value) for name, value in sent_of(request.POST).items()},
        "about_words": words_for(of, sent_of(request.POST)) if not parent else "",
        "values": {
            "body": typed,
            "name": kept(request.POST.get("name", ""))[:200],
            "email": kept(request.POST.get("email", ""))[:300],
            "notify": bool(request.POST.get("notify")),
            "again": getattr(error, "again", ""),
        },
        "errors": {getattr(error, "field", "") or "form": str(error)},
    }
    response = render(request, "rejoinder/reply.html", context, status=status_of(error))
    say_when(response, error)
    return private(response)


@require_safe
def reply(request: HttpRequest, comment: str) -> HttpResponse:
    """GET /comments/<id>/reply/: the form to answer one comment; the same for everybody."""
    site = site_of_comment(comment)
    found = access_comment(Viewer(site=site), comment)
    pages.speak(site)
    context = {
        **pages.compose_context(site, found.thread),
        **around(site, _("Write a reply")),
        "shown": pages.one(site, found),
        "closed": found.thread.closed is not None,
        "notices": notices(site, found.thread),
    }
    return public(render(request, "rejoinder/reply.html", context))


@require_safe
def challenge(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/challenge?key=…: a puzzle for whoever is going to write there (core.proof), or {}."""
    found = access_site(site)
    pages.speak(found)
    of = access_thread(found, thread_key(key=required(request.GET, "key"), url=None))
    return private(JsonResponse(ports.watch().challenge(viewer_of(request, found), of) or {}))


@require_POST
@own_forms_only
def votes(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/votes: comment, value 1, -1 or 0."""
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    comment = access_comment(viewer, parameter(request.POST, "comment", longest=20) or "")
    value = parameter(request.POST, "value", longest=2) or ""
    if value not in {"1", "-1", "0"}:
        raise InvalidInput(code="vote", message=_("A vote is up, down or taken back."), field="value")
    token = token_of(request) or new_token()
    cast = cast_vote(viewer=viewer, comment=comment, value=int(value), guest_token=token)
    if wants_json(request):
        message = (
            ""
            if cast.counted
            else _(
                "Your vote is stored and counts in a few minutes: many new readers vote from your network."
            )
        )
        response: HttpResponse = JsonResponse(
            {
                "ups": cast.ups,
                "downs": cast.downs,
                "mine": cast.mine,
                "counted": cast.counted,
                "message": message,
            }
        )
    else:
        response = HttpResponseRedirect(pages.comment_url(comment), status=303)
    if viewer.commenter is None:
        remember(request, response, token)
    return private(response)
