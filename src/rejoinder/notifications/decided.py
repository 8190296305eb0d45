"""Telling people by mail what was decided about them, where an address of theirs is confirmed."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events, jobs, mail
from rejoinder.core.db import writing
from rejoinder.core.text.plain import excerpt
from rejoinder.core.text.render import plain
from rejoinder.moderation.decisions.statements import statement, status_url
from rejoinder.moderation.decisions.undoing import WITHIN
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Decision
from rejoinder.notifications.actions import verified_address
from rejoinder.notifications.letters import LONGEST_WORDS, about_a_decision
from rejoinder.notifications.models import Contact

TELL = "notifications.decided"
_A = Decision.Action
# What restricts somebody or gives something back, and what is said to them. Not an approval: nobody waits for mail.
TOLD = {
    _A.REMOVE, _A.HOLD, _A.RESTORE, _A.WARN, _A.MESSAGE, _A.SUSPEND, _A.UNSUSPEND, _A.BAN, _A.UNBAN,
    _A.APPEAL_UPHELD, _A.APPEAL_REJECTED, _A.MISUSE,
}  # fmt: skip
# Advertising by the dozen is told on the page alone: a letter would only say that the address works.
ON_THE_PAGE = {"spam"}


@events.listen(Decided, name="notifications.decided")
def decided(event: Decided) -> None:
    """The letter goes out when the decision can no longer be taken back; the pages tell at once."""
    if event.action not in TOLD:
        return
    with writing():
        key = f"decided:{event.decision}"
        jobs.enqueue(TELL, key=key, due=clock.now() + WITHIN, decision=event.decision)


def tell(*, decision: int) -> None:
    """Send the letter about one decision, if it was not taken back and there is somebody to be told."""
    row = Decision.objects.filter(pk=decision).select_related("site", "comment__author", "person").first()
    who = (row.comment.author if row.comment is not None else row.person) if row is not None else None
    if row is None or who is None or who.pk == row.actor_id or row.code in ON_THE_PAGE:
        return
    if row.undone_by.filter(action=_A.UNDO).exists():
        return
    contact = contact_of(row.site, who)
    if contact is not None:
        with translation.override(row.site.language):
            _send(contact, row, who)


jobs.register(TELL, tell)


def contact_of(site: Site, who: Commenter) -> Contact | None:
    """Where somebody can be told: an address confirmed on this site, or the one that they sign in with."""
    known = Contact.objects.filter(site=site, commenter=who)
    confirmed = known.exclude(confirmed=None).order_by("-pk").first()
    if confirmed is not None:
        return confirmed if confirmed.stopped is None else None
    address = verified_address(who)
    if not address or known.filter(email=address).exclude(stopped=None).exists():
        return None
    moment = clock.now()
    with writing():
        contact, _made = Contact.objects.update_or_create(
            site=site,
            commenter=who,
            email=address,
            defaults={"confirmed": moment},
            create_defaults={"confirmed": moment, "created": moment},
        )
    return contact


def _send(contact: Contact, row: Decision, who: Commenter) -> None:
    site = row.site
    told = statement(Viewer(site=site, commenter=who), row)
    parts = [f"{told.label}.", *told.sentences]
    if row.comment is not None and row.comment.body:
        parts += [_("What you wrote:"), "> " + excerpt(plain(row.comment.body), LONGEST_WORDS)]
    parts += [
        _("All that was decided about you, and how to appeal:"),
        mail.page_link(status_url(site.key)),
    ]
    subject = _("A decision about you on %(site)s") % {"site": site.name}
    about_a_decision(contact, subject, parts, name=f"decision-{row.pk}")
