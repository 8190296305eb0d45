"""The thread that is written in, as a step of screening: who may write here, and how fast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.core.errors import Refused, TooMany
from rejoinder.core.limits import Limit, take
from rejoinder.discussion.models import Answerer, Thread
from rejoinder.discussion.notices import duration
from rejoinder.discussion.pace import pause_of
from rejoinder.discussion.ports import Draft, Verdict

RULE = "temperature"
# Behind one address block several guests may sit; more than so many in one pause are one who makes new ones.
GUESTS = 3


def step_thread(draft: Draft, context: Any = None) -> Verdict | None:
    """Whether this thread takes the draft. Never a verdict: it refuses, and says why.

    Raises Refused (not everybody writes here), TooMany (slow mode). Within the transaction that stores the text, so
    that what is not stored is not counted.
    """
    if draft.comment is None and not draft.viewer.is_staff:
        _check_mode(draft)
        _check_pace(draft)
    return None


def calm_holds(draft: Draft, context: Any = None) -> Verdict | None:
    """What holds by itself, because much was reported and removed here lately (see heat)."""
    if draft.thread.calm != Thread.Calm.HOLD:
        return None
    message = _(
        "Many comments in this discussion were reported lately, so a moderator reads new ones before they appear."
    )
    return Verdict(message, rule=RULE)


def _check_mode(draft: Draft) -> None:
    mode = draft.thread.mode
    if mode == Thread.Mode.OPEN or (mode == Thread.Mode.QUESTIONS and draft.parent is None):
        return
    if Answerer.objects.filter(thread=draft.thread, commenter=draft.author).exists():
        return
    if mode == Thread.Mode.QUESTIONS:
        message = _("Here only invited people answer. Your text is kept: post it as a question of its own.")
        raise Refused(message, code="questions")
    raise Refused(_("In this discussion only invited people write. Your text is kept."), code="invited")


def _check_pace(draft: Draft) -> None:
    """Counted in the database: one comment a person and pause; a few for all guests of one address."""
    seconds = pause_of(draft.viewer.site, draft.thread)
    if not seconds:
        return
    window, thread = timedelta(seconds=seconds), str(draft.thread.pk)
    wait = take(Limit("slow", most=1, window=window), thread, str(draft.author.pk))
    if wait is None and draft.author.is_guest and draft.viewer.block:
        wait = take(Limit("slow guests", most=GUESTS, window=window), thread, draft.viewer.block)
    if wait is not None:
        message = _("Slow mode: your next comment here can be sent in %(pause)s. Your text is kept.")
        raise TooMany(message % {"pause": duration(wait)}, retry_after=wait)
