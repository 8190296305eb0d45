"""What those who reported something are told of it: on their own page, whether staff agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.discussion.models import Comment
from rejoinder.discussion.ports import Section
from rejoinder.moderation.decisions.statements import status_url
from rejoinder.moderation.models import Flag, Notice
from rejoinder.moderation.notices.queries import sent_by
from rejoinder.moderation.notices.telling import page_of
from rejoinder.moderation.reasons import past

SHOWN = 20
_O = Flag.Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """A report or a notice of the viewer's: beneath which story, when, what became of it. `url`: a notice's page."""

    label: str
    thread: str
    created: datetime
    outcome: str
    url: str = ""


def _flags(viewer: Viewer) -> QuerySet[Flag]:
    return Flag.objects.filter(reporter=viewer.number, comment__thread__site=viewer.site)


def reports_of(viewer: Viewer) -> list[Report]:
    """The viewer's newest reports and notices on this site, newest first."""
    if viewer.number is None:
        return []
    rows = _flags(viewer).select_related("comment__thread").order_by("-pk")[:SHOWN]
    found = [
        Report(str(Flag.Reason(row.reason).label), _title(row.comment), row.created, _outcome(row))
        for row in rows
    ]
    return sorted([*found, *_notices(viewer)], key=lambda report: report.created, reverse=True)[:SHOWN]


def _notices(viewer: Viewer) -> list[Report]:
    return [
        Report(
            _("Notice: %(what)s") % {"what": Notice.Category(row.category).label},
            _title(row.comment),
            row.created,
            past(row.outcome.action) if row.outcome else _("It waits for a moderator."),
            page_of(row),
        )
        for row in sent_by(viewer, SHOWN)
    ]


def _title(comment: Comment) -> str:
    return comment.thread.title or comment.thread.key


def _outcome(row: Flag) -> str:
    """Not what the moderator wrote: that is for whoever wrote the comment."""
    if row.outcome == _O.UPHELD:
        return _("A moderator agreed: the comment was removed.")
    if row.outcome == _O.REJECTED:
        return _("A moderator has read it and lets it stand.")
    if row.comment.state == Comment.State.DELETED:
        return _("Its author has deleted the comment.")
    return _("It waits for a moderator.")


def link_to_reports(viewer: Viewer) -> list[Section]:
    """The discussion's port: the link to the page, for whoever reported something."""
    if viewer.number is None or viewer.moderates:
        return []
    if not _flags(viewer).exists() and not sent_by(viewer, 1):
        return []
    return [Section(_("What came of your reports"), status_url(viewer.site.key) + "#reports")]
