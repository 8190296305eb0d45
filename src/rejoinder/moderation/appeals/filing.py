"""Saying that a decision was wrong: free, once a decision, for more than six months."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, NotFound, Refused
from rejoinder.core.limits import Limit, spend
from rejoinder.core.text.check import check_short
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.decisions.comments import LEADS_TO
from rejoinder.moderation.models import Appeal, Decision, Terms
from rejoinder.moderation.reasons import when

_A = Decision.Action
# What restricts somebody, and so can be appealed against.
RESTRICTS = {_A.REMOVE, _A.HOLD, _A.SUSPEND, _A.BAN}
# Six months, however long they are, and some days for the mail.
FILING = timedelta(days=190)
# What a rule holds waits for a person anyway; who still waits after this time may ask for one.
HOLD_WAITS = timedelta(days=1)
LONGEST = 2000
# Each decision has one appeal; somebody who appeals against more a day than this is not read faster by it.
APPEALS = Limit("appeals", most=10, window=timedelta(days=1))


def terms_of(site: Site) -> Terms:
    """How a site accounts for what it decides; the defaults where it never said."""
    return Terms.objects.filter(site=site).first() or Terms(site=site)


def is_about(decision: Decision, viewer: Viewer) -> bool:
    """Whether a decision is about this viewer, or about what they wrote."""
    if viewer.number is None:
        return False
    if decision.comment is not None:
        return decision.comment.author_id == viewer.number
    return decision.person_id == viewer.number


def in_force(comment: Comment) -> Decision | None:
    """The decision by which a comment is not public, or None."""
    leads = [action for action, state in LEADS_TO.items() if state == comment.state]
    found = comment.decisions.filter(action__in=leads).exclude(undone_by__action=_A.UNDO)
    return found.order_by("-pk").first()


def is_in_force(decision: Decision) -> bool:
    """Whether somebody is restricted by it now. What took it back names it."""
    if decision.action not in RESTRICTS:
        return False
    if decision.comment is not None:
        last = in_force(decision.comment)
        return last is not None and last.pk == decision.pk
    return not decision.undone_by.exists()


def open_until(decision: Decision) -> datetime:
    return decision.created + FILING


def opens_at(decision: Decision) -> datetime:
    """From when on an appeal is taken: at once, but for what a rule has just put before a moderator."""
    by_rule = decision.action == _A.HOLD and decision.actor_id is None
    return decision.created + HOLD_WAITS if by_rule else decision.created


def paused_until(site: Site, commenter: Commenter | None) -> datetime | None:
    """Until when appeals of somebody are not taken, because of many that were plainly without a ground."""
    moment = clock.now()
    pauses = Decision.objects.filter(site=site, person=commenter, action=_A.MISUSE, seconds__gt=0)
    pauses = pauses.exclude(rule="notices")  # whoever misuses notices may appeal all the same
    ends = [row.created + timedelta(seconds=row.seconds or 0) for row in pauses.order_by("-pk")[:5]]
    return max((end for end in ends if end > moment), default=None)


def may_appeal(viewer: Viewer, decision: Decision) -> bool:
    """Whether the form is offered."""
    return (
        is_about(decision, viewer)
        and opens_at(decision) <= clock.now() <= open_until(decision)
        and is_in_force(decision)
        and not Appeal.objects.filter(decision=decision).exists()
        and terms_of(viewer.site).appeals
    )


def appeal(*, viewer: Viewer, decision: Decision, words: str) -> Appeal:
    """Appeal against a decision about oneself or what one wrote. It waits for another moderator.

    Raises NotFound (not about this viewer, no appeals here), InvalidInput (field `words`), Conflict (appealed
    already, too late, no longer in force), Refused (paused for misuse), TooMany.
    """
    terms = terms_of(viewer.site)
    if decision.site_id != viewer.site.pk or not is_about(decision, viewer) or not terms.appeals:
        raise NotFound(_("There is no decision here that you can appeal against."))
    with writing():
        row: Decision = locked(Decision.objects.select_related("comment__thread"), of=("self",)).get(
            pk=decision.pk
        )
        _check_open(row)
        _check_paused(viewer)
        text = _check_words(words)
        spend(APPEALS, str(viewer.number))
        moment = clock.now()
        made = Appeal.objects.create(
            site=viewer.site,
            decision=row,
            appellant=viewer.commenter,
            body=text,
            created=moment,
            due=moment + timedelta(days=terms.appeal_days),
        )
        if row.comment is not None:
            queue.place(comment=row.comment, why="appeal")
    return made


def _check_open(row: Decision) -> None:
    before = Appeal.objects.filter(decision=row).first()
    if before is not None:
        raise Conflict(_already(before), code="appealed")
    if not is_in_force(row):
        raise Conflict(
            _("This decision does not hold any more; there is nothing to appeal against."), code="over"
        )
    if clock.now() > open_until(row):
        message = _("This decision is too old to appeal against; that was possible until %(when)s.")
        raise Conflict(message % {"when": when(open_until(row))}, code="too-late")
    if clock.now() < opens_at(row):
        message = _(
            "A moderator is going to read this. If it still waits then, you can appeal from %(when)s on."
        )
        raise Conflict(message % {"when": when(opens_at(row))}, code="too-early")


def _already(before: Appeal) -> str:
    if before.answered:
        return _("You appealed against this already, and it was answered; each decision has one appeal.")
    message = _("You appealed against this already; you get an answer by %(when)s.")
    return message % {"when": when(before.due)}


def _check_paused(viewer: Viewer) -> None:
    until = paused_until(viewer.site, viewer.commenter)
    if until is not None:
        message = _(
            "Several of your appeals were plainly without a ground, so no further ones are taken until %(when)s."
        )
        raise Refused(message % {"when": when(until)}, code="misuse")


def _check_words(raw: str) -> str:
    if not raw.strip():
        message = _("Say in a few words why the decision is wrong.")
        raise InvalidInput(code="words", message=message, field="words", kept=raw)
    return check_short(raw, LONGEST, "words", multiline=True)
