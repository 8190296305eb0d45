"""Adding a decision: the only place where rows of it are made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import clock, events, rows
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.decisions.chain import text_digest
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Decision, DecisionText

_A = Decision.Action
BY_PEOPLE = {_A.APPEAL_UPHELD, _A.APPEAL_REJECTED, _A.NOTICE_UPHELD, _A.NOTICE_REJECTED}
LONGEST_REASON, LONGEST_RULE, LONGEST_MACHINE = 500, 80, 120


def record(  # noqa: PLR0913  (a row with this many things to say, each by its name)
    *,
    site: Site,
    action: str,
    reason: str,
    actor: Commenter | None = None,
    rule: str = "",
    code: str = "",
    comment: Comment | None = None,
    thread: Thread | None = None,
    person: Commenter | None = None,
    text_seen: str = "",
    machine: str | None = None,
    signals: Sequence[Mapping[str, Any]] = (),
    undoes: Decision | None = None,
    seconds: int | None = None,
    created: datetime | None = None,
) -> Decision:
    """Write down what was decided, in the transaction of what it changes. Who may decide is the caller's to check.

    `reason`: a sentence that the author reads. `text_seen`: the words it was decided on, or that were said to a
    person alone: they are kept apart, and go when the person is erased. Without `actor`, `rule` names what decided;
    an appeal or a notice is answered by a person (ValueError otherwise). `seconds`: how long it holds. `created`: for
    what is brought in from elsewhere; now otherwise.

    Takes no lock but those of the new rows: sealing them into the chain follows (see chain.seal).
    """
    if actor is None and action in BY_PEOPLE:
        raise ValueError("an appeal or a notice is answered by a person")
    decision = Decision(
        site=site,
        action=Decision.Action(action),
        reason=reason[:LONGEST_REASON],
        actor=actor,
        rule=rule[:LONGEST_RULE],
        code=codes.check(code),
        comment=comment,
        thread_id=comment.thread_id if comment is not None else (thread.pk if thread is not None else None),
        person=person,
        machine=(machine or "")[:LONGEST_MACHINE],
        signals=list(signals),
        undoes=undoes,
        seconds=seconds,
        created=created or clock.now(),
    )
    _store(decision, text_seen)
    _tell(decision)
    return decision


def _store(decision: Decision, text_seen: str) -> None:
    """The row, and its words apart from it."""
    if not text_seen:
        rows.store(decision)
        return
    salt = secrets.token_hex(16)
    decision.text_digest = text_digest(salt, text_seen)
    rows.store(decision)
    rows.store_all([DecisionText(decision=decision, body=text_seen, salt=salt)])


def _tell(decision: Decision) -> None:
    """A rule's hold is told by the comment's own event and in the answer to who sent it."""
    if decision.action == Decision.Action.HOLD and decision.actor_id is None:
        return
    events.publish(
        Decided(
            site=decision.site_id,
            decision=decision.pk,
            comment=decision.comment_id,
            action=decision.action,
        )
    )
