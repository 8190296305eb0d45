"""What somebody is told of a decision about them: what, why, by which rule, who or what decided, how to appeal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.discussion.ports import Section
from rejoinder.moderation.appeals.filing import RESTRICTS, may_appeal, open_until, opens_at
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Appeal, Decision
from rejoinder.moderation.reasons import past, when

_A = Decision.Action
# What nobody is told, for it changes nothing for them; an answer to a notice is for whoever sent that.
INTERNAL = {_A.NOTE, _A.IGNORE_FLAGS, _A.TRUST, _A.DISTRUST, _A.NOTICE_UPHELD, _A.NOTICE_REJECTED}
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision as the person it is about reads it. `sentences`: the reason first, then what else belongs to it."""

    decision: Decision
    label: str
    sentences: list[str] = field(default_factory=list)
    appeal: Appeal | None = None
    may_appeal: bool = False

    @property
    def created(self) -> datetime:
        return self.decision.created

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        row = self.decision
        return {
            "id": ids.encode(row.pk),
            "action": row.action,
            "label": self.label,
            "sentences": self.sentences,
            "code": row.code,
            "rule": row.rule,
            "automated": row.actor_id is None,
            "created": row.created.isoformat(),
            "may_appeal": self.may_appeal,
            "url": status_url(row.site.key) + f"#d-{ids.encode(row.pk)}",
        }


def status_url(site: str) -> str:
    """The page on which somebody finds all that was decided about them."""
    return reverse("rejoinder:decided", args=[site])


def about(viewer: Viewer, mine: Q) -> QuerySet[Decision]:
    """Decisions that the viewer is told of, newest first: `mine` says about what."""
    if viewer.number is None:
        return Decision.objects.none()
    found = Decision.objects.filter(mine, site=viewer.site).exclude(action__in=INTERNAL)
    return found.select_related("comment__thread__site", "site", "words", "appeal__outcome").order_by("-pk")


def both(viewer: Viewer) -> list[QuerySet[Decision]]:
    """About what the viewer wrote here, and about the viewer: two questions, for no index answers both at once."""
    return [about(viewer, Q(comment__author=viewer.number)), about(viewer, Q(person=viewer.number))]


def latest(viewer: Viewer, *, before: int = 0, limit: int = SHOWN) -> list[Decision]:
    """What was decided about the viewer and what they wrote here, newest first; with `before`, older ones."""
    older = [found.filter(pk__lt=before) if before else found for found in both(viewer)]
    rows = {row.pk: row for found in older for row in found[:limit]}
    return [rows[number] for number in sorted(rows, reverse=True)[:limit]]


def find(viewer: Viewer, number: int) -> Decision | None:
    """One decision about the viewer or what they wrote here, or None."""
    return next((row for found in both(viewer) for row in found.filter(pk=number)), None)


def statements(viewer: Viewer, found: Iterable[Decision]) -> list[Statement]:
    """Each decision with what belongs to it. The decisions must be about this viewer."""
    return [statement(viewer, row) for row in found]


def statement(viewer: Viewer, row: Decision) -> Statement:
    """One decision as this viewer, whom it is about, reads it."""
    known = _appeal_of(row)
    can = known is None and row.action in RESTRICTS and may_appeal(viewer, row)
    return Statement(row, past(row.action), list(_sentences(row, known, can)), known, can)


def _appeal_of(row: Decision) -> Appeal | None:
    try:
        return row.appeal
    except Appeal.DoesNotExist:
        return None


def _sentences(row: Decision, known: Appeal | None, can: bool) -> Iterable[str]:
    yield row.reason
    if row.person_id is not None and row.action == _A.MESSAGE and row.text_seen:
        yield row.text_seen
    if row.action not in RESTRICTS | {_A.WARN, _A.MISUSE}:
        return
    if row.seconds:
        yield _("It holds until %(when)s.") % {"when": when(row.created + timedelta(seconds=row.seconds))}
    yield from _ground(row)
    yield _who(row)
    yield from _redress(row, known, can)


def _ground(row: Decision) -> Iterable[str]:
    if row.code:
        yield _("Ground: %(ground)s.") % {"ground": codes.label(row.code)}
    if row.rule:
        yield _("Rule: %(rule)s.") % {"rule": row.rule}
    if row.code == "illegal" and row.notices.exists():
        yield _("It followed a notice that the comment is against the law.")


def _who(row: Decision) -> str:
    if row.actor_id is None:
        return _("It was decided by a rule, automatically; no person had read it.")
    if row.machine:
        return _("A person decided; a program had a part in it: %(what)s.") % {"what": row.machine}
    return _("A person decided; no program had a part in it.")


def _redress(row: Decision, known: Appeal | None, can: bool) -> Iterable[str]:
    """How to appeal, or how far an appeal is."""
    if row.undone_by.filter(action=_A.UNDO).exists():
        yield _("It was taken back.")
    elif known is not None:
        yield _standing(known)
    elif can:
        yield _("You can appeal until %(when)s. It is free, and somebody else decides.") % {
            "when": when(open_until(row))
        }
    elif row.action == _A.HOLD and row.actor_id is None and row.comment and row.comment.state == "held":
        yield _(
            "A moderator is going to read it; if it still waits then, you can appeal from %(when)s on."
        ) % {"when": when(opens_at(row))}


def _standing(known: Appeal) -> str:
    if known.answered is None:
        return _("You appealed; you get an answer by %(when)s.") % {"when": when(known.due)}
    if known.outcome is None:
        return _("You appealed, and deleted the comment then.")
    told = {"what": past(known.outcome.action), "reason": known.outcome.reason}
    return _("You appealed. %(what)s: %(reason)s") % told


def link_to_mine(viewer: Viewer) -> list[Section]:
    """The discussion's port: the link to that page, for whom there is something on it."""
    if not any(found.exists() for found in both(viewer)):
        return []
    return [Section(_("What was decided about you"), status_url(viewer.site.key))]
