"""Flags of readers, decisions of staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.guests import new_token, remember, token_of
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError, TooMany, nothing_here
from rejoinder.core.http import LONGEST_KEPT, parameter, private, required, status_of, wants_json
from rejoinder.core.http import answer as problem_answer
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.normal import clean
from rejoinder.discussion import pages
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Thread
from rejoinder.discussion.queries import access_comment, access_thread, thread_key
from rejoinder.discussion.views import own
from rejoinder.moderation.access import access_moderator
from rejoinder.moderation.actions import decide_comment, decide_site, decide_thread, flag_comment
from rejoinder.moderation.models import Decision, Flag
from rejoinder.moderation.offers import notice_too
from rejoinder.moderation.reasons import common_reasons, past

_EXPECTED = (InvalidInput, Conflict, Refused, TooMany)


@require_POST
@own_forms_only
def flags(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/flags: comment, reason, note."""
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    comment = access_comment(viewer, required(request.POST, "comment", longest=20))
    token = token_of(request) or new_token()
    try:
        flag_comment(
            viewer=viewer,
            comment=comment,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
            tell=bool(request.POST.get("tell")),
            guest_token=token,
        )
    except _EXPECTED as error:
        return own.refused(request, viewer, comment, "flag", error)
    message = _("Thank you. A moderator will look at it.")
    illegal = request.POST.get("reason") == Flag.Reason.ILLEGAL
    notice = notice_too(comment)
    if wants_json(request):
        more = {"more": notice} if illegal else {}
        response: HttpResponse = JsonResponse({"message": message, **more}, status=201)
    elif illegal:
        response = HttpResponseRedirect(notice["url"], status=303)
    else:
        context = {"title": message, "page_title": message, "message": message, "site_name": found.name}
        context |= {"back_url": pages.comment_url(comment), "back_label": _("Back to the discussion")}
        response = render(request, "rejoinder/problem.html", context)
    if viewer.commenter is None:
        remember(request, response, token)
    return private(response)


@require_POST
@own_forms_only
def decisions(request: HttpRequest, site: str) -> HttpResponse:
    """POST /threads/<site>/decisions: comment or key or site, action, reason. For those who moderate."""
    viewer = access_moderator(request, site)
    found = viewer.site
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    number = parameter(request.POST, "comment", longest=20)
    key = parameter(request.POST, "key")
    if number is None and key is None:
        # The whole site is never meant by leaving something out.
        if required(request.POST, "site") != found.key:
            raise nothing_here()
        return _decide_site(request, viewer, action, reason)
    if number is None:
        thread = access_thread(found, thread_key(key=key, url=None))
        if not thread.is_born:
            raise no_thread()
        return _decide_thread(request, viewer, thread, action, reason)
    comment = access_comment(viewer, number)
    try:
        seen = parameter(request.POST, "seen", longest=20)
        decide_comment(viewer=viewer, comment=comment, action=action, reason=reason, seen=seen)
    except _EXPECTED as error:
        return own.refused(request, viewer, comment, "decide", error)
    return own.done(request, viewer, comment, _("Decided."))


def _decide_site(request: HttpRequest, viewer: Viewer, action: str, reason: str) -> HttpResponse:
    decide_site(viewer=viewer, action=action, reason=reason)
    if wants_json(request):
        return private(JsonResponse({"message": _("Decided.")}))
    return private(HttpResponseRedirect(pages.address("search", viewer.site.key), status=303))


def _decide_thread(
    request: HttpRequest, viewer: Viewer, thread: Thread, action: str, reason: str
) -> HttpResponse:
    try:
        decide_thread(viewer=viewer, thread=thread, action=action, reason=reason)
    except _EXPECTED as error:
        if wants_json(request):
            return problem_answer(request, error)
        context = _thread_context(viewer, thread, error, reason)
        return private(render(request, "rejoinder/thread_actions.html", context, status=status_of(error)))
    if wants_json(request):
        return private(JsonResponse({"message": _("Decided.")}))
    path = pages.address("thread-actions", viewer.site.key, key=thread.key)
    return private(HttpResponseRedirect(path, status=303))


@require_safe
def thread_actions(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/actions?key=…: close, reopen, hold. For those who moderate."""
    viewer = access_moderator(request, site)
    found = viewer.site
    thread = access_thread(found, thread_key(key=required(request.GET, "key"), url=None))
    if not thread.is_born:
        raise no_thread()
    return private(render(request, "rejoinder/thread_actions.html", _thread_context(viewer, thread)))


def _thread_context(
    viewer: Viewer, thread: Thread, error: RejoinderError | None = None, reason: str = ""
) -> dict[str, Any]:
    thread.refresh_from_db()
    kinds = Decision.Action
    possible = [
        kinds.REOPEN if thread.closed else kinds.CLOSE,
        kinds.STOP_HOLDING if thread.hold else kinds.HOLD_NEW,
    ]
    form = {
        "template": "rejoinder/actions/decide.html",
        "title": _("Decide about this discussion"),
        "url": pages.address("decisions", viewer.site.key),
        "fields": {"key": thread.key},
        "choices": [(kind.value, kind.label) for kind in possible],
        "reasons": common_reasons(viewer.site),
        "reason": clean(reason)[:LONGEST_KEPT],
        "errors": {getattr(error, "field", "") or "form": str(error)} if error else {},
    }
    rows = thread.decisions.filter(comment=None).order_by("-id").select_related("actor")[:50]
    return {
        "thread": thread,
        **around(viewer.site, _("This discussion")),
        "state": _("Closed to new comments.") if thread.closed else "",
        "note": str(error) if error else "",
        "actions": [form],
        "decisions": [
            {
                "label": past(row.action),
                "reason": row.reason,
                "created": row.created,
                "by": row.actor.name if row.actor else "",
            }
            for row in rows
        ],
        "page_url": pages.thread_url(viewer.site.key, thread.key),
    }
