"""The temperature of a thread: the share of what is reported or removed in what is written there lately.

Sums that halve every hour, brought up to date by what happens; what was written is counted over the last two hours.
A thread becomes hot at the site's threshold and cool again at half of it, so that it does not go on and off. What is
called for is then done (slow mode, or holding), announced to readers and written down as a decision of a rule; where
a site has not switched that on, only that it would have been.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, events, jobs
from rejoinder.core.db import locked, writing
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.events import CommentStateChanged
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.decisions import record
from rejoinder.moderation.events import CommentFlagged
from rejoinder.moderation.models import Decision, Flag, Heat, HeatChange, Manners
from rejoinder.moderation.threads.manners import manners_of

RULE = "temperature"
HALF = timedelta(hours=1)
LATELY, COUNTED = timedelta(hours=2), 500
# A removal is a moderator's word, a report a reader's.
FLAGGED, REMOVED = 1.0, 2.0
# With less than this, two people who dislike each other would slow down a small discussion.
LEAST, FEWEST = 5.0, 10


@events.listen(CommentFlagged, name="moderation.heat-flagged")
def flagged(event: CommentFlagged) -> None:
    """A comment was reported: counted once a comment, so that many who report one do not heat a thread."""
    comment = Comment.objects.filter(pk=event.comment).first()
    if comment is not None and Flag.objects.filter(comment=comment).count() == 1:
        warm(comment.thread_id, bad=FLAGGED)


@events.listen(CommentStateChanged, name="moderation.heat-removed")
def removed(event: CommentStateChanged) -> None:
    """A comment was removed."""
    if event.after == Comment.State.REMOVED:
        warm(event.thread, bad=REMOVED, removed=1.0)


@jobs.periodic("moderation.cool_threads", every=timedelta(minutes=5))
def cool_threads() -> None:
    """Look again at what is hot: nothing happens where people have calmed down."""
    for number in list(Heat.objects.filter(is_hot=True).order_by("pk").values_list("pk", flat=True)[:1000]):
        warm(number)


def warm(number: int, *, bad: float = 0.0, removed: float = 0.0) -> None:
    """Bring a thread's temperature up to date, and do what follows from it."""
    thread = Thread.objects.filter(pk=number).select_related("site").first()
    if thread is None:
        return  # merged into another
    manners, moment = manners_of(thread.site), clock.now()
    with writing(), translation.override(thread.site.language):
        Heat.objects.bulk_create([Heat(thread=thread, moment=moment)], ignore_conflicts=True)
        heat = locked(Heat.objects.filter(pk=number)).get()
        left = 0.5 ** (max(0.0, (moment - heat.moment) / HALF))
        heat.bad, heat.removed, heat.moment = heat.bad * left + bad, heat.removed * left + removed, moment
        share = share_of(heat.bad, written_lately(thread, moment))
        was, heat.is_hot = heat.is_hot, is_hot(share, heat.bad, manners.hot, heat.is_hot)
        heat.save()
        if was != heat.is_hot:
            _turn(thread, heat, manners, share)


def is_hot(share: int, bad: float, threshold: int, was: bool) -> bool:
    """Hot from the threshold on, and then until half of it."""
    if was:
        return share >= threshold / 2 and bad >= LEAST / 2
    return share >= threshold and bad >= LEAST


def share_of(bad: float, written: int) -> int:
    """Of a hundred comments, at most 100. Of few, as if they were FEWEST."""
    return min(100, round(100 * bad / max(written, FEWEST)))


def written_lately(thread: Thread, moment: datetime) -> int:
    """How much was written in the last two hours; looks at the newest only, however long the thread is."""
    newest = Comment.objects.filter(thread=thread).order_by("-pk")[:COUNTED]
    return sum(
        1 for created in newest.values_list("created", flat=True) if created and created > moment - LATELY
    )


def _turn(thread: Thread, heat: Heat, manners: Manners, share: int) -> None:
    """Turn on what the site wants, or off again what is on; write down either."""
    calm = _wanted(heat, manners) if manners.calms and heat.is_hot else Thread.Calm.NOTHING
    did = calm or thread.calm
    if thread.closed is None and calm != thread.calm:
        _decide(thread, calm, share)
    else:
        did = Thread.Calm.NOTHING
    moment = clock.now()
    HeatChange.objects.create(
        thread=thread, site=thread.site, is_hot=heat.is_hot, share=share, did=did, created=moment
    )


def _wanted(heat: Heat, manners: Manners) -> str:
    """Reports alone slow a thread down; they hold nothing until a moderator has removed something, too."""
    return manners.calm_by if heat.removed >= 0.5 else Thread.Calm.SLOW


def _decide(thread: Thread, calm: str, share: int) -> None:
    kinds = Decision.Action
    actions = {
        Thread.Calm.SLOW: (kinds.SLOW, kinds.STOP_SLOW),
        Thread.Calm.HOLD: (kinds.HOLD_NEW, kinds.STOP_HOLDING),
    }
    on, off = actions[Thread.Calm(calm or thread.calm)]
    reason = (
        _("Of a hundred comments here, %(share)d were reported or removed lately.")
        if calm
        else _("Little is reported or removed here any more: %(share)d of a hundred.")
    )
    record(
        site=thread.site,
        action=on if calm else off,
        reason=reason % {"share": share},
        rule=RULE,
        thread=thread,
        seconds=Thread.CALM_PAUSE if calm == Thread.Calm.SLOW else None,
    )
    change_thread(thread=thread, calm=calm)
