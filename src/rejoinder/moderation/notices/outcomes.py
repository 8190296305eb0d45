"""What is decided about a comment elsewhere, in the queue or on its page, ends the notices about it too."""

from __future__ import annotations

from rejoinder.core import events
from rejoinder.core.db import locked, writing
from rejoinder.moderation.decisions import record
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Decision, Notice
from rejoinder.moderation.notices.deciding import RESTRICTIONS, end
from rejoinder.moderation.notices.filing import SEVERITY
from rejoinder.moderation.queue import place

_A = Decision.Action


@events.listen(Decided, name="moderation.notice-outcomes")
def decided(event: Decided) -> None:
    """A person's removal acts on every notice that waits about the comment; taken back, they wait again."""
    if event.comment is None or event.action not in {_A.REMOVE, _A.UNDO}:
        return
    with writing():
        decision = Decision.objects.select_related("site", "comment__thread__site", "actor", "undoes").get(
            pk=event.decision
        )
        if event.action == _A.UNDO:
            _open_again(decision)
        elif decision.actor_id is not None and not decision.undone_by.filter(action=_A.UNDO).exists():
            _act_upon(decision)


def _act_upon(removal: Decision) -> None:
    found = Notice.objects.filter(comment=removal.comment_id, ended=None, created__lte=removal.created)
    for row in locked(found.order_by("pk").select_related("site"), of=("self",)):
        row.removal = removal
        outcome = record(
            site=removal.site,
            action=_A.NOTICE_UPHELD,
            reason=removal.reason,
            code=removal.code,
            actor=removal.actor,
            machine=removal.machine,
            comment=removal.comment,
        )
        end(row, outcome)


def _open_again(undo: Decision) -> None:
    """Nobody was told by mail yet: that waits as long as a decision can be taken back."""
    if undo.undoes is None or undo.undoes.action not in {_A.REMOVE, _A.HOLD}:
        return
    waiting = Notice.objects.filter(removal=undo.undoes).exclude(ended=None)
    again = waiting.update(outcome=None, ended=None, removal=None)
    if again and undo.comment is not None and undo.comment.state in RESTRICTIONS:
        place(comment=undo.comment, why="reported", severity=SEVERITY)
