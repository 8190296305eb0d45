"""A comment's own page: what this viewer may do with it. Private, never kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.people.mutes import muted_by
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError
from rejoinder.core.http import LONGEST_KEPT, answer, private, status_of, typed, wants_json
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.refusals import kept
from rejoinder.discussion import pages, ports
from rejoinder.discussion.actions import delete_comment, edit_comment
from rejoinder.discussion.actions.change import editable_until, may_delete, may_edit
from rejoinder.discussion.errors import no_comment
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import fresh
from rejoinder.discussion.views.reading import asked_comment, draw_one

__all__ = ["actions", "deletion", "edits"]


# What people write into the forms of this page; it is shown again when it was not taken.
_TYPED = ("body", "note", "reason", "words")


def _own_actions(viewer: Viewer, found: Comment) -> list[ports.Action]:
    offered = []
    if may_edit(viewer, found):
        offered.append(
            ports.Action(
                name="edit",
                title=_("Edit"),
                url=reverse("rejoinder:edits", args=[found.public_id]),
                template="rejoinder/actions/edit.html",
                context={"body": found.body, "until": editable_until(found, viewer.site.edit_window)},
            )
        )
    if may_delete(viewer, found):
        offered.append(
            ports.Action(
                name="delete",
                title=_("Delete"),
                url=reverse("rejoinder:deletion", args=[found.public_id]),
                template="rejoinder/actions/delete.html",
            )
        )
    if can_mute(viewer, found):
        offered.append(_mute_action(viewer, found))
    return offered


def can_mute(viewer: Viewer, found: Comment) -> bool:
    """Whether the viewer is somebody, and the comment somebody else's."""
    return viewer.number is not None and found.author_id not in {None, viewer.number}


def _mute_action(viewer: Viewer, found: Comment) -> ports.Action:
    muted = found.author_id in muted_by(viewer.commenter)
    return ports.Action(
        name="mute",
        title=_("Show this person again") if muted else _("Mute this person"),
        url=reverse("rejoinder:mute", args=[found.public_id]),
        template="rejoinder/actions/mute.html",
        fields={"value": "0" if muted else "1"},
        context={"muted": muted},
    )


def earlier_words(viewer: Viewer, found: Comment) -> list[dict[str, Any]]:
    """What a comment said before its edits: for its author and those who moderate, newest first."""
    if not (viewer.moderates or _is_own(viewer, found)):
        return []
    return [
        {"label": _("Edited. Before, it said:"), "reason": edit.body, "created": edit.created, "by": ""}
        for edit in found.edits.order_by("-id")[:50]
    ]


def _is_own(viewer: Viewer, found: Comment) -> bool:
    return viewer.number is not None and found.author_id == viewer.number


def _state_sentence(found: Comment, own: bool) -> str:
    return {
        Comment.State.HELD: _("Your comment waits for a moderator; only you see it.")
        if own
        else _("This comment waits for a moderator; only its author and staff see it."),
        Comment.State.REMOVED: _("This comment was removed by a moderator; others do not see it."),
        Comment.State.DELETED: _("This comment was deleted by its author."),
    }.get(Comment.State(found.state), "")


def actions_context(
    viewer: Viewer,
    found: Comment,
    *,
    error: RejoinderError | None = None,
    name: str = "",
    kept: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What rejoinder/actions.html needs; with an error, at the form it belongs to."""
    offered = _own_actions(viewer, found)
    for provider in ports.comment_actions:
        offered += provider(viewer, found)
    drawn = []
    for action in offered:
        data = {**asdict(action), **action.context}
        if error is not None and action.name == name:
            data |= {"errors": {getattr(error, "field", "") or "form": str(error)}, **(kept or {})}
        drawn.append(data)
    own = _is_own(viewer, found)
    return {
        **around(viewer.site, _("About this comment")),
        "shown": pages.one(viewer.site, found, own=own or viewer.moderates),
        "state": _state_sentence(found, own),
        "note": str(error) if error is not None else "",
        "decisions": [row for history in ports.histories for row in history(viewer, found)]
        + earlier_words(viewer, found),
        "actions": drawn,
        "person_url": _person_url(viewer, found),
        "page_url": pages.comment_url(found).partition("#")[0]
        if found.listed
        else pages.thread_url(viewer.site.key, found.thread.key),
    }


def _person_url(viewer: Viewer, found: Comment) -> str:
    """The profile of whoever wrote it; empty for a guest, and where a site shows none."""
    author = found.author
    if author is None or author.is_guest or not author.name or not viewer.site.profiles:
        return ""
    return reverse("rejoinder:person", args=[viewer.site.key, ids.encode(author.pk)])


@require_safe
def actions(request: HttpRequest, comment: str) -> HttpResponse:
    """GET /comments/<id>/actions/: the comment, what was decided about it, and the forms the viewer may use."""
    viewer, found = asked_comment(request, comment)
    return private(render(request, "rejoinder/actions.html", actions_context(viewer, found)))


def refused(
    request: HttpRequest, viewer: Viewer, found: Comment, name: str, error: RejoinderError
) -> HttpResponse:
    """An action that was not taken: the page again, the sentence at its form, what was typed kept."""
    if wants_json(request):
        return answer(request, error)
    typed = {field: kept(request.POST[field])[:LONGEST_KEPT] for field in _TYPED if field in request.POST}
    context = actions_context(viewer, found, error=error, name=name, kept=typed)
    return private(render(request, "rejoinder/actions.html", context, status=status_of(error)))


def done(request: HttpRequest, viewer: Viewer, comment: Comment, message: str) -> HttpResponse:
    """An action that was taken: JSON with the comment drawn anew, or back to where it stands."""
    stored = fresh(comment)
    if wants_json(request):
        data = {
            "id": stored.public_id,
            "state": stored.state,
            "message": message,
            "html": draw_one(viewer, stored),
            "heading": pages.heading(stored.thread.comment_count),
        }
        return private(JsonResponse(data))
    path = (
        pages.comment_url(stored)
        if stored.state == Comment.State.PUBLIC
        else reverse("rejoinder:actions", args=[stored.public_id])
    )
    return private(HttpResponseRedirect(path, status=303))


@require_POST
@own_forms_only
def edits(request: HttpRequest, comment: str) -> HttpResponse:
    """POST /comments/<id>/edits: new words for one's own comment."""
    viewer, found = asked_comment(request, comment)
    if viewer.number is None or found.author_id != viewer.number:
        raise no_comment()
    try:
        edit_comment(viewer=viewer, comment=found, body=request.POST.get("body", ""))
    except (InvalidInput, Refused) as error:
        return refused(request, viewer, found, "edit", error)
    except Conflict as error:  # there is no form to show the text in any more
        return answer(request, error, kept=typed(request))
    return done(request, viewer, found, _("Changed."))


@require_POST
@own_forms_only
def deletion(request: HttpRequest, comment: str) -> HttpResponse:
    """POST /comments/<id>/deletion: take one's own comment back."""
    viewer, found = asked_comment(request, comment)
    delete_comment(viewer=viewer, comment=found)
    return done(request, viewer, found, _("Deleted."))
