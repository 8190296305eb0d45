"""Reports of readers: who is believed, who is one and the same, what they hide, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.models import Event
from rejoinder.discussion.models import Comment, Vote
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions.undoing import undo
from rejoinder.moderation.events import Decided
from rejoinder.moderation.flags import following, outcomes
from rejoinder.moderation.flags.trust import DISCREDITED, UPHELD, records
from rejoinder.moderation.models import Card, Decision, Flag, Terms
from rejoinder.moderation.queue.acts import act
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Comment:
    """A comment on a site where three independent, trusted readers hide until a moderator looks."""
    comment = make.comment(make.thread(), "Words in question.")
    Terms.objects.create(site=comment.thread.site, hide_after=3)
    return comment


def _known(comment: Comment, *, upheld: int = 0, rejected: int = 0, shared: bool = False) -> Commenter:
    """A reader with a record of earlier reports here, days apart from everybody else's unless they are `shared`."""
    who, thread = make.account(), comment.thread
    about = Comment.objects.filter(thread=thread).exclude(pk=comment.pk).order_by("pk")
    rows = list(about[: upheld + rejected])
    if len(rows) < upheld + rejected:
        rows = make.rows_of(thread, [None] * (upheld + rejected))
    apart = timedelta() if shared else timedelta(hours=make.a_number() % 1000)
    outcomes_ = ["upheld"] * upheld + ["rejected"] * rejected
    for row, outcome in zip(rows, outcomes_, strict=True):
        moment = clock.now() - timedelta(days=2) - apart
        Flag.objects.create(comment=row, reporter=who, reason="spam", created=moment, outcome=outcome)
    return who


def _report(comment: Comment, who: Commenter | None = None, *, reason: str = "spam", block: str = "") -> None:
    viewer = make.viewer(comment.thread.site, who or make.commenter())
    if block:
        viewer = Viewer(site=viewer.site, commenter=viewer.commenter, block=block)
    flag_comment(viewer=viewer, comment=make.again(comment), reason=reason)


def _vote(comment: Comment, voter: Commenter) -> None:
    Vote.objects.create(comment=comment, voter=voter, value=1, created=clock.now())


def test_report_puts_the_comment_before_a_moderator_once_and_the_law_comes_first(found: Comment) -> None:
    other = make.comment(found.thread)
    _report(other)
    _report(found)
    _report(found, reason="illegal")
    card, less = Card.objects.get(pk=found.pk), Card.objects.get(pk=other.pk)
    assert (card.reported, card.held) == (True, False)
    assert card.rank < less.rank
    assert make.again(found).state == "public"


def test_three_independent_trusted_readers_hide_until_a_moderator_has_looked(found: Comment) -> None:
    for _ in range(2):
        _report(found, _known(found, upheld=UPHELD))
    assert make.again(found).state == "public", "two are too few"
    _report(found, _known(found, upheld=UPHELD))
    assert make.again(found).state == "held"
    decision = Decision.objects.get()
    assert (decision.action, decision.rule, decision.actor, decision.code) == ("hold", "flags", None, "spam")
    assert Card.objects.get(pk=found.pk).held


def test_hundred_strangers_and_two_whom_one_knows_hide_nothing(found: Comment) -> None:
    for _ in range(2):
        _report(found, _known(found, upheld=UPHELD))
    for _ in range(100):
        _report(found)
    assert make.again(found).state == "public"


def _of_one_address(comment: Comment) -> None:
    for _ in range(4):
        _report(comment, _known(comment, upheld=UPHELD), block="one and the same")


def _who_always_report_together(comment: Comment) -> None:
    make.rows_of(comment.thread, [None] * UPHELD)
    for _ in range(4):
        _report(comment, _known(comment, upheld=UPHELD, shared=True))


def _who_vote_for_each_other(comment: Comment) -> None:
    people = [_known(comment, upheld=UPHELD) for _ in range(4)]
    theirs = {one: [make.comment(comment.thread, by=one) for _ in range(3)] for one in people}
    for one, other in zip(people, [*people[1:], people[0]], strict=True):
        for mine, yours in zip(theirs[one], theirs[other], strict=True):
            _vote(mine, other)
            _vote(yours, one)
    for who in people:
        _report(comment, who)


def _of_whom_more_was_rejected(comment: Comment) -> None:
    for _ in range(4):
        _report(comment, _known(comment, upheld=UPHELD, rejected=UPHELD + 1))


def _whose_complaints_were_put_aside(comment: Comment) -> None:
    for _ in range(4):
        who = _known(comment, upheld=UPHELD)
        Decision.objects.create(
            site=comment.thread.site,
            person=who,
            action="misuse",
            reason="Again and again.",
            created=clock.now(),
        )
        _report(comment, who)


@pytest.mark.parametrize(
    "storm",
    [
        _of_one_address,
        _who_always_report_together,
        _who_vote_for_each_other,
        _of_whom_more_was_rejected,
        _whose_complaints_were_put_aside,
    ],
)
def test_four_who_are_one_voice_or_none_hide_nothing(
    found: Comment, storm: Callable[[Comment], None]
) -> None:
    storm(found)
    assert make.again(found).state == "public"
    assert Card.objects.get(pk=found.pk).reported, "a moderator sees it all the same"


@pytest.mark.parametrize("let", ["approve", "ignore-flags", "site"])
def test_nothing_is_hidden_that_a_moderator_let_stand_or_where_the_site_does_not_want_it(
    found: Comment, let: str
) -> None:
    if let == "site":
        Terms.objects.update(hide_after=0)
    else:
        if let == "approve":
            make.decide(found, "hold")
        who = make.viewer(found.thread.site, make.staff(found.thread.site))
        act(viewer=who, comment=make.again(found), action=let, reason="It may be said.")
    for _ in range(3):
        _report(found, _known(found, upheld=UPHELD))
    assert make.again(found).state == "public"
    assert Card.objects.filter(pk=found.pk).exists() == (let != "ignore-flags")


def test_reports_are_ignored_until_the_words_change_but_for_the_law(found: Comment) -> None:
    who = make.viewer(found.thread.site, make.staff(found.thread.site))
    act(viewer=who, comment=found, action="ignore-flags", reason="It may be said.")
    _report(found)
    assert not Card.objects.exists()
    _report(found, reason="illegal")
    assert Card.objects.exists()
    Card.objects.all().delete()
    Comment.objects.filter(pk=found.pk).update(edited=clock.now())
    _report(found)
    assert Card.objects.exists()


def test_what_staff_wrote_is_not_hidden_by_readers(found: Comment) -> None:
    theirs = make.comment(found.thread, "From the newsroom.", by=make.staff(found.thread.site))
    for _ in range(3):
        _report(theirs, _known(found, upheld=UPHELD))
    assert make.again(theirs).state == "public"


def test_whose_reports_are_hardly_ever_right_puts_up_no_card_and_that_is_written_down_once(
    found: Comment,
) -> None:
    who = _known(found, rejected=DISCREDITED)
    _report(found, who)
    _report(make.comment(found.thread), who)
    assert not Card.objects.exists()
    row = Decision.objects.get()
    assert (row.action, row.person, row.rule, row.code) == ("misuse", who, "flags", "misuse")
    _report(found)
    assert Card.objects.filter(pk=found.pk).exists(), "somebody else reports it, too"


def _settle() -> None:
    for event in Event.objects.filter(kind="Decided").order_by("pk"):
        outcomes.decided(Decided(**event.payload))
        outcomes.decided(Decided(**event.payload))  # it may run twice
    Event.objects.all().delete()


def test_what_came_of_reports_follows_what_is_decided_and_taken_back(found: Comment) -> None:
    who, staff = make.account(), make.staff(found.thread.site)
    _report(found, who)

    def outcome() -> str:
        _settle()
        return Flag.objects.get().outcome

    make.decide(found, "remove", by=staff)
    assert outcome() == "upheld"
    assert records(found.thread.site, [who.pk])[who.pk].upheld == 1
    make.decide(found, "restore", by=staff)
    assert outcome() == "rejected"
    undo(viewer=make.viewer(found.thread.site, staff), decision=Decision.objects.latest("pk"))
    assert outcome() == "upheld", "the removal stands again"


def test_removal_that_is_undone_leaves_the_reports_open_and_those_that_came_later_are_not_settled(
    found: Comment,
) -> None:
    staff = make.staff(found.thread.site)
    _report(found)
    make.decide(found, "remove", by=staff)
    _settle()
    undo(viewer=make.viewer(found.thread.site, staff), decision=Decision.objects.latest("pk"))
    _settle()
    assert [flag.outcome for flag in Flag.objects.all()] == [""]
    act(viewer=make.viewer(found.thread.site, staff), comment=make.again(found), action="ignore-flags")
    _report(found)
    _settle()
    assert sorted(flag.outcome for flag in Flag.objects.all()) == ["", "rejected"]


def test_where_a_report_came_from_is_forgotten_after_thirty_days(found: Comment) -> None:
    _report(found)
    _report(found)
    old = Flag.objects.earliest("pk")
    Flag.objects.filter(pk=old.pk).update(created=clock.now() - timedelta(days=31))
    following.forget_blocks()
    assert [bool(flag.block) for flag in Flag.objects.order_by("pk")] == [False, True]


def test_owner_says_from_how_many_on_and_less_than_three_is_refused(found: Comment) -> None:
    owner = make.signed_in(make.staff(found.thread.site, "owner"))
    address = reverse("rejoinder:console-terms", args=[found.thread.site.key])
    for typed, status, stored in (("5", 303, 5), ("2", 422, 5), ("many", 422, 5), ("0", 303, 0)):
        sent = {"appeal_days": "7", "notice_days": "7", "notice_keep": "365", "hide_after": typed}
        assert owner.post(address, sent).status_code == status
        assert Terms.objects.get().hide_after == stored
