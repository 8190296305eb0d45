"""Statements of reasons: whoever is restricted is told what, why, by what and how to appeal, at once and by mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import clock, jobs
from rejoinder.discussion.models import Comment
from rejoinder.moderation.actions import undo
from rejoinder.moderation.decisions import codes, record
from rejoinder.moderation.decisions.comments import decide_comment
from rejoinder.moderation.decisions.statements import latest, statements
from rejoinder.moderation.models import Decision, Terms
from rejoinder.moderation.sanctions.lay import lay, tell
from rejoinder.notifications.models import Contact
from tests import factories as make

pytestmark = pytest.mark.django_db

PERSON = "A person decided; no program had a part in it."


def _told(site: Site, who: Commenter) -> list[list[str]]:
    viewer = make.viewer(site, who)
    return [one.sentences for one in statements(viewer, latest(viewer))]


@pytest.mark.parametrize("action", ["remove", "hold", "suspend", "ban", "warn"])
def test_each_restriction_makes_one_statement_with_ground_decider_and_redress(action: str) -> None:
    site, author = make.site(), make.account()
    judge = make.viewer(site, make.staff(site))
    if action in {"remove", "hold"}:
        found = make.comment(make.thread(site), by=author)
        decide_comment(
            viewer=judge, comment=found, action=action, reason="It names a neighbour.", code="privacy"
        )
    else:
        seconds = 86_400 if action == "suspend" else None
        reason = "It names a neighbour."
        lay(viewer=judge, person=author, kind=action, reason=reason, seconds=seconds, code="privacy")
    [sentences] = _told(site, author)
    assert sentences[0] == "It names a neighbour."
    assert "Ground: Private information." in sentences
    assert PERSON in sentences
    assert any("You can appeal until" in one for one in sentences) == (action != "warn")
    assert any("It holds until" in one for one in sentences) == (action == "suspend")


def test_what_a_rule_holds_says_which_rule_and_that_nobody_read_it() -> None:
    thread = make.thread(make.site(hold_all=True))
    guest = make.guest()
    guest.write(thread, "May I?")
    found = Comment.objects.get(body="May I?")
    pages = [
        guest.get(reverse("rejoinder:actions", args=[found.public_id])),
        guest.get(reverse("rejoinder:decided", args=[thread.site.key])),
    ]
    for page in pages:
        text = page.content.decode()
        assert "Rule: site holds all." in text
        assert "It was decided by a rule, automatically; no person had read it." in text
        assert "you can appeal from" in text
    mine = guest.get(reverse("rejoinder:mine", args=[thread.site.key]), {"key": thread.key}).json()
    assert {"label": "What was decided about you", "url": f"/threads/{thread.site.key}/mine/"} in mine[
        "tools"
    ]


def test_part_of_a_program_is_said() -> None:
    site, author = make.site(), make.account()
    found = make.comment(make.thread(site), by=author)
    record(
        site=site,
        action="remove",
        reason="No.",
        actor=make.staff(site),
        comment=found,
        machine="sorted first",
    )
    [sentences] = _told(site, author)
    assert "A person decided; a program had a part in it: sorted first." in sentences


def test_notes_are_told_to_nobody_and_others_read_nothing() -> None:
    site, author = make.site(), make.account()
    judge = make.staff(site)
    record(
        site=site, action="note", reason="Writes at night.", actor=judge, person=author, text_seen="Watch."
    )
    tell(viewer=make.viewer(site, judge), person=author, words="Please read the guidelines.")
    assert _told(site, author) == [["A moderator wrote to you.", "Please read the guidelines."]]
    assert _told(site, make.account()) == []
    assert _told(make.site(), author) == []
    nobody = make.guest().get(reverse("rejoinder:decided", args=[site.key])).content.decode()
    assert "this browser does not know who you are" in nobody


def test_older_decisions_are_on_the_next_page() -> None:
    site, author = make.site(), make.account()
    judge = make.viewer(site, make.staff(site))
    for number in range(22):
        tell(viewer=judge, person=author, words=f"Message {number}.")
    browser = make.signed_in(author)
    first = browser.get(reverse("rejoinder:decided", args=[site.key])).content.decode()
    assert "Message 21." in first
    assert "Message 1." not in first
    older = first.partition('rel="next" href="')[2].partition('"')[0]
    second = browser.get(older).content.decode()
    assert "Message 1." in second
    assert "Message 2." not in second


def test_site_says_its_own_sentence_for_a_ground() -> None:
    site = make.site()
    Terms.objects.create(site=site, sentences={"spam": "No advertising, please."})
    assert codes.sentences(site)["spam"] == "No advertising, please."
    assert codes.sentences(site)["abuse"] == "It attacks a person instead of what they say."


class Decided:
    """A comment by somebody with a confirmed address, removed by a moderator."""

    def __init__(self, code: str = "abuse") -> None:
        self.site, self.author = make.site(), make.account()
        Contact.objects.create(
            site=self.site,
            commenter=self.author,
            email="who@mail.example",
            confirmed=clock.now(),
            created=clock.now(),
        )
        self.judge = make.viewer(self.site, make.staff(self.site))
        self.comment = make.comment(make.thread(self.site), "You are all fools.", by=self.author)
        self.decision = decide_comment(
            viewer=self.judge, comment=self.comment, action="remove", reason="It insults.", code=code
        )

    def letters(self, after: timedelta = timedelta(minutes=11)) -> list[Any]:
        jobs.work_once()
        with time_machine.travel(clock.now() + after):
            jobs.work_once()
        return [letter for letter in mail.outbox if letter.to == ["who@mail.example"]]


def test_letter_says_what_why_and_how_to_appeal_with_one_click_to_stop() -> None:
    decided = Decided()
    assert decided.letters(timedelta(minutes=9)) == []
    [letter] = decided.letters()
    for words in (
        "Removed.",
        "It insults.",
        PERSON,
        "You can appeal until",
        "> You are all fools.",
        "/mine/",
    ):
        assert words in str(letter.body)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(decided.letters()) == 1


def test_no_letter_about_what_was_taken_back_or_to_who_wants_none() -> None:
    decided = Decided()
    undo(viewer=decided.judge, decision=decided.decision)
    assert decided.letters() == []
    decided = Decided()
    Contact.objects.update(stopped=clock.now())
    assert decided.letters() == []


def test_advertising_and_approvals_are_told_on_the_page_alone() -> None:
    decided = Decided(code="spam")
    assert decided.letters() == []
    assert _told(decided.site, decided.author)
    thread = make.thread(make.site(hold_all=True))
    make.decide(make.comment(thread, by=decided.author), "approve")
    assert decided.letters() == []
    assert Decision.objects.filter(action="approve").exists()
