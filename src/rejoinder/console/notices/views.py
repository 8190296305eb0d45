"""Notices that a comment is against the law: what waits, due first; each with the comment in its context."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console, may
from rejoinder.console.page import back, further, last_seen, show
from rejoinder.console.queue.drawing import draw_comments
from rejoinder.core import clock, ids
from rejoinder.core.errors import Conflict, InvalidInput, NotFound, Refused, RejoinderError
from rejoinder.core.http import LONGEST_KEPT, choice, parameter, required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.normal import clean
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.decisions.comments import version_of
from rejoinder.moderation.models import Decision, Notice
from rejoinder.moderation.notices import decide_notice, queries
from rejoinder.moderation.notices.deciding import RESTRICTIONS, Answer, check_may_decide
from rejoinder.moderation.reasons import by_whom, past

PAGE = 30
PLACE = "console-notices"
_SHOWN = {"open": "", "ended": ""}
_UPHELD = {"uphold": True, "reject": False}


@require_safe
def notices(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/notices/?show=open|ended&before=…: what is due first stands first."""
    viewer = access_console(request, site, may="read")
    shows = choice(request.GET, "show", _SHOWN, "open")
    last = last_seen(request)
    found = (
        queries.waiting(viewer, after=last, limit=PAGE + 1)
        if shows == "open"
        else queries.ended(viewer, before=last, limit=PAGE + 1)
    )
    address = reverse("rejoinder:console-notices", args=[viewer.site.key])
    context = {
        "page_title": _("Notices"),
        "shows": shows,
        "address": address,
        "rows": [_row(row) for row in found[:PAGE]],
        "more_url": further(f"{address}?show={shows}", found, PAGE),
    }
    return show(request, viewer, "rejoinder/console/notices.html", context, place=PLACE)


@require_safe
def notice(request: HttpRequest, site: str, notice: str) -> HttpResponse:
    """GET /console/<site>/notices/<notice>/"""
    viewer = access_console(request, site, may="read")
    return _page(request, viewer, queries.access_notice(viewer, notice))


@require_POST
@own_forms_only
def decision(request: HttpRequest, site: str, notice: str) -> HttpResponse:
    """POST /console/<site>/notices/<notice>/decision: answer (uphold or reject), reason, action, statement, seen."""
    viewer = access_console(request, site, may="decide")
    found = queries.access_notice(viewer, notice)
    how = required(request.POST, "answer", longest=10)
    if how not in _UPHELD:
        raise NotFound(_("There is no such decision."))
    answer = Answer(
        upheld=_UPHELD[how],
        reason=request.POST.get("reason", ""),
        action=request.POST.get("action", ""),
        statement=request.POST.get("statement", ""),
        seen=parameter(request.POST, "seen", longest=20),
        unfounded=bool(request.POST.get("unfounded")),
    )
    try:
        decide_notice(viewer=viewer, notice=found, answer=answer)
    except (InvalidInput, Conflict, Refused) as error:
        return _page(request, viewer, queries.access_notice(viewer, notice), error=error)
    return back(reverse("rejoinder:console-notice", args=[viewer.site.key, ids.encode(found.pk)]))


def _row(row: Notice) -> dict[str, Any]:
    comment = row.comment
    return {
        "notice": row,
        "number": ids.encode(row.pk),
        "label": Notice.Category(row.category).label,
        "thread": comment.thread.title or comment.thread.key,
        "url": reverse("rejoinder:console-notice", args=[row.site.key, ids.encode(row.pk)]),
        "overdue": row.ended is None and row.due < clock.now(),
        "outcome": past(row.outcome.action) if row.outcome else "",
        "by": by_whom(row.outcome, named=True) if row.outcome else "",
        "first": past(row.first.action) if row.first else "",
        "first_by": by_whom(row.first, named=True) if row.first else "",
    }


def _page(
    request: HttpRequest, viewer: Viewer, row: Notice, *, error: RejoinderError | None = None
) -> HttpResponse:
    site, comment = viewer.site, row.comment
    cards = draw_comments(viewer, [comment]) if comment.state != Comment.State.DELETED else []
    for card in cards:
        card.acts = []  # what becomes of it is decided with the notice
    kinds = Decision.Action
    context = {
        **_row(row),
        "page_title": _("Notice %(number)s") % {"number": ids.encode(row.pk)},
        "error": str(error) if error else "",
        "cards": cards,
        "comment_url": pages.comment_url(comment) if comment.state == Comment.State.PUBLIC else "",
        "seen": version_of(comment),
        "withheld": _withheld(viewer, row, comment),
        "choices": [
            (kinds(action).value, kinds(action).label) for action in RESTRICTIONS.get(comment.state, ())
        ],
        "statement": codes.sentences(site)["illegal"],
        "typed": {
            name: clean(request.POST.get(name, ""))[:LONGEST_KEPT]
            for name in ("reason", "statement", "action")
        },
        # Who sent it is for those who decide.
        "names": may(viewer, "decide"),
        "decide_url": reverse("rejoinder:console-notice-decision", args=[site.key, ids.encode(row.pk)]),
        "list_url": reverse("rejoinder:console-notices", args=[site.key]),
    }
    status = status_of(error)
    return show(request, viewer, "rejoinder/console/notice.html", context, place=PLACE, status=status)


def _withheld(viewer: Viewer, row: Notice, comment: Comment) -> str:
    """Why this viewer may not decide about it, or an empty sentence."""
    if row.ended is not None:
        return ""
    try:
        check_may_decide(viewer, row, comment)
    except Refused as error:
        return str(error)
    except NotFound:
        return _("Your role here lets you read this, not decide it.")
    return ""
