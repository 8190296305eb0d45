"""Deciding about several comments at once: chosen in a list, or much the same. First how many, then it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import show
from rejoinder.console.queue.deciding import ground_of, return_address, seen_of
from rejoinder.console.queue.drawing import draw_comments, grounds
from rejoinder.console.queue.likeness import like
from rejoinder.core.errors import RejoinderError
from rejoinder.core.http import required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_comment
from rejoinder.moderation.queue.access import comments_named
from rejoinder.moderation.queue.acts import MOST, Result, Seen, decide_many

PLACE = "console-queue"


@require_safe
def together(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/queue/together?comment=…: a comment and those that say much the same."""
    viewer = access_console(request, site, may="decide")
    comment = access_comment(viewer, required(request.GET, "comment", longest=20))
    numbers = [comment.public_id, *(found.public_id for found in like(comment))]
    found = comments_named(viewer, numbers)[:MOST]
    return _ask(request, viewer, found, title=_("Much the same"))


@require_POST
@own_forms_only
def many(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/queue/many: comment (id:seen:since:assist, several); with confirm=1 action, code, reason."""
    viewer = access_console(request, site, may="decide")
    seen = dict(_chosen(text) for text in request.POST.getlist("comment")[:MOST])
    comments = comments_named(viewer, list(seen))
    if not request.POST.get("confirm") or not comments:
        return _ask(request, viewer, comments, title=_("Chosen comments"))
    action = request.POST.get("action", "")
    try:
        code, reason = ground_of(viewer, request.POST, action)
    except RejoinderError as error:
        return _ask(request, viewer, comments, title=_("Chosen comments"), error=error)
    results = decide_many(
        viewer=viewer,
        comments=comments,
        action=action,
        code=code,
        reason=reason,
        seen={comment.pk: seen[comment.public_id] for comment in comments},
    )
    return _told(request, viewer, results)


def _chosen(text: str) -> tuple[str, Seen]:
    number, words, since, assist = [*text[:80].split(":"), "", "", ""][:4]
    return number, seen_of(words, since, assist)


def _ask(
    request: HttpRequest,
    viewer: Viewer,
    comments: list[Comment],
    *,
    title: str,
    error: RejoinderError | None = None,
) -> HttpResponse:
    """How many these are, each with its words, and what to do with them."""
    states = {comment.state for comment in comments}
    context: dict[str, Any] = {
        "page_title": title,
        "cards": draw_comments(viewer, comments),
        "grounds": grounds(viewer.site),
        "actions": _offered(states),
        "error": str(error) if error else "",
        "back": return_address(request, viewer),
    }
    status = status_of(error)
    return show(request, viewer, "rejoinder/console/many.html", context, place=PLACE, status=status)


def _offered(states: set[str]) -> list[tuple[str, str]]:
    """What makes sense for at least one of them; the others say why not."""
    kinds = Comment.State
    offer = []
    if kinds.HELD in states:
        offer.append(("approve", _("Approve")))
    if kinds.PUBLIC in states:
        offer += [("ignore-flags", _("Let them stand")), ("hold", _("Hold"))]
    if kinds.REMOVED in states:
        offer.append(("restore", _("Restore")))
    if not states.isdisjoint({kinds.HELD, kinds.PUBLIC}):
        offer.append(("remove", _("Remove")))
    return offer


def _told(request: HttpRequest, viewer: Viewer, results: list[Result]) -> HttpResponse:
    done = [result for result in results if result.decision]
    not_done = [result for result in results if result.error]
    drawn = draw_comments(viewer, [result.comment for result in not_done])
    told = ngettext("%(n)d comment decided.", "%(n)d comments decided.", len(done)) % {"n": len(done)}
    context = {
        "page_title": told,
        "refused": [
            {"card": card, "why": str(result.error)} for card, result in zip(drawn, not_done, strict=True)
        ],
        "back": return_address(request, viewer),
    }
    return show(request, viewer, "rejoinder/console/many_done.html", context, place=PLACE)
