from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Min, QuerySet

from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events, jobs, rows
from rejoinder.core.db import ask, kept, locked, writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.limits import Limit, spend, take
from rejoinder.discussion import counters
from rejoinder.discussion.errors import no_comment, own_vote, thread_closed
from rejoinder.discussion.events import VoteCast
from rejoinder.discussion.models import Admission, Comment, Standing, Thread, Vote
from rejoinder.discussion.orders import is_pinned, pinned_rank, rank_of
from rejoinder.discussion.standings import Moved

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
    viewer.check_may_speak()
    spend(VOTES, viewer.block)
    with writing():
        voter = viewer.commenter or get_or_make_guest(guest_token)
        if comment.author_id == voter.pk:
            raise own_vote()
        # Before the comment: whoever lets voters in takes the two in the same order.
        counted = _is_admitted(viewer, voter, comment.thread)
        before = _replace(comment, voter, value, counted)
        if before != value:
            events.publish(
                VoteCast(
                    site=viewer.site.pk,
                    thread=comment.thread_id,
                    comment=comment.pk,
                    voter=voter.pk,
                    value=value,
                )
            )
        # As late as can be: all who vote on the same comment wait for its row.
        row = _access_voted(comment)
        if before != value and counted:
            counters.touch(row.thread_id, moved=_count(row, before, value), is_open=True)
    return Cast(row.ups, row.downs, value, counted)


def _access_voted(comment: Comment) -> Comment:
    """The row, locked, with its thread, which is not. Raises NotFound, or Conflict in a closed thread."""
    found = Comment.objects.filter(pk=comment.pk, state=Comment.State.PUBLIC).select_related("thread")
    row: Comment | None = locked(found, of=("self",)).first()
    if row is None:
        raise no_comment()
    if row.thread.closed:
        raise thread_closed()
    return row


def _is_admitted(viewer: Viewer, voter: Commenter, thread: Thread) -> bool:
    """Whether this voter's votes in this thread count yet. Locks that, so that nobody is let in in between."""
    if not voter.is_guest:
        return True
    of = Admission.objects.filter(thread=thread, voter=voter)
    known: Admission | None = locked(of).first()
    if known is None:
        waits = take(_NEWCOMERS, str(thread.pk), viewer.block)
        moment = clock.now()
        admitted = None if waits else moment
        fresh = Admission(thread=thread, voter=voter, block=viewer.block, created=moment, admitted=admitted)
        # The same voter may vote twice at the same instant.
        Admission.objects.bulk_create([fresh], ignore_conflicts=True)
        known = locked(of).get()
    return known.admitted is not None


def _replace(comment: Comment, voter: Commenter, value: int, counted: bool) -> int:
    """Store the vote. Returns what it was before."""
    of = Vote.objects.filter(comment=comment, voter=voter)
    vote: Vote | None = locked(of).first()
    if vote is None and value:
        # The same person may vote twice at the same instant: whoever comes second waits here, and finds the first.
        return 0 if _stored(comment, voter, value, counted) else _replace(comment, voter, value, counted)
    if vote is None or vote.value == value:
        return value
    if value:
        of.update(value=value, counted=counted)
    else:
        vote.delete()
    return vote.value


def _stored(comment: Comment, voter: Commenter, value: int, counted: bool) -> bool:
    stored = ask(
        "INSERT INTO rejoinder_vote (comment_id, voter_id, value, counted, created) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (comment_id, voter_id) DO NOTHING RETURNING id",
        [comment.pk, voter.pk, value, counted, kept(clock.now())],
    )
    return bool(stored)


def _count(row: Comment, before: int, after: int) -> list[Moved]:
    """Counts and rank after one vote changed. The comment's row is locked, so they stay equal to the stored votes."""
    stood = row.rank
    row.ups += (after == 1) - (before == 1)
    row.downs += (after == -1) - (before == -1)
    row.rank = rank_of(row.ups, row.downs, row.thread.prior_up, row.thread.prior_down)
    if is_pinned(stood):
        row.rank = pinned_rank(row.rank)
    Comment.objects.filter(pk=row.pk).update(ups=row.ups, downs=row.downs, rank=row.rank)
    moved = Moved(row.pk, row.thread_id, row.parent_id, Standing.Key.RANK, stood)
    return [moved] if stood != row.rank else []


def withdraw(*, vote: Vote) -> None:
    """Take a vote out again, with what it counted for, whatever became of its comment. Within a transaction."""
    row = locked(Comment.objects.filter(pk=vote.comment_id).select_related("thread"), of=("self",)).get()
    vote.delete()
    if vote.counted:
        counters.touch(row.thread_id, moved=_count(row, vote.value, 0))


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
        moved = count_waiting(thread=admission.thread, voters=[admission.voter_id])
        if moved is not None:
            counters.touch(admission.thread_id, moved=moved)


def count_waiting(*, thread: Thread, voters: Iterable[int] | QuerySet[Any]) -> list[Moved] | None:
    """Count the votes of these voters that waited in a thread, within the present transaction.

    Returns what moved by that, for the thread's row to be touched with; None where nothing waited.
    """
    votes = Vote.objects.filter(voter__in=voters, comment__thread=thread, counted=False)
    waited: dict[int, list[int]] = {}
    for number, value in votes.values_list("comment_id", "value"):
        waited.setdefault(number, []).append(value)
    votes.update(counted=True)
    moved: list[Moved] = []
    # Newest first, as everywhere: replies before what they answer.
    for row in locked(Comment.objects.filter(pk__in=waited).order_by("-pk")):
        row.thread = thread
        for value in waited[row.pk]:
            moved += _count(row, 0, value)
    return moved if waited else None


@jobs.periodic("discussion.forget_blocks", every=timedelta(hours=6))
def forget_blocks() -> None:
    """Address blocks are dropped after 30 days."""
    old = Admission.objects.filter(created__lt=clock.now() - KEEP_BLOCKS)
    rows.in_parts(old.exclude(block="").exclude(admitted=None), lambda part: part.update(block=""))
