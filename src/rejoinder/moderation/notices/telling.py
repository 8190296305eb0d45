"""What whoever sent a notice is told: a receipt at once, a page of its own, and what was decided.

The page's address is as good as a key: it carries the notice's number under a signature. A letter holds nothing that
a visitor typed: anybody can give anybody's address.
"""

from __future__ import annotations

from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, ids, jobs, mail
from rejoinder.core.errors import nothing_here
from rejoinder.core.signed import number_of, sign
from rejoinder.discussion import pages
from rejoinder.moderation.decisions.undoing import WITHIN
from rejoinder.moderation.models import Decision, Notice
from rejoinder.moderation.notices.misuse import last_said
from rejoinder.moderation.reasons import when

TELL = "moderation.tell_notifier"
_PAGE: Final = "rejoinder.moderation.notice"
_A = Decision.Action


def token_of(notice: Notice) -> str:
    return sign(_PAGE, notice.pk)


def page_of(notice: Notice) -> str:
    """The path of the page on which one finds how far a notice is."""
    return pages.address("notice-status", notice.site.key, t=token_of(notice))


def access_notice_by(site: str, token: str) -> Notice:
    """The notice that the address of its page names. Raises NotFound."""
    found = Notice.objects.filter(pk=number_of(_PAGE, token), site__key=site).select_related(
        "site", "comment__thread__site", "outcome", "first", "notifier"
    )
    notice = found.first()
    if notice is None:
        raise nothing_here()
    return notice


def outcome_sentences(notice: Notice) -> list[str]:
    """What was decided, why, and by whom or what; empty as long as nothing is."""
    outcome = notice.outcome
    if outcome is None:
        return []
    if outcome.action == _A.NOTICE_UPHELD:
        first = _("Your notice was acted upon: the comment cannot be seen any more, or had gone before.")
    else:
        first = _("Your notice was not acted upon: the comment stays.")
    told = [first, outcome.reason, _("A person decided; no program had a part in it.")]
    if outcome.machine:
        told[-1] = _("A person decided; a program had a part in it: %(what)s.") % {"what": outcome.machine}
    if outcome.action == _A.NOTICE_UPHELD and notice.comment.state == notice.comment.State.PUBLIC:
        told.append(_("The comment was given back to its author since, by a later decision."))
    misuse = last_said(notice)
    return [*told, misuse] if misuse else told


def redress_sentence() -> str:
    return _(
        "Whoever does not agree can also go to a certified body that settles disputes out of court, or to a court."
    )


def _write(notice: Notice, subject: str, parts: list[str], *, kind: str, name: str) -> None:
    text = "\n\n".join(parts)
    mail.send(to=notice.email, subject=subject, text=text, kind=kind, site=notice.site.name, name=name)


def send_receipt(notice: Notice) -> None:
    """Within the transaction that stores it."""
    if not notice.email:
        return
    site = notice.site
    with translation.override(site.language):
        parts = [
            _("We received a notice with this address, about a comment on %(site)s.") % {"site": site.name},
            _("Number: %(number)s. Received: %(when)s. To be decided by: %(due)s.")
            % {"number": ids.encode(notice.pk), "when": when(notice.created), "due": when(notice.due)},
            _("The comment:"),
            mail.page_link(pages.comment_url(notice.comment)),
            _("How far it is, and how to contest what is decided:"),
            mail.page_link(page_of(notice)),
            _("If it was not you, do nothing."),
        ]
        subject = _("Your notice to %(site)s was received") % {"site": site.name}
        _write(notice, subject, parts, kind="notice", name=f"notice-{notice.pk}")


def tell_later(notice: Notice) -> None:
    """The letter goes out when the decision can no longer be taken back; the page tells at once."""
    if notice.email and notice.outcome_id is not None:
        jobs.enqueue(
            TELL,
            key=f"notice:{notice.pk}:{notice.outcome_id}",
            due=clock.now() + WITHIN,
            notice=notice.pk,
            outcome=notice.outcome_id,
        )


def tell(*, notice: int, outcome: int) -> None:
    """Send the letter about what was decided, if that still stands."""
    row = Notice.objects.select_related("site", "comment__thread__site", "outcome").filter(pk=notice).first()
    if row is None or not row.email or row.outcome_id != outcome:
        return
    site = row.site
    with translation.override(site.language):
        parts = [
            _("About your notice %(number)s of %(when)s:")
            % {"number": ids.encode(row.pk), "when": when(row.created)},
            *outcome_sentences(row),
            redress_sentence(),
            _("All of it, and how to contest it here, for free:"),
            mail.page_link(page_of(row)),
        ]
        subject = _("Your notice to %(site)s was decided") % {"site": site.name}
        _write(row, subject, parts, kind="notice-outcome", name=f"notice-outcome-{outcome}")


jobs.register(TELL, tell)
