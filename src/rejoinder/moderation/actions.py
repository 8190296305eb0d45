"""What staff decide and readers complain of. Each decision is a row; rows are only added."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, Refused
from rejoinder.core.limits import Limit, spend
from rejoinder.core.text.check import check_short
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import (
    COMMENT_ACTIONS,
    check_moderator,
    check_reason,
    decide_comment,
    version_of,
)
from rejoinder.moderation.decisions.undoing import THREAD_ACTIONS, undo
from rejoinder.moderation.events import CommentFlagged
from rejoinder.moderation.flags import follow
from rejoinder.moderation.models import Decision, Flag

__all__ = [
    "COMMENT_ACTIONS",
    "FLAGS",
    "SITE_ACTIONS",
    "THREAD_ACTIONS",
    "decide_comment",
    "decide_site",
    "decide_thread",
    "flag_comment",
    "undo",
    "version_of",
]

_A = Decision.Action
SITE_ACTIONS: dict[str, bool] = {_A.HOLD_NEW: True, _A.STOP_HOLDING: False}
FLAGS = Limit("flags", most=30, window=timedelta(minutes=10))


def _decided() -> Conflict:
    return Conflict(_("Somebody decided about this in between; look at it again."), code="decided")


def decide_thread(*, viewer: Viewer, thread: Thread, action: str, reason: str) -> Decision:
    """Close or reopen a thread, or hold its new comments, with a reason.

    Raises NotFound for those who do not moderate, Conflict when it is so already.
    """
    check_moderator(viewer)
    if action not in THREAD_ACTIONS:
        raise InvalidInput(code="action", message=_("There is no such decision."), field="action")
    reason = check_reason(reason)
    with writing():
        row = locked(Thread.objects.filter(pk=thread.pk, site=viewer.site)).first()
        if row is None:
            raise no_thread()
        if all(_is_so(row, name) == wanted for name, wanted in THREAD_ACTIONS[action].items()):
            raise _decided()
        decision = record(site=viewer.site, thread=row, action=action, reason=reason, actor=viewer.commenter)
        change_thread(thread=row, **THREAD_ACTIONS[action])
    return decision


def _is_so(thread: Thread, name: str) -> bool:
    return thread.closed is not None if name == "closed" else thread.hold


def decide_site(*, viewer: Viewer, action: str, reason: str) -> Decision:
    """Hold all new comments of a site, or stop that, with a reason."""
    check_moderator(viewer)
    if action not in SITE_ACTIONS:
        raise InvalidInput(code="action", message=_("There is no such decision."), field="action")
    reason = check_reason(reason)
    with writing():
        fresh = locked(Site.objects.filter(pk=viewer.site.pk)).get()
        if fresh.hold_all == SITE_ACTIONS[action]:
            raise Conflict(_("Somebody decided this in between; it is so already."), code="decided")
        decision = record(site=viewer.site, action=action, reason=reason, actor=viewer.commenter)
        Site.objects.filter(pk=viewer.site.pk).update(hold_all=SITE_ACTIONS[action])
        raise_edition(site=viewer.site.pk)
    return decision


def flag_comment(
    *,
    viewer: Viewer,
    comment: Comment,
    reason: str,
    note: str = "",
    tell: bool = False,
    guest_token: str = "",
) -> Flag:
    """Complain about a comment. The same person again replaces the reason. Raises Refused for one's own.

    `tell`: what is decided goes to them by mail, where an address of theirs is confirmed.
    """
    if reason not in Flag.Reason.values:
        raise InvalidInput(code="flag-reason", message=_("Choose a reason from the list."), field="reason")
    viewer.check_may_speak()
    note = check_short(note, 1000, "note") if note.strip() else ""
    spend(FLAGS, viewer.block)
    with writing():
        reporter = viewer.commenter or get_or_make_guest(guest_token)
        if comment.author_id == reporter.pk:
            raise Refused(_("This is your own comment; you can change or delete it."), code="own-comment")
        said = {"reason": reason, "note": note, "block": viewer.block, "tell": tell}
        flag, _made = Flag.objects.update_or_create(
            comment=comment,
            reporter=reporter,
            defaults=said,
            create_defaults={**said, "created": clock.now()},
        )
        follow(comment=comment, flag=flag)
        events.publish(CommentFlagged(site=viewer.site.pk, comment=comment.pk, reason=reason))
    return flag
