"""Pause and reconsider: who is about to send what is usually held is told so first, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from rejoinder.core.errors import Paused
from rejoinder.core.limits import Limit, take
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.threads.manners import manners_of

_SALT = "rejoinder.reconsider"
# One writes on for so long; what was given then is good once.
LASTS = timedelta(hours=2)
_ONCE = Limit("reconsidered", most=1, window=LASTS)


def reconsider(draft: Draft, verdict: Verdict) -> None:
    """Ask the writer to look again before a verdict about their words is acted upon. Raises Paused.

    Not for edits, not for programs, not where the text waited for a letter to be answered: nobody is there to ask.
    What the pause gives makes sure that it never stops anybody twice: sent along, it is taken, whatever was changed.
    """
    if draft.comment is not None or not draft.signals or draft.signals.get("kept"):
        return
    if not manners_of(draft.viewer.site).reconsider or _is_meant(draft):
        return
    message = _(
        "Posts like this one are usually held: %(reason)s Change it, or send it once more as it is, and a moderator "
        "reads it first."
    )
    again = signing.dumps([_place(draft), secrets.token_urlsafe(9)], salt=_SALT)
    raise Paused(message % {"reason": verdict.reason}, again=again, code="reconsider")


def _is_meant(draft: Draft) -> bool:
    """Whether it came with what a pause gave in this place, for the first time: counted with the comment."""
    try:
        place, name = signing.loads(str(draft.signals.get("again", "")), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return place == _place(draft) and take(_ONCE, str(name)) is None


def _place(draft: Draft) -> str:
    return f"{draft.viewer.site.pk}:{draft.thread.key}"
