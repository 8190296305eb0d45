"""Telling those who reported a comment by mail what was decided, where they asked for it and confirmed an address."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, events, jobs, mail
from rejoinder.core.db import writing
from rejoinder.moderation.decisions.statements import status_url
from rejoinder.moderation.decisions.undoing import WITHIN
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Flag
from rejoinder.notifications.decided import contact_of
from rejoinder.notifications.letters import about_a_decision
from rejoinder.notifications.links import comment_link
from rejoinder.notifications.models import Contact

TELL = "notifications.reported"


@events.listen(Decided, name="notifications.reported")
def decided(event: Decided) -> None:
    """The letters go out when the decision can no longer be taken back; the page of one's own tells at once."""
    if event.comment is None or not Flag.objects.filter(comment=event.comment, tell=True).exists():
        return
    with writing():
        due = clock.now() + WITHIN + timedelta(minutes=1)
        jobs.enqueue(TELL, key=f"reported:{event.decision}", due=due, decision=event.decision)


def tell(*, decision: int) -> None:
    """Write to each who asked and whose report this decision settled. One that was taken back settles none."""
    settled = Flag.objects.filter(decision=decision, tell=True).exclude(outcome=Flag.Outcome.OPEN)
    for flag in settled.select_related("comment__thread__site", "reporter").order_by("pk"):
        site = flag.comment.thread.site
        contact = contact_of(site, flag.reporter) if flag.reporter is not None else None
        with writing(), translation.override(site.language):
            if contact is not None:
                _send(contact, flag)
            Flag.objects.filter(pk=flag.pk).update(tell=False)


def _send(contact: Contact, flag: Flag) -> None:
    """Not what the moderator wrote: that is for whoever wrote the comment."""
    site = contact.site
    upheld = flag.outcome == Flag.Outcome.UPHELD
    parts = [
        _("You reported a comment: %(reason)s.") % {"reason": flag.get_reason_display()},
        _("A moderator agreed: the comment was removed.")
        if upheld
        else _("A moderator has read it and lets it stand."),
        comment_link(flag.comment),
        _("What came of your reports:"),
        mail.page_link(status_url(site.key) + "#reports"),
    ]
    subject = _("What came of your report on %(site)s") % {"site": site.name}
    about_a_decision(contact, subject, parts, name=f"reported-{flag.pk}-{flag.decision_id}")


jobs.register(TELL, tell)
