"""What the page says above the queue after a form was taken: what was decided, with the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.moderation.decisions.undoing import can_reverse
from rejoinder.moderation.queue.access import own_lately
from rejoinder.moderation.reasons import past


@dataclass(frozen=True, slots=True)
class Notice:
    sentence: str
    # The decision that can be taken back still, by its public id.
    undo: str = ""


def said_before(request: HttpRequest, viewer: Viewer) -> Notice | None:
    """Of the decision that the address names (`decided`), if it is the viewer's own and lately made."""
    named = request.GET.get("decided", "")
    decision = own_lately(viewer, named) if named else None
    if decision is None:
        return None
    undo = ids.encode(decision.pk) if can_reverse(decision) and not decision.undone_by.exists() else ""
    return Notice(_("%(what)s: %(why)s") % {"what": past(decision.action), "why": decision.reason}, undo)
