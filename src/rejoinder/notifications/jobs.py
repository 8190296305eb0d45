"""Writing the letters, and forgetting what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from rejoinder.core import clock, events, jobs, mail, rows
from rejoinder.core.db import writing
from rejoinder.discussion.events import CommentStateChanged
from rejoinder.discussion.models import Comment
from rejoinder.notifications import letters
from rejoinder.notifications.actions import TELL, note
from rejoinder.notifications.models import Contact, Notice, Waiting

# Who has not confirmed by then will not; the address is no business of ours.
UNCONFIRMED = timedelta(days=7)
# What could not be told in this time is no news any more.
NEWS = timedelta(days=3)
LATER = timedelta(hours=2)  # where the address had its letters for today


def tell(*, contact: int) -> None:
    """Send one letter about all answers that this person was not told of yet, as far as they are public now.

    Looked at when the letter is written, not when the answer was: what was removed in between is in no letter.
    """
    to = (
        Contact.objects.filter(pk=contact, stopped=None)
        .exclude(confirmed=None)
        .select_related("site")
        .first()
    )
    if to is None:
        return
    public = Comment.State.PUBLIC
    shown = Notice.objects.filter(
        contact=to, told=None, comment__state=public, comment__parent__state=public
    ).order_by("comment")
    found = list(shown.select_related("comment__thread__site")[:100])
    if not found:
        return
    if not mail.may_get("answer", to.email):
        jobs.enqueue(TELL, key=f"tell:{to.pk}", due=clock.now() + LATER, contact=to.pk)
        return
    mail.deliver(letters.answers(to, [notice.comment for notice in found]))
    with writing():
        Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(told=clock.now())


jobs.register(TELL, tell)


@events.listen(CommentStateChanged, name="notifications.shown")
def shown(event: CommentStateChanged) -> None:
    """A reply that was held appears: now it is one to be told of."""
    if event.after != Comment.State.PUBLIC:
        return
    reply = Comment.objects.filter(pk=event.comment, state=Comment.State.PUBLIC, parent__isnull=False).first()
    if reply is not None:
        with writing():
            note(comment=reply)


@jobs.periodic("notifications.forget", every=timedelta(hours=6))
def forget() -> None:
    """Addresses that nobody confirmed, texts that waited for that, news that is none any more.

    A site that needs an address and no confirmation keeps it with the guest.
    """
    moment = clock.now()
    old = moment - UNCONFIRMED
    rows.forget(Waiting.objects.filter(created__lt=old))
    unwanted = Contact.objects.filter(created__lt=old, confirmed=None, waiting=None)
    rows.forget(unwanted.exclude(site__guest_email="required"))
    rows.forget(Notice.objects.filter(created__lt=moment - NEWS))
