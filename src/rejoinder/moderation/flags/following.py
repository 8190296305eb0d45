"""What follows from a report at once: a card and, where the site wants it, hiding until a moderator has looked.

Hiding takes reports of at least three independent, trusted readers, however many others report; what a moderator has
let stand is not hidden by any number.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Role
from rejoinder.core import clock, events, jobs, rows
from rejoinder.core.db import locked
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.models import Comment
from rejoinder.moderation import chances
from rejoinder.moderation.decisions import record
from rejoinder.moderation.events import Decided
from rejoinder.moderation.flags.independence import voices
from rejoinder.moderation.flags.trust import Record, records
from rejoinder.moderation.models import Decision, Flag, Terms
from rejoinder.moderation.queue import place

_A, _R = Decision.Action, Flag.Reason
RULE = "flags"
# Fewer than this hide nothing, whatever a site lays down.
FEWEST = 3
# Of reports older than this nobody knows any more where they came from.
KEEP = timedelta(days=30)
# The newest reports of a comment that are looked at.
MOST = 200
# How bad it is where a report is right: 1 to 5, the order of the queue.
SEVERITY: dict[str, float] = {
    _R.ILLEGAL: 5, _R.PRIVACY: 4, _R.HATE: 3, _R.ABUSE: 3, _R.FALSE: 2, _R.SPAM: 2, _R.OFF_TOPIC: 1, _R.OTHER: 1,
}  # fmt: skip


def follow(*, comment: Comment, flag: Flag) -> None:
    """After a report was stored, in its transaction."""
    stands = _let_stand(comment)
    if stands == _A.IGNORE_FLAGS and flag.reason != _R.ILLEGAL:
        return
    flags = list(comment.flags.exclude(reporter=None).order_by("-pk")[:MOST])
    known = records(comment.thread.site, {one.reporter_id for one in flags if one.reporter_id})
    believed = [one for one in flags if not known[one.reporter_id or 0].is_discredited]
    if not believed:
        _put_aside(comment, flag)
        return
    severity = max(SEVERITY[one.reason] for one in believed)
    p = chances.of(comment, why="reported", flags=len(believed))
    place(comment=comment, why="reported", p=p, severity=severity)
    if not stands and _hides(comment, believed, known):
        _hide(comment, flag, severity)


def _let_stand(comment: Comment) -> str:
    """The decision by which a moderator let the present words stand, or an empty string."""
    last = comment.decisions.filter(
        action__in=[_A.IGNORE_FLAGS, _A.APPROVE, _A.RESTORE, _A.APPEAL_UPHELD], actor__isnull=False
    )
    found = last.exclude(undone_by__action=_A.UNDO).order_by("-pk").first()
    if found is None or (comment.edited is not None and comment.edited > found.created):
        return ""
    return found.action


def _hides(comment: Comment, flags: list[Flag], known: dict[int, Record]) -> bool:
    """Whether enough independent, trusted readers reported it lately."""
    since = clock.now() - KEEP
    blocks = {
        one.reporter_id: one.block
        for one in flags
        if one.reporter_id and one.created > since and known[one.reporter_id].is_trusted
    }
    if len(blocks) < FEWEST:
        return False
    terms = Terms.objects.filter(site=comment.thread.site_id).only("hide_after").first()
    if terms is None or not terms.hide_after:
        return False
    return voices(blocks, comment.pk) >= max(terms.hide_after, FEWEST)


def _hide(comment: Comment, flag: Flag, severity: float) -> None:
    """Hold it until a moderator has looked. What staff wrote stays: they are asked, not hidden."""
    site = comment.thread.site
    row: Comment | None = locked(
        Comment.objects.filter(pk=comment.pk).select_related("thread__site"), of=("self",)
    ).first()
    if row is None or row.state != Comment.State.PUBLIC:
        return
    if Role.objects.filter(site=site, commenter=row.author_id).exists():
        return
    with translation.override(site.language):
        reason = _("Several readers reported it independently of each other, so a moderator reads it first.")
    held = record(
        site=site,
        action=_A.HOLD,
        reason=reason,
        rule=RULE,
        code=flag.reason,
        comment=row,
        text_seen=row.body,
    )
    place(comment=row, why="held", rule=RULE, severity=severity)
    set_comment_state(comment=row, state=Comment.State.HELD)
    # Unlike what a rule holds while it is sent, its author is not there to read the answer.
    events.publish(Decided(site=site.pk, decision=held.pk, comment=row.pk, action=held.action))


def _put_aside(comment: Comment, flag: Flag) -> None:
    """Only people report it whose reports are hardly ever right: written down, once a month for each of them."""
    known = Decision.objects.filter(
        site=comment.thread.site_id, person=flag.reporter_id, action=_A.MISUSE, created__gt=clock.now() - KEEP
    )
    if known.exists():
        return
    with translation.override(comment.thread.site.language):
        reason = _("Hardly any of your reports here was upheld, so further ones wait behind those of others.")
    record(
        site=comment.thread.site,
        action=_A.MISUSE,
        reason=reason,
        rule=RULE,
        code="misuse",
        person=flag.reporter,
    )


@jobs.periodic("moderation.forget_blocks", every=timedelta(hours=6))
def forget_blocks() -> None:
    """Where a report came from is known for thirty days."""
    old = Flag.objects.exclude(block="").filter(created__lt=clock.now() - KEEP)
    rows.in_parts(old, lambda part: part.update(block=""))
