"""A person as those who moderate know them: what they wrote here, what became of it, what holds of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import clock
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Decision, Flag, Sanction

SHOWN = 100
_STATES = Comment.State


def _holding() -> Q:
    """What holds now; a warning that was not read yet does."""
    return Q(lifted=None) & (Q(ends=None) | Q(ends__gt=clock.now()))


def sanctions_now(site: Site) -> list[Sanction]:
    """What holds of anybody on a site now, newest first."""
    found = Sanction.objects.filter(_holding(), site=site).select_related("commenter", "decision__actor")
    return list(found.order_by("-pk")[:SHOWN])


def sanctions_of(site: Site, person: Commenter) -> list[Sanction]:
    """What holds of a person on a site now, newest first."""
    found = Sanction.objects.filter(_holding(), site=site, commenter=person)
    return list(found.select_related("decision__actor").order_by("-pk")[:SHOWN])


def decisions_about(site: Site, person: Commenter) -> list[Decision]:
    """What was decided about the person themselves, newest first, notes among it."""
    found = Decision.objects.filter(site=site, person=person, comment=None)
    return list(found.select_related("actor", "words").order_by("-pk")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Record:
    """Figures of a person on one site."""

    written: int
    public: int
    held: int
    removed: int
    deleted: int
    flags_made: int
    flags_upheld: int
    flags_received: int


def record_of(site: Site, person: Commenter) -> Record:
    """What somebody wrote and what became of it; of their reports, those whose comment was then removed."""
    theirs = Comment.objects.filter(author=person, thread__site=site)
    by_state = dict(theirs.values_list("state").annotate(n=Count("id")).order_by())
    made = Flag.objects.filter(reporter=person, comment__thread__site=site)
    return Record(
        written=sum(by_state.values()),
        public=by_state.get(_STATES.PUBLIC, 0),
        held=by_state.get(_STATES.HELD, 0),
        removed=by_state.get(_STATES.REMOVED, 0),
        deleted=by_state.get(_STATES.DELETED, 0),
        flags_made=made.count(),
        flags_upheld=made.filter(comment__state=_STATES.REMOVED).count(),
        flags_received=Flag.objects.filter(comment__author=person, comment__thread__site=site).count(),
    )


def written_here(site: Site, person: Commenter, *, before: int, limit: int) -> list[Comment]:
    """What somebody wrote on a site in whatever state, newest first, older than `before` (0: all)."""
    found = Comment.objects.filter(author=person, thread__site=site)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.select_related("thread__site").order_by("-pk")[:limit])
