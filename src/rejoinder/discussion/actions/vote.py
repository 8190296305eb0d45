from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min

from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events, jobs
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.limits import Limit, spend, take
from rejoinder.discussion import counters
from rejoinder.discussion.errors import no_comment, own_vote, thread_closed
from rejoinder.discussion.events import VoteCast
from rejoinder.discussion.models import Admission, Comment, Thread, Vote
from rejoinder.discussion.orders import rank_of

# One new voter a thread from one address block in this time counts; the others wait their turn.
TURN = timedelta(minutes=10)
_NEWCOMERS = Limit("newcomers", most=1, window=TURN)
# Faster than anybody reads.
VOTES = Limit("votes", most=120, window=timedelta(minutes=10))
KEEP_BLOCKS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Cast:
    """What a comment's votes are now, and mine among them. `counted` is False while my vote waits."""

    ups: int
    downs: int
    mine: int
    counted: bool


def cast_vote(*, viewer: Viewer, comment: Comment, value: int, guest_token: str = "") -> Cast:
    """Vote up (1), down (-1) or take it back (0). The same again changes nothing.

    Raises Refused for one's own comment, NotFound when it is not public, Conflict when the thread is closed.
    """
    if value not in {1, -1, 0}:
        raise InvalidInput(code="vote", message="A vote is 1, -1 or 0.", field="value")
    spend(VOTES, viewer.block)
    with writing():
        voter = viewer.commenter or get_or_make_guest(guest_token)
        if comment.author_id == voter.pk:
            raise own_vote()
        # Before the comment: whoever lets voters in takes the two in the same order.
        counted = _is_admitted(viewer, voter, comment.thread)
        row = locked(Comment.objects.filter(pk=comment.pk, state=Comment.State.PUBLIC)).first()
        if row is None:
            raise no_comment()
        if row.thread.closed:
            raise thread_closed()
        before = _replace(row, voter, value, counted)
        if before != value:
            events.publish(
                VoteCast(
                    site=viewer.site.pk, thread=row.thread_id, comment=row.pk, voter=voter.pk, value=value
                )
            )
        if before != value and counted:
            _count(row, before, value)
            counters.touch(row.thread_id)
    return Cast(row.ups, row.downs, value, counted)


def _is_admitted(viewer: Viewer, voter: Commenter, thread: Thread) -> bool:
    """Whether this voter's votes in this thread count yet. Locks that, so that nobody is let in in between."""
    if voter.user_id is not None:
        return True
    of = Admission.objects.filter(thread=thread, voter=voter)
    known: Admission | None = locked(of).first()
    if known is None:
        waits = take(_NEWCOMERS, str(thread.pk), viewer.block)
        moment = clock.now()
        # The same voter may vote twice at the same instant.
        Admission.objects.get_or_create(
            thread=thread,
            voter=voter,
            defaults={"block": viewer.block, "created": moment, "admitted": None if waits else moment},
        )
        known = locked(of).get()
    return known.admitted is not None


def _replace(row: Comment, voter: Commenter, value: int, counted: bool) -> int:
    """Store the vote. Returns what it was before."""
    vote = Vote.objects.filter(comment=row, voter=voter).first()
    before = vote.value if vote else 0
    if value == before:
        return before
    if value == 0:
        Vote.objects.filter(comment=row, voter=voter).delete()
    else:
        Vote.objects.update_or_create(
            comment=row,
            voter=voter,
            defaults={"value": value, "counted": counted},
            create_defaults={"value": value, "counted": counted, "created": clock.now()},
        )
    return before


def _count(row: Comment, before: int, after: int) -> None:
    """Counts and rank after one vote changed. The comment's row is locked, so they stay equal to the stored votes."""
    row.ups += (after == 1) - (before == 1)
    row.downs += (after == -1) - (before == -1)
    row.rank = rank_of(row.ups, row.downs, row.thread.prior_up, row.thread.prior_down)
    row.save(update_fields=["ups", "downs", "rank"])


@jobs.periodic("discussion.admit_voters", every=timedelta(minutes=1))
def admit_voters() -> None:
    """Let waiting voters in, one an address block and thread each ten minutes, in the order they came."""
    # The first of each: many who wait behind one address keep nobody else waiting.
    turns = Admission.objects.filter(admitted=None).values("thread", "block").annotate(first=Min("id"))
    firsts = turns.order_by("first").values_list("first", flat=True)[:1000]
    for admission in Admission.objects.filter(pk__in=list(firsts)).select_related("thread").order_by("pk"):
        if take(_NEWCOMERS, str(admission.thread_id), admission.block) is None:
            _admit(admission)


def _admit(admission: Admission) -> None:
    with writing():
        Admission.objects.filter(pk=admission.pk).update(admitted=clock.now())
        votes = Vote.objects.filter(
            voter=admission.voter_id, comment__thread=admission.thread_id, counted=False
        )
        values = dict(votes.values_list("comment_id", "value"))
        # Newest first, as everywhere: replies before what they answer.
        for row in locked(Comment.objects.filter(pk__in=values).order_by("-pk")):
            row.thread = admission.thread
            Vote.objects.filter(comment=row, voter=admission.voter_id).update(counted=True)
            _count(row, 0, values[row.pk])
        if values:
            counters.touch(admission.thread_id)


@jobs.periodic("discussion.forget_blocks", every=timedelta(hours=6))
def forget_blocks() -> None:
    """Address blocks are dropped after 30 days."""
    with writing():
        old = Admission.objects.filter(created__lt=clock.now() - KEEP_BLOCKS)
        old.exclude(block="").exclude(admitted=None).update(block="")
