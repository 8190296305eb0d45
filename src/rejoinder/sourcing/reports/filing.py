"""Sending a report of an error. Nobody needs an account for it; name and address are given by who wishes to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import check_guest_name
from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, mail
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.limits import Limit, spend
from rejoinder.core.text.check import check_name, check_short
from rejoinder.sourcing import checking
from rejoinder.sourcing.models import Document, ErrorReport
from rejoinder.sourcing.models.report import MAX_WORDS
from rejoinder.sourcing.reports.telling import send_receipt
from rejoinder.sourcing.talk.anchoring import passage_at

# From one address block: a class that reads a story together is not stopped by it, a program is.
REPORTS = Limit("error reports", most=20, window=timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled into the form, as it came. `place`: of the names of discussion.anchors.PLACE; `website`: of a
    field that people do not see."""

    place: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    link: str = ""
    name: str = ""
    email: str = ""
    thanks: bool = False
    website: str = ""


def file_report(*, viewer: Viewer, document: Document, typed: Typed, guest_token: str = "") -> ErrorReport:
    """Take a report and send its receipt. The same once more is the report that is there already.

    Raises InvalidInput at the field that is wrong, Conflict where the text has these words no more, Refused for who may
    not write here at present, TooMany.
    """
    viewer.check_may_speak()
    if typed.website:
        message = _("A field was filled in that people do not see. Leave it empty and send this again.")
        raise InvalidInput(code="website", message=message, field="website")
    columns = _checked(viewer, typed)
    spend(REPORTS, viewer.block)
    with writing():
        reporter = viewer.commenter or get_or_make_guest(guest_token)
        passage = passage_at(document, typed.place or {"quote": ""})
        mark = hashlib.sha256(f"{reporter.pk}\n{columns['words']}".encode()).hexdigest()
        report, made = ErrorReport.objects.get_or_create(
            passage=passage,
            mark=mark,
            defaults={
                **columns,
                "thanks": typed.thanks,
                "reporter": reporter,
                "created": clock.now(),
            },
        )
        if made:
            send_receipt(report, viewer.site)
    return report


def _checked(viewer: Viewer, typed: Typed) -> dict[str, str]:
    if not typed.words.strip():
        message = _("Say what is wrong, and what is right as far as you know.")
        raise InvalidInput(code="words", message=message, field="words")
    words = check_short(typed.words, MAX_WORDS, "words", multiline=True)
    link = checking.link(typed.link)
    email = mail.check_address(typed.email) if typed.email.strip() else ""
    return {"words": words, "link": link, "name": _name(viewer, typed), "email": email}


def _name(viewer: Viewer, typed: Typed) -> str:
    if typed.name.strip():
        # It may stand beneath the story one day, beside the names of those who work here.
        return check_name(typed.name) if viewer.is_staff else check_guest_name(typed.name, viewer.site)
    if typed.thanks:
        message = _("Say by which name you wish to be thanked, or take the mark away.")
        raise InvalidInput(code="name", message=message, field="name")
    return ""
