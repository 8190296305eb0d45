"""What came of reports: settled by what staff decide about the comment, and settled anew where that is taken back."""

from __future__ import annotations

from django.db.models import Q

from rejoinder.core import events
from rejoinder.core.db import writing
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Decision, Flag

_A, _O = Decision.Action, Flag.Outcome
LETS_STAND = {_A.APPROVE, _A.IGNORE_FLAGS, _A.RESTORE, _A.APPEAL_UPHELD}
# These say that a removal was wrong, and so were the reports it followed.
REVERSES = {_A.RESTORE, _A.APPEAL_UPHELD}


@events.listen(Decided, name="moderation.flag-outcomes")
def decided(event: Decided) -> None:
    """A decision about a comment says whether those who reported it were right."""
    if event.comment is None:
        return
    with writing():
        settle(Decision.objects.select_related("undoes").get(pk=event.decision))


def settle(decision: Decision) -> None:
    """Write down at the reports what a decision makes of them. The same again changes nothing."""
    if decision.action == _A.UNDO and decision.undoes is not None:
        _unsettle(decision.undoes)
        return
    if decision.actor_id is None or decision.undone_by.filter(action=_A.UNDO).exists():
        return
    flags = Flag.objects.filter(comment=decision.comment_id, created__lte=decision.created)
    if decision.action == _A.REMOVE:
        flags.filter(outcome=_O.OPEN).update(outcome=_O.UPHELD, decision=decision)
    elif decision.action in LETS_STAND:
        which = Q(outcome=_O.OPEN)
        if decision.action in REVERSES:
            which |= Q(outcome=_O.UPHELD)
        flags.filter(which).update(outcome=_O.REJECTED, decision=decision)


def _unsettle(undone: Decision) -> None:
    """A removal that was restored stands again; anything else is as if it had not been."""
    before = _O.UPHELD if undone.action in REVERSES else _O.OPEN
    Flag.objects.filter(decision=undone).update(outcome=before, decision=undone if before else None)
