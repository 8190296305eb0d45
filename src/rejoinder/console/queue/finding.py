"""Search through all comments of a site, whatever their state, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import show
from rejoinder.console.queue.drawing import draw_comments, grounds
from rejoinder.console.queue.notices import said_before
from rejoinder.core.http import choice
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.discussion.search import find
from rejoinder.moderation.queue.queries import comments_of
from rejoinder.moderation.views.search import read_before, state_labels

PAGE = 20
PLACE = "console-search"


@require_safe
def search(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/search/?q=…&state=…&before=…"""
    viewer = access_console(request, site, may="read")
    labels = state_labels()
    query = request.GET.get("q", "")[:200].replace("\x00", "")
    state = choice(request.GET, "state", labels, "") if request.GET.get("state") else ""
    states = {state} if state in Comment.State.values else None
    comments = find(viewer.site, query, states=states, before=read_before(request))
    if state == "reported":
        comments = comments.filter(flags__isnull=False).distinct()
    rows = list(comments[: PAGE + 1]) if query or state else []
    more, rows = len(rows) > PAGE, rows[:PAGE]
    asked: dict[str, Any] = {"q": query, "state": state}
    address = pages.address("console-search", viewer.site.key)
    further = urlencode({**asked, "before": rows[-1].public_id}) if more else ""
    context = {
        "page_title": _("Search the comments"),
        "query": query,
        "state": state,
        "states": [(value, label) for value, label in labels.items() if value],
        "cards": draw_comments(viewer, _whole(viewer, rows)),
        "grounds": grounds(viewer.site),
        "back": f"{address}?{urlencode(asked)}",
        "next_url": f"{address}?{further}" if more else "",
        "notice": said_before(request, viewer),
    }
    return show(request, viewer, "rejoinder/console/search.html", context, place=PLACE)


def _whole(viewer: Viewer, found: Sequence[Comment]) -> list[Comment]:
    """The same comments with all that a card is drawn with."""
    known = comments_of(viewer.site, [comment.pk for comment in found])
    return [known[comment.pk] for comment in found]
