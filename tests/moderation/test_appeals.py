"""Appeals: free, once, for more than six months; answered by somebody else; what is restored is all there again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rejoinder.accounts.actions import remove_staff
from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, ids, jobs
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import find_drift
from rejoinder.moderation.appeals import answer_appeal, appeal
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Appeal, Decision, Terms
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


class Removed:
    """A guest's comment with an answer beneath it, removed by a moderator; others moderate too."""

    def __init__(self) -> None:
        self.guest = make.guest()
        self.thread = make.thread()
        self.site = self.thread.site
        self.guest.write(self.thread, "What was taken away.")
        self.comment = Comment.objects.get(body="What was taken away.")
        make.comment(self.thread, parent=self.comment)
        self.guest_number = self.comment.author_id
        make.guest().vote(self.comment, 1)
        self.decider, self.other = make.staff(self.site), make.staff(self.site)
        self.before = self.figures()
        make.decide(self.comment, "remove", by=self.decider)
        self.decision = Decision.objects.get(action="remove", comment=self.comment)

    def figures(self) -> tuple[Any, ...]:
        """Text, counts and place."""
        row = make.again(self.comment)
        return (
            row.body,
            row.html,
            row.state,
            row.ups,
            row.rank,
            row.place,
            row.reply_count,
            row.thread.comment_count,
        )

    def appeals(self, words: str = "It was a quotation.", browser: Browser | None = None) -> Any:
        address = reverse("rejoinder:appeals", args=[self.site.key])
        data = {"decision": ids.encode(self.decision.pk), "words": words}
        return (browser or self.guest).post(address, data, headers={"accept": "application/json"})

    def answers(self, by: Commenter, answer: str, **more: str) -> Any:
        number = ids.encode(Appeal.objects.get(site=self.site).pk)
        address = reverse("rejoinder:console-appeal-answer", args=[self.site.key, number])
        return make.signed_in(by).post(address, {"answer": answer, "reason": "Read again.", **more})

    def mine(self) -> str:
        answer = self.guest.get(reverse("rejoinder:decided", args=[self.site.key]))
        assert answer["Cache-Control"] == "no-store, private"
        return str(answer.content.decode())


@pytest.fixture
def removed() -> Removed:
    return Removed()


def test_upheld_appeal_restores_text_counts_and_place(removed: Removed) -> None:
    assert removed.appeals().status_code == 201
    assert removed.answers(removed.other, "uphold").status_code == 303
    assert removed.figures() == removed.before
    assert find_drift() == []
    outcome = Appeal.objects.get().outcome
    assert outcome
    assert (outcome.action, outcome.actor, outcome.undoes) == (
        "appeal-upheld",
        removed.other,
        removed.decision,
    )
    assert "You appealed. Appeal upheld: Read again." in removed.mine()


def test_rejected_appeal_changes_nothing_and_the_author_reads_why(removed: Removed) -> None:
    removed.appeals()
    assert removed.answers(removed.other, "reject").status_code == 303
    assert make.again(removed.comment).state == "removed"
    assert "You appealed. Appeal rejected: Read again." in removed.mine()
    again = removed.appeals()
    assert (again.status_code, again.json()["code"]) == (409, "appealed")
    assert "it was answered; each decision has one appeal" in again.json()["message"]


def test_appeal_sent_twice_is_one(removed: Removed) -> None:
    assert removed.appeals().status_code == 201
    again = removed.appeals()
    assert (again.status_code, again.json()["code"]) == (409, "appealed")
    assert "You appealed against this already; you get an answer by" in again.json()["message"]
    assert Appeal.objects.count() == 1


def test_whoever_decided_does_not_answer_where_others_moderate(removed: Removed) -> None:
    removed.appeals()
    refused = removed.answers(removed.decider, "reject")
    assert refused.status_code == 403
    assert "another moderator answers the appeal" in refused.content.decode()
    assert Appeal.objects.get().answered is None


def test_who_moderates_alone_answers_when_half_of_the_time_is_over(removed: Removed) -> None:
    removed.appeals()
    remove_staff(commenter=removed.other, site=removed.site)
    early = removed.answers(removed.decider, "uphold")
    assert early.status_code == 403
    assert "nobody else moderates here" in early.content.decode()
    with time_machine.travel(clock.now() + timedelta(days=3, hours=13)):
        assert removed.answers(removed.decider, "uphold").status_code == 303


def test_appeal_is_open_on_day_183_and_closed_a_week_after_that(removed: Removed) -> None:
    start = clock.now()
    with time_machine.travel(start + timedelta(days=191)):
        assert removed.appeals().json()["code"] == "too-late"
    with time_machine.travel(start + timedelta(days=183)):
        assert "You can appeal until" in removed.mine()
        assert removed.appeals().status_code == 201
        assert removed.answers(removed.other, "uphold").status_code == 303
    assert removed.figures() == removed.before


def test_appeal_has_the_deadline_of_the_site_and_is_shown_when_it_is_over(removed: Removed) -> None:
    Terms.objects.create(site=removed.site, appeal_days=3)
    removed.appeals()
    row = Appeal.objects.get()
    assert row.due - row.created == timedelta(days=3)
    address = reverse("rejoinder:console-appeals", args=[removed.site.key])
    reader = make.signed_in(removed.other)
    assert 'class="mark">overdue' not in reader.get(address).content.decode()
    with time_machine.travel(row.due + timedelta(minutes=1)):
        assert 'class="mark">overdue' in reader.get(address).content.decode()


def test_nobody_but_the_author_appeals_and_nowhere_where_a_site_has_none(removed: Removed) -> None:
    assert removed.appeals(browser=make.guest()).status_code == 404
    assert removed.appeals(browser=make.signed_in(removed.other)).status_code == 404
    Terms.objects.create(site=removed.site, appeals=False)
    assert removed.appeals().status_code == 404
    assert "appeal" not in removed.mine().partition("<main")[2].lower()


def test_what_is_restored_or_empty_is_no_appeal(removed: Removed) -> None:
    empty = removed.appeals("  ")
    assert (empty.status_code, empty.json()["field"]) == (422, "words")
    make.decide(removed.comment, "restore")
    assert removed.appeals().json()["code"] == "over"


def test_restoring_answers_the_appeal(removed: Removed) -> None:
    removed.appeals()
    make.decide(removed.comment, "restore", by=removed.other)
    row = Appeal.objects.get()
    assert row.outcome
    assert row.outcome.action == "restore"
    assert removed.answers(removed.other, "reject").status_code == 409


def test_what_a_rule_holds_can_be_appealed_against_when_it_has_waited_a_day() -> None:
    thread = make.thread(make.site(hold_all=True))
    guest = make.guest()
    guest.write(thread, "Still waiting.")
    decision = Decision.objects.get(thread=thread)
    data = {"decision": ids.encode(decision.pk), "words": "Please read it."}
    address = reverse("rejoinder:appeals", args=[thread.site.key])
    json = {"accept": "application/json"}
    assert guest.post(address, data, headers=json).json()["code"] == "too-early"
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert guest.post(address, data, headers=json).status_code == 201


def test_appeals_without_a_ground_pause_further_ones_and_the_log_says_so() -> None:
    site = make.site()
    author, judge = make.commenter(), make.viewer(site, make.staff(site))
    viewer = make.viewer(site, author)
    thread = make.thread(site)

    def against() -> Decision:
        found = make.decide(make.comment(thread, by=author), "remove")
        return found.decisions.latest("pk")

    for _ in range(3):
        made = appeal(viewer=viewer, decision=against(), words="No!")
        answer_appeal(viewer=judge, appeal=made, upheld=False, reason="No ground is named.", unfounded=True)
    pause = Decision.objects.get(action="misuse")
    assert (pause.person, pause.seconds, pause.actor) == (author, 30 * 86_400, judge.commenter)
    from rejoinder.core.errors import Refused

    further = against()
    with pytest.raises(Refused, match="no further ones are taken until"):
        appeal(viewer=viewer, decision=further, words="No!")
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert appeal(viewer=viewer, decision=further, words="Now with a ground.")


def test_person_appeals_against_a_suspension() -> None:
    site, person = make.site(), make.account()
    judge, decider = make.staff(site), make.staff(site)
    from rejoinder.moderation.models import Sanction
    from rejoinder.moderation.sanctions.lay import lay

    lay(viewer=make.viewer(site, decider), person=person, kind="suspend", reason="Insults.", seconds=86_400)
    row = Decision.objects.get(action="suspend")
    made = appeal(viewer=make.viewer(site, person), decision=row, words="That was not me.")
    answer_appeal(viewer=make.viewer(site, judge), appeal=made, upheld=True, reason="So it is.")
    assert Sanction.objects.get().lifted is not None


def test_no_outcome_without_a_person(removed: Removed) -> None:
    with pytest.raises(ValueError, match="answered by a person"):
        record(site=removed.site, action="appeal-rejected", reason="No.", rule="a rule")


def test_author_who_deletes_the_comment_withdraws_the_appeal(removed: Removed) -> None:
    removed.appeals()
    removed.guest.post(reverse("rejoinder:deletion", args=[removed.comment.public_id]))
    jobs.work_once()
    row = Appeal.objects.get()
    assert row.answered
    assert row.outcome is None
