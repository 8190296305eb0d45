"""The person who writes, as a step of screening: may they, did they read a warning, are they read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.utils.translation import gettext as _

from rejoinder.core import clock
from rejoinder.core.db import ask, kept
from rejoinder.core.errors import Paused
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.models import Sanction
from rejoinder.moderation.sanctions.standing import Active, Standing, check_standing, standing_of

if TYPE_CHECKING:
    from rejoinder.moderation.screening.context import Context

RULE = "person read first"
_SALT = "rejoinder.warned"
# A row a person.
_SEEN = """
    INSERT INTO rejoinder_whereabouts (commenter_id, block, seen) VALUES (%s, %s, %s)
    ON CONFLICT (commenter_id) DO UPDATE SET block = excluded.block, seen = excluded.seen"""


def step_person(draft: Draft, context: Context) -> Verdict | None:
    """Whether this person's draft may show. Raises Refused (suspended), Paused (a warning that was not read yet).

    Within the transaction that stores the text.
    """
    if draft.viewer.is_staff:
        return None
    standing = Standing()
    if context.traces.sanctioned:
        standing = standing_of(draft.viewer.site, draft.author, draft.viewer.block)
    check_standing(standing)
    if draft.comment is None and draft.signals:
        if standing.warnings and not draft.signals.get("kept"):
            _read(draft, standing.warnings)
        if not context.traces.met:
            _remember(draft)
    if standing.is_read_first:
        return Verdict(_("On this site a moderator reads your comments before they appear."), rule=RULE)
    return None


def _read(draft: Draft, warnings: list[Active]) -> None:
    """A warning is read by sending once more, with what the pause gave: nobody writes on without having seen it."""
    named = sorted(one.id for one in warnings)
    try:
        read = signing.loads(str(draft.signals.get("again", "")), salt=_SALT, max_age=86_400)
    except signing.BadSignature:
        read = None
    if read == named:
        Sanction.objects.filter(pk__in=named).update(lifted=clock.now())
        return
    message = _(
        "A moderator warns you: %(reason)s By sending your comment once more you say that you have read this."
    )
    said = " ".join(f"“{one.reason}”" for one in reversed(warnings))
    raise Paused(message % {"reason": said}, again=signing.dumps(named, salt=_SALT), code="warned")


def _remember(draft: Draft) -> None:
    block = draft.viewer.block
    if not block:
        return
    ask(_SEEN, [draft.author.pk, block, kept(clock.now())])
