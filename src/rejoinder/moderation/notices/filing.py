"""Sending a notice, and contesting what was decided about it. Nobody needs an account for it, and nobody is refused
for what they wrote: who may not write in the discussion may report what is against the law."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, mail
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, Refused, nothing_here
from rejoinder.core.limits import Limit, spend
from rejoinder.core.text.check import check_name, check_short
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.appeals.filing import FILING, terms_of
from rejoinder.moderation.models import Notice
from rejoinder.moderation.notices.misuse import paused_until
from rejoinder.moderation.notices.places import comment_at
from rejoinder.moderation.notices.telling import send_receipt
from rejoinder.moderation.reasons import when

_C = Notice.Category
LONGEST, LONGEST_COMPLAINT = 5000, 2000
# From one address block: whoever reports a wave of comments is not stopped by it, a program is.
NOTICES = Limit("notices", most=20, window=timedelta(hours=1))
# How urgent it is, as reports of readers are weighed (flags.following): 1 to 5.
SEVERITY = 5.0


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled into the form, as it came."""

    address: str = ""
    category: str = ""
    explanation: str = ""
    name: str = ""
    email: str = ""
    good_faith: bool = False


def file_notice(*, viewer: Viewer, typed: Typed, host: str, guest_token: str = "") -> Notice:
    """Take a notice and send its receipt. The same once more is the notice that is there already.

    Raises InvalidInput at the field that is wrong, Refused (one's own comment; paused for misuse), TooMany.
    """
    comment = comment_at(viewer, typed.address, host=host)
    _check_category(typed.category)
    explanation = _check_words(typed.explanation, LONGEST, "explanation")
    name, email = _check_sender(typed)
    if not typed.good_faith:
        message = _("Confirm that what you say is correct and complete as far as you know.")
        raise InvalidInput(code="good-faith", message=message, field="good_faith")
    with writing():
        notifier = viewer.commenter or get_or_make_guest(guest_token)
        if comment.author_id == notifier.pk:
            raise Refused(_("This is your own comment; you can change or delete it."), code="own-comment")
        made = _made(viewer, comment, notifier, (typed, explanation, name, email))
        known = Notice.objects.filter(comment=comment, mark=made.mark).first()
        if known is not None:
            return known
        _check_paused(viewer, notifier, made)
        spend(NOTICES, viewer.block)
        Notice.objects.bulk_create([made], ignore_conflicts=True)  # a double click: one of the two makes it
        stored = Notice.objects.select_related("site", "comment__thread__site").get(
            comment=comment, mark=made.mark
        )
        queue.place(comment=comment, why="reported", severity=SEVERITY)
        send_receipt(stored)
    return stored


def _check_category(category: str) -> None:
    if category not in _C.values:
        message = _("Choose what it is about.")
        raise InvalidInput(code="category", message=message, field="category")


def _check_words(raw: str, longest: int, field: str) -> str:
    if not raw.strip():
        message = _("Say why it is against the law: without that nobody can judge it.")
        raise InvalidInput(code=field, message=message, field=field, kept=raw)
    return check_short(raw, longest, field, multiline=True)


def _check_sender(typed: Typed) -> tuple[str, str]:
    """Name and address; of whoever reports the abuse of children, neither is asked for."""
    optional = typed.category == _C.CHILDREN
    name = check_name(typed.name) if typed.name.strip() or not optional else ""
    email = mail.check_address(typed.email) if typed.email.strip() or not optional else ""
    return name, email


def _made(
    viewer: Viewer, comment: Comment, notifier: Commenter, words: tuple[Typed, str, str, str]
) -> Notice:
    typed, explanation, name, email = words
    moment = clock.now()
    sender = mail.mailbox(email) if email else f"{notifier.pk}"
    return Notice(
        site=viewer.site,
        comment=comment,
        notifier=notifier,
        category=typed.category,
        address=check_short(typed.address, 500, "address"),
        explanation=explanation,
        name=name,
        email=email,
        mark=hashlib.sha256(f"{sender}\n{typed.category}\n{explanation}".encode()).hexdigest(),
        created=moment,
        due=moment + timedelta(days=terms_of(viewer.site).notice_days),
    )


def _check_paused(viewer: Viewer, notifier: Commenter, made: Notice) -> None:
    """What children suffer is looked at whoever reports it."""
    until = paused_until(viewer.site, notifier, made.email) if made.category != _C.CHILDREN else None
    if until is not None:
        message = _(
            "Several of your notices were plainly without a ground, so no further ones are taken until %(when)s. "
            "A court or an authority can be asked at any time."
        )
        raise Refused(message % {"when": when(until)}, code="misuse")


def contest_until(notice: Notice) -> datetime | None:
    """Until when somebody may contest what was decided about their notice; None: there is nothing to contest."""
    if notice.ended is None or notice.complained is not None or notice.comment.state != Comment.State.PUBLIC:
        return None
    end = notice.ended + FILING
    return end if clock.now() <= end else None


def complain(*, notice: Notice, words: str) -> Notice:
    """Contest what was decided about a notice: it is open again, and somebody else decides. Once.

    Whoever holds the address of its page may. Raises InvalidInput (field `words`), Conflict.
    """
    with writing():
        row: Notice | None = locked(
            Notice.objects.filter(pk=notice.pk).select_related("comment__thread__site", "site"), of=("self",)
        ).first()
        if row is None:
            raise nothing_here()
        if contest_until(row) is None:
            message = _("There is nothing to contest here, or it was contested already.")
            raise Conflict(message, code="contested")
        if not words.strip():
            message = _("Say in a few words why the decision is wrong.")
            raise InvalidInput(code="words", message=message, field="words", kept=words)
        row.complaint = check_short(words, LONGEST_COMPLAINT, "words", multiline=True)
        row.complained = clock.now()
        row.due = row.complained + timedelta(days=terms_of(row.site).notice_days)
        row.first, row.outcome, row.ended = row.outcome, None, None
        row.save(update_fields=["complaint", "complained", "due", "first", "outcome", "ended"])
        queue.place(comment=row.comment, why="reported", severity=SEVERITY)
    return row
