"""The pages that letters lead to. Opening one changes nothing: programs that look through mail open everything."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.core.errors import Refused
from rejoinder.core.http import BadRequest, hidden, missing
from rejoinder.core.origin import is_own
from rejoinder.core.text.numbers import whole
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.notifications import actions
from rejoinder.notifications.links import CONFIRM, STOP, access_contact
from rejoinder.notifications.models import Contact

__all__ = ["confirm", "stop"]


def _contact(request: HttpRequest, purpose: str) -> Contact:
    """Whom the letter was to: what its address carries is all that is needed to answer it."""
    if request.method == "POST" and is_own(request) is False:
        raise Refused(
            _("This form was sent from another site, so it was not taken. Open the page in the letter.")
        )
    contact = access_contact(purpose, request.POST.get("t", "") or request.GET.get("t", ""))
    pages.speak(contact.site)
    return contact


def _page(request: HttpRequest, template: str, contact: Contact, context: dict[str, Any]) -> HttpResponse:
    site = contact.site
    shown = {
        "site": site,
        "site_name": site.name,
        "language": site.language,
        "email": contact.email,
        **context,
    }
    return hidden(render(request, template, shown))


# What these addresses carry is the permission: no form of another site can know it, and mail programs send no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """/mail/confirm?t=…: GET shows what waits for an address and a button; POST (act, draft) does it."""
    contact = _contact(request, CONFIRM)
    if request.method != "POST":
        return _page(request, "rejoinder/letters/confirm.html", contact, _asked(request, contact))
    act = request.POST.get("act", "")
    if act == "deny":
        actions.deny(contact=contact)
        return _page(
            request, "rejoinder/letters/done.html", contact, {"page_title": _("Deleted"), "denied": True}
        )
    if act != "confirm":
        raise BadRequest(missing("act"))
    chosen = [whole(text) or 0 for text in request.POST.getlist("draft")[:20]]
    outcomes = actions.confirm(contact=contact, chosen=chosen)
    drawn = [_outcome(outcome) for outcome in outcomes]
    context = {"page_title": _("Confirmed"), "confirmed": True, "outcomes": drawn}
    return _page(request, "rejoinder/letters/done.html", contact, context)


def _asked(request: HttpRequest, contact: Contact) -> dict[str, Any]:
    texts = actions.waiting_for(contact=contact)
    return {
        "page_title": _("Is this your address?"),
        "token": request.GET.get("t", ""),
        # What was written elsewhere under the same address is not taken for this person's unless they say so.
        "texts": [{"kept": kept, "is_theirs": kept.contact_id == contact.pk} for kept in texts],
        "tells": contact.subscriptions.exists(),
    }


def _outcome(outcome: actions.Outcome) -> dict[str, Any]:
    if outcome.posted is None:
        return {"problem": outcome.problem, "body": outcome.waiting.body}
    comment = outcome.posted.comment
    held = comment.state == Comment.State.HELD
    return {"held": held, "url": "" if held else pages.comment_url(comment), "body": comment.body}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """/mail/stop?t=…: GET shows a button; POST stops, from that button or by a mail program's own (RFC 8058)."""
    contact = _contact(request, STOP)
    if request.method == "POST":
        actions.stop(contact=contact)
        return _page(
            request, "rejoinder/letters/done.html", contact, {"page_title": _("Stopped"), "stopped": True}
        )
    context = {"page_title": _("No more letters?"), "token": request.GET.get("t", "")}
    return _page(request, "rejoinder/letters/stop.html", contact, context)
