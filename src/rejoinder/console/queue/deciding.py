"""Decisions on cards: one, many, and taking one back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, show, told, unframed
from rejoinder.console.queue.drawing import draw_comments, grounds
from rejoinder.core import ids
from rejoinder.core.errors import InvalidInput, RejoinderError
from rejoinder.core.http import required, status_of, wants_json
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.numbers import whole
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_comment
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.decisions.errors import Overtaken
from rejoinder.moderation.models import Decision
from rejoinder.moderation.queue.access import access_decision
from rejoinder.moderation.queue.acts import Seen, act, take_back
from rejoinder.moderation.reasons import past

_GIVES_GROUND = {Decision.Action.REMOVE, Decision.Action.HOLD}


@require_POST
@own_forms_only
def decide(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/queue/decisions: comment, action, code, reason, seen, since, assist."""
    viewer = access_console(request, site, may="decide")
    comment = access_comment(viewer, required(request.POST, "comment", longest=20))
    action = request.POST.get("action", "")
    try:
        code, reason = ground_of(viewer, request.POST, action)
        sent = request.POST
        seen = seen_of(sent.get("seen", ""), sent.get("since", ""), sent.get("assist", ""))
        decision = act(viewer=viewer, comment=comment, action=action, code=code, reason=reason, seen=seen)
    except RejoinderError as error:
        return _refused(request, viewer, comment, error)
    if wants_json(request):
        return told(decision)
    return back(return_address(request, viewer, decided=ids.encode(decision.pk)))


def ground_of(viewer: Viewer, data: QueryDict, action: str) -> tuple[str, str]:
    """The ground and the sentence that the author reads: that of the ground where none was written."""
    written = data.get("reason", "").strip()
    if action not in _GIVES_GROUND:
        return "", written
    code = codes.check(data.get("code", ""))
    if not code and not written:
        message = _("Choose a ground, or write a reason: the author gets to read it.")
        raise InvalidInput(code="reason", message=message, field="reason")
    return code, written or codes.sentences(viewer.site)[code]


def seen_of(words: str, since: str, assist: str) -> Seen:
    """What whoever decides had before them, as their card says. `assist`: "1" where it showed what Assist says."""
    return Seen(words[:20] or None, whole(since), assist == "1")


def _refused(request: HttpRequest, viewer: Viewer, comment: Comment, error: RejoinderError) -> HttpResponse:
    """The sentence, with the card as it is now."""
    if wants_json(request):
        body: dict[str, Any] = {"code": error.code, "message": str(error)}
        if isinstance(error, Overtaken):
            body["facts"] = error.facts()
        return unframed(JsonResponse(body, status=status_of(error)))
    comment.refresh_from_db()
    context = {
        "page_title": _("Not decided"),
        "error": str(error),
        "cards": draw_comments(viewer, [comment]),
        "grounds": grounds(viewer.site),
        "back": return_address(request, viewer),
    }
    return show(request, viewer, "rejoinder/console/refused.html", context, status=status_of(error))


def return_address(request: HttpRequest, viewer: Viewer, **more: str) -> str:
    """The queue that the form came from: an address of ours, whatever was sent."""
    sent = urlsplit(request.POST.get("back", "") or request.GET.get("back", ""))
    places = {
        reverse(f"rejoinder:{name}", args=[viewer.site.key]) for name in ("console-queue", "console-search")
    }
    path = sent.path if sent.path in places else reverse("rejoinder:console-queue", args=[viewer.site.key])
    kept = [pair for pair in parse_qsl(sent.query[:1000]) if pair[0] not in {"decided", "count"}]
    query = urlencode([*kept, *more.items()])
    return f"{path}?{query}" if query else path


@require_POST
@own_forms_only
def undo(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/queue/undo: decision."""
    viewer = access_console(request, site, may="decide")
    decision = access_decision(viewer, required(request.POST, "decision", longest=20))
    taken_back = take_back(viewer=viewer, decision=decision)
    if wants_json(request):
        comment = ids.encode(decision.comment_id or 0)
        return unframed(JsonResponse({"message": past(taken_back.action), "comment": comment}))
    return back(return_address(request, viewer))
