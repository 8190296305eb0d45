"""A person on a site: what they wrote there, and not wanting to read it. Private, never kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people.mutes import mute as do_mute
from rejoinder.accounts.people.mutes import unmute
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import NotFound, Refused
from rejoinder.core.http import BadRequest, choice, parameter, private
from rejoinder.core.origin import own_forms_only
from rejoinder.discussion import pages
from rejoinder.discussion.errors import no_comment
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_person, written_by
from rejoinder.discussion.views.own import can_mute, done
from rejoinder.discussion.views.reading import asked_comment

__all__ = ["mute", "person"]

PAGE = 20


@require_safe
def person(request: HttpRequest, site: str, person: str) -> HttpResponse:
    """GET /people/<site>/<person>/: comments, newest first; before=<comment> goes on.

    Somebody of whom the viewer may see nothing here looks like nobody.
    """
    found = access_site(site)
    viewer = viewer_of(request, found)
    of = access_person(found, person)
    before = _before(request)
    written = written_by(viewer, of, before=before, limit=PAGE + 1)
    mine = viewer.number == of.pk
    if not (written or mine):
        raise NotFound(_("There is no such person here."))
    pages.speak(found)
    context = {
        **around(found, of.name),
        "person": of,
        "mine": mine,
        "comments": _drawn(viewer, of, written[:PAGE]),
        "more_url": _more(request, written),
    }
    return private(render(request, "rejoinder/person.html", context))


def _before(request: HttpRequest) -> int:
    asked = parameter(request.GET, "before", longest=20)
    number = ids.decode(asked) if asked else 0
    if asked and not number:
        raise BadRequest(_("“%(name)s” in the address is empty or cannot be read.") % {"name": "before"})
    return number


def _drawn(viewer: Viewer, of: Commenter, written: list[Comment]) -> list[dict[str, object]]:
    shown = pages.several(viewer.site, written)
    return [
        {"shown": drawn, "url": pages.comment_url(comment), "thread": str(comment.thread)}
        for drawn, comment in zip(shown, written, strict=True)
    ]


def _more(request: HttpRequest, written: list[Comment]) -> str:
    return f"{request.path}?before={written[PAGE - 1].public_id}" if len(written) > PAGE else ""


@require_POST
@own_forms_only
def mute(request: HttpRequest, comment: str) -> HttpResponse:
    """POST /comments/<id>/mute: value 1 or 0. Do not show me what its author writes, or show it again."""
    viewer, found = asked_comment(request, comment)
    if viewer.commenter is None:
        raise Refused(_("Sign in first, or write something: then there is somebody to remember it for."))
    if not can_mute(viewer, found) or found.author is None:
        raise no_comment()
    if choice(request.POST, "value", {"1": "", "0": ""}, "1") == "1":
        do_mute(commenter=viewer.commenter, muted=found.author)
        return done(request, viewer, found, _("Muted. Where you read with JavaScript, it is folded up."))
    unmute(commenter=viewer.commenter, number=found.author.pk)
    return done(request, viewer, found, _("Shown again."))
