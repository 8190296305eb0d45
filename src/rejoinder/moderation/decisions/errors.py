"""What changed in between, for whoever decided on an older state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from rejoinder.core.errors import Conflict
from rejoinder.moderation.models import Decision
from rejoinder.moderation.reasons import by_whom, past, when


class Overtaken(Conflict):
    """Somebody decided first (`decision`), or the author changed the words (`before` and `now`)."""

    def __init__(
        self,
        message: Any,
        *,
        code: str = "decided",
        decision: Decision | None = None,
        before: str = "",
        now: str = "",
    ) -> None:
        super().__init__(message, code=code)
        self.decision, self.before, self.now = decision, before, now

    def facts(self) -> dict[str, Any]:
        """What changed, as plain JSON values: for those who moderate."""
        if self.decision is None:
            return {"before": self.before, "now": self.now}
        row = self.decision
        return {
            "decision": row.pk,
            "action": row.action,
            "reason": row.reason,
            "by": row.actor.name if row.actor else "",
            "created": row.created.isoformat(),
        }


def decided_before(decision: Decision | None) -> Overtaken:
    """Somebody was quicker: who, when and what."""
    if decision is None:
        return Overtaken(_("Somebody decided about this in between; look at it again."))
    told = {
        "who": by_whom(decision, named=True),
        "when": when(decision.created),
        "what": past(decision.action),
        "reason": decision.reason,
    }
    said = _("Decided already, by %(who)s on %(when)s: %(what)s. %(reason)s")
    return Overtaken(said % told, decision=decision)


def words_changed(before: str, now: str) -> Overtaken:
    """The author was quicker."""
    message = _("Its author changed this comment in between; read it again, then decide.")
    return Overtaken(message, code="edited", before=before, now=now)
