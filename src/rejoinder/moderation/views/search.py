"""Search for those who moderate: all comments of a site, whatever their state."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.http import BadRequest, choice, private
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.discussion.search import find
from rejoinder.discussion.windows.shape import Shown
from rejoinder.moderation.access import access_moderator
from rejoinder.moderation.models import Decision

PAGE = 30


def state_labels() -> dict[str, str]:
    return {
        "": pgettext("state of comments", "any"),
        "public": pgettext("state of a comment", "public"),
        "held": pgettext("state of a comment", "held"),
        "removed": pgettext("state of a comment", "removed"),
        "deleted": pgettext("state of a comment", "deleted"),
        "reported": pgettext("state of a comment", "reported"),
    }


def read_before(request: HttpRequest) -> int | None:
    """The number that the results go on before. Raises BadRequest."""
    text = request.GET.get("before", "")
    number = ids.decode(text) if text else None
    if text and not number:
        raise BadRequest(_("This address of a part of the results is not whole. Start the search again."))
    return number


@require_safe
def search(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/search?q=…&state=…&before=…"""
    viewer = access_moderator(request, site)
    found = viewer.site
    labels = state_labels()
    query = request.GET.get("q", "")[:200].replace("\x00", "")
    state = choice(request.GET, "state", labels, "") if request.GET.get("state") else ""
    states = {state} if state in Comment.State.values else None
    comments = find(found, query, states=states, before=read_before(request))
    if state == "reported":
        comments = comments.filter(flags__isnull=False).distinct()
    rows = list(comments[: PAGE + 1]) if query or state else []
    more, rows = len(rows) > PAGE, rows[:PAGE]
    counts = dict(
        Decision.objects.filter(comment__in=rows).values_list("comment").annotate(n=Count("id")).order_by()
    )
    results = [
        _result(comment, drawn, counts.get(comment.pk, 0), labels)
        for comment, drawn in zip(rows, pages.several(found, rows), strict=True)
    ]
    asked = {"q": query, "state": state, "before": rows[-1].public_id} if more else {}
    context = {
        **around(found, _("Search the comments")),
        "query": query,
        "state": state,
        "actions": [_site_form(found)],
        "hold_all": found.hold_all,
        "states": [(value, label) for value, label in labels.items() if value],
        "results": results,
        "next_url": pages.address("search", found.key, **{k: v for k, v in asked.items() if v})
        if more
        else "",
    }
    return private(render(request, "rejoinder/search.html", context))


def _site_form(site: Site) -> dict[str, object]:
    """The form that holds all new comments of the site, or stops that."""
    kind = Decision.Action.STOP_HOLDING if site.hold_all else Decision.Action.HOLD_NEW
    return {
        "id": "site",
        "template": "rejoinder/actions/decide.html",
        "title": _("All new comments of this site"),
        "url": pages.address("decisions", site.key),
        "fields": {"site": site.key},
        "choices": [(kind.value, kind.label)],
        "reasons": [],
    }


def _result(comment: Comment, drawn: Shown, decisions: int, labels: dict[str, str]) -> dict[str, object]:
    return {
        "shown": drawn,
        "thread_title": comment.thread.title or comment.thread.key,
        "thread_url": pages.thread_url(comment.thread.site.key, comment.thread.key),
        "state": comment.state,
        "state_label": labels[comment.state],
        "decisions": decisions,
    }
