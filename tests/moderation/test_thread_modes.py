"""How a discussion goes on: who may write, how fast, what happens by itself, and that readers are told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rejoinder.core import clock, jobs
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions.undoing import undo
from rejoinder.moderation.models import Decision, HeatChange, Manners
from rejoinder.moderation.threads import heat
from rejoinder.moderation.threads.aging import close_old_threads
from rejoinder.moderation.threads.manners import Changes, change_manners
from rejoinder.moderation.threads.modes import invite, set_mode, set_slow
from tests import factories as make
from tests.api.asking import speaking

pytestmark = pytest.mark.django_db

PLAIN = {
    "guidelines": "",
    "close_after": 0,
    "reconsider": False,
    "calms": False,
    "calm_by": "slow",
    "hot": 30,
}


def moderator(thread: Thread, role: str = "moderator") -> Any:
    return make.viewer(thread.site, make.staff(thread.site, role))


def with_manners(thread: Thread, **changes: Any) -> Manners:
    return change_manners(viewer=moderator(thread, "editor"), changes=Changes(**{**PLAIN, **changes}))


def page_of(thread: Thread) -> str:
    return (
        make.guest()
        .get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
        .content.decode()
    )


def policy_of(thread: Thread) -> dict[str, Any]:
    found = make.guest().get(f"/api/v1/sites/{thread.site.key}/thread", {"key": thread.key}).json()["policy"]
    assert isinstance(found, dict)
    return found


def test_slow_mode_lets_each_person_write_once_a_pause_and_says_when_again() -> None:
    thread, browser = make.thread(), make.signed_in(make.account())
    set_slow(viewer=moderator(thread), thread=thread, seconds=300, reason="Too fast.")
    assert browser.write(thread, "One.").status_code == 201
    refused = browser.write(thread, "Two.")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 300
    assert "5 minutes" in refused.json()["message"]
    assert make.signed_in(make.account()).write(thread, "Somebody else.").status_code == 201
    assert make.signed_in(make.staff(thread.site)).write(thread, "Staff.").status_code == 201
    with time_machine.travel(clock.now() + timedelta(seconds=301), tick=False):
        assert browser.write(thread, "Two.").status_code == 201
    assert "Slow mode: 5 minutes" in page_of(thread)
    assert (policy_of(thread)["pause"], len(policy_of(thread)["notices"])) == (300, 1)


def test_slow_mode_is_not_escaped_by_new_guests_from_one_address() -> None:
    thread, address = make.thread(), make.an_address()
    set_slow(viewer=moderator(thread), thread=thread, seconds=300, reason="Too fast.")
    statuses = [make.guest(address).write(thread, f"Guest {number}.").status_code for number in range(4)]
    assert statuses == [201, 201, 201, 429]


def test_what_is_refused_is_not_counted_by_slow_mode() -> None:
    thread, browser = make.thread(), make.signed_in(make.account())
    set_slow(viewer=moderator(thread), thread=thread, seconds=300, reason="Too fast.")
    assert browser.write(thread, "An answer.", parent=Comment(pk=999_999)).status_code == 409
    assert browser.write(thread, "One.").status_code == 201


def test_readers_ask_and_invited_people_answer() -> None:
    thread = make.thread()
    set_mode(viewer=moderator(thread), thread=thread, mode="questions", reason="An hour with the mayor.")
    mayor, reader = make.account("The mayor"), make.account()
    asked = make.signed_in(reader).write(thread, "Why?")
    assert asked.status_code == 201
    question = Comment.objects.get(body="Why?")
    refused = make.signed_in(reader).write(thread, "I know why.", parent=question)
    assert (refused.status_code, refused.json()["code"]) == (403, "questions")
    assert make.signed_in(mayor).write(thread, "Because.", parent=question).status_code == 403
    invite(viewer=moderator(thread), thread=thread, person=mayor, invited=True)
    assert make.signed_in(mayor).write(thread, "Because.", parent=question).status_code == 201
    assert (
        make.signed_in(make.staff(thread.site)).write(thread, "Indeed.", parent=question).status_code == 201
    )
    assert make.signed_in(reader).vote(make.again(Comment.objects.get(body="Because.")), 1).status_code == 200
    assert "readers ask" in page_of(thread)
    invite(viewer=moderator(thread), thread=thread, person=mayor, invited=False)
    assert make.signed_in(mayor).write(thread, "And more.", parent=question).status_code == 403


def test_where_only_invited_people_write_others_read() -> None:
    thread, reader = make.thread(), make.account()
    set_mode(viewer=moderator(thread), thread=thread, mode="staff", reason="A live report.")
    refused = speaking(reader, thread.site).post_comment(thread.site, key=thread.key)
    assert (refused.status_code, refused.json()["code"]) == (403, "invited")
    assert "only invited people write" in page_of(thread)
    assert policy_of(thread)["mode"] == "staff"
    with pytest.raises(Conflict):
        set_mode(viewer=moderator(thread), thread=thread, mode="staff", reason="Again.")
    with pytest.raises(InvalidInput):
        set_mode(viewer=moderator(thread), thread=thread, mode="silent", reason="Hush.")


def test_old_discussions_are_closed_and_what_somebody_opened_again_stays_open() -> None:
    thread = make.thread()
    with_manners(thread, close_after=14)
    young = make.thread(thread.site)
    Thread.objects.filter(pk=thread.pk).update(created=clock.now() - timedelta(days=15))
    close_old_threads()
    thread.refresh_from_db()
    young.refresh_from_db()
    assert (thread.closed is not None, young.closed) == (True, None)
    row = Decision.objects.get(action="close")
    assert (row.rule, row.actor, "14 days" in row.reason) == ("age", None, True)
    staff = make.signed_in(make.staff(thread.site))
    address = reverse("rejoinder:console-thread-decisions", args=[thread.site.key])
    sent = {"key": thread.key, "action": "reopen", "reason": "There is news."}
    assert staff.post(address, sent).status_code == 303
    close_old_threads()
    thread.refresh_from_db()
    assert thread.closed is None


def test_page_of_a_discussion_decides_how_it_goes_on() -> None:
    thread = make.thread()
    staff = make.signed_in(make.staff(thread.site, "editor", name="Mira"))
    mayor = make.account("The mayor of here")
    make.comment(thread, by=mayor)
    address = reverse("rejoinder:console-thread-decisions", args=[thread.site.key])
    sent = {"key": thread.key, "reason": "An hour with the mayor."}
    for more in (
        {"action": "mode", "mode": "questions"},
        {"action": "slow", "seconds": "60"},
        {"action": "invite", "name": "the Mayor of here"},
    ):
        assert staff.post(address, {**sent, **more}).status_code == 303
    page = staff.get(
        reverse("rejoinder:console-thread", args=[thread.site.key]), {"key": thread.key}
    ).content.decode()
    for said in ("readers ask, invited people answer", "slow mode: 60 seconds", "The mayor of here", "Mira"):
        assert said in page
    assert staff.post(address, {**sent, "action": "slow", "seconds": "60"}).status_code == 409
    assert staff.post(address, {**sent, "action": "slow", "seconds": "17"}).status_code == 422
    listed = staff.get(reverse("rejoinder:console-threads", args=[thread.site.key])).content.decode()
    assert "slow mode: 60 seconds" in listed


def test_guidelines_stand_where_one_writes_and_on_their_own_page() -> None:
    thread = make.thread()
    page = reverse("rejoinder:guidelines", args=[thread.site.key])
    assert make.guest().get(page).status_code == 404
    assert "guidelines" not in page_of(thread)
    staff = make.signed_in(make.staff(thread.site, "editor"))
    typed = {**PLAIN, "guidelines": "Be **kind**.\n\n<script>alert(1)</script>"}
    sent = {name: value for name, value in typed.items() if value is not False}
    answer = staff.post(reverse("rejoinder:console-manners", args=[thread.site.key]), sent)
    assert answer.status_code == 303
    for shown in (page_of(thread), make.guest().get(page).content.decode()):
        assert "Be <strong>kind</strong>." in shown
        assert "<script>alert" not in shown
    assert policy_of(thread)["guidelines"] == page
    assert Decision.objects.get(action="rule").actor is not None
    refused = staff.post(reverse("rejoinder:console-manners", args=[thread.site.key]), {**sent, "hot": "1"})
    assert refused.status_code == 422


def _hot(thread: Thread, how_many: int = 6) -> None:
    """So many comments, each reported by somebody else, and what follows from that."""
    for number in range(how_many):
        comment = make.comment(thread, f"Insult number {number}.")
        flag_comment(
            viewer=make.viewer(thread.site), comment=comment, reason="abuse", guest_token=f"{number:022}"
        )
    jobs.work_once()


def test_much_that_is_reported_slows_a_discussion_down_and_calm_lets_it_go() -> None:
    thread = make.thread()
    with_manners(thread, calms=True, calm_by="hold")
    _hot(thread)
    thread.refresh_from_db()
    # Reports alone hold nothing.
    assert thread.calm == "slow"
    assert "Much was reported here lately." in page_of(thread)
    assert Decision.objects.get(action="slow").rule == "temperature"
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        heat.cool_threads()
        thread.refresh_from_db()
        assert thread.calm == "slow", "still above half of the threshold"
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        heat.cool_threads()
        thread.refresh_from_db()
        assert thread.calm == ""
    assert [row.action for row in Decision.objects.filter(rule="temperature").order_by("pk")] == [
        "slow",
        "stop-slow",
    ]


def test_much_that_is_removed_holds_where_the_site_wants_that() -> None:
    thread = make.thread()
    with_manners(thread, calms=True, calm_by="hold")
    staff = make.staff(thread.site)
    for number in range(3):
        make.decide(make.comment(thread, f"Insult {number}."), "remove", by=staff)
    jobs.work_once()
    assert make.guest().write(thread, "A thought.").json()["state"] == "held"
    assert "Many comments here were reported lately" in page_of(thread)
    with_manners(thread, calms=False)
    thread.refresh_from_db()
    assert thread.calm == "", "the switch ends what it began"


def test_where_it_is_not_switched_on_it_is_only_written_down() -> None:
    thread = make.thread()
    _hot(thread)
    thread.refresh_from_db()
    assert thread.calm == ""
    change = HeatChange.objects.get()
    assert (change.is_hot, change.did) == (True, "")
    staff = make.signed_in(make.staff(thread.site))
    page = staff.get(reverse("rejoinder:console-threads", args=[thread.site.key])).content.decode()
    assert "it would have been slowed down" in page


def test_many_who_report_one_comment_do_not_slow_a_discussion_down() -> None:
    thread = make.thread()
    with_manners(thread, calms=True)
    comment = make.comment(thread, "An opinion.")
    for number in range(20):
        flag_comment(
            viewer=make.viewer(thread.site), comment=comment, reason="abuse", guest_token=f"{number:022}"
        )
    jobs.work_once()
    thread.refresh_from_db()
    assert thread.calm == ""


def test_closed_thread_announces_nothing_else() -> None:
    thread = make.thread()
    change_thread(thread=thread, closed=True, slow=60)
    assert "Slow mode" not in page_of(thread)


def test_questions_have_orders_of_their_own_and_answers_stand_out_for_everybody() -> None:
    thread, guest = make.thread(), make.account("Dr Ana Quill")
    reader, expert = make.signed_in(make.account()), make.signed_in(guest)
    make.signed_in(guest).write(make.thread(thread.site), "Known here.")
    before = reader.write(thread, "Is the bridge safe?").json()["id"]
    reader.write(thread, "Who pays for it?")
    make.comment(thread, "I would not know.", parent=Comment.objects.get(body="Is the bridge safe?"))
    assert "data-reply aria" in window_of(thread)
    assert "Waiting for an answer" not in page_of(thread)
    set_mode(viewer=moderator(thread), thread=thread, mode="questions", reason="An hour with Dr Quill.")
    invite(viewer=moderator(thread), thread=thread, person=guest, invited=True)
    answer = expert.write(thread, "It is.", parent=Comment.objects.get(body="Is the bridge safe?")).json()
    assert 'class="answer"' in answer["html"]
    assert "data-reply aria" in answer["html"], "who may answer is led to the form"
    page = page_of(thread)
    assert page.count('class="answer"') == 1
    assert page.count("data-reply hidden") == page.count("data-reply") == 4
    assert {"Waiting for an answer", "Answered"} <= set(re.findall(r">([^<]+)</a>", page))
    where = reverse("rejoinder:mine", args=[thread.site.key])
    answers = [who.get(where, {"key": thread.key}).json()["answers"] for who in (reader, expert)]
    assert answers == [False, True]
    asked = {"key": thread.key, "sort": "unanswered"}
    found = reader.get(f"/api/v1/sites/{thread.site.key}/comments", asked).json()["comments"]
    assert [one["html"] for one in found if one["depth"] == 0] == [
        "<p>Who pays for it?</p>",
        "<p>Is the bridge safe?</p>",
    ]
    assert {one["id"]: one["highlights"] for one in found if one["highlights"]} == {answer["id"]: ["answer"]}
    reply = reader.get(reverse("rejoinder:reply", args=[before])).content.decode()
    assert "invited people answer" in reply


def window_of(thread: Thread) -> str:
    where = reverse("rejoinder:window", args=[thread.site.key])
    return make.guest().get(where, {"key": thread.key}).content.decode()


def test_mode_and_pace_that_are_taken_back_are_as_before() -> None:
    thread = make.thread()
    by = moderator(thread)
    set_slow(viewer=by, thread=thread, seconds=60, reason="Fast.")
    set_mode(viewer=by, thread=thread, mode="questions", reason="An hour with us.")
    slower = set_slow(viewer=by, thread=thread, seconds=300, reason="Faster.")
    other = set_mode(viewer=by, thread=thread, mode="staff", reason="Over.")
    for decision in (slower, other):
        undo(viewer=by, decision=decision)
    thread.refresh_from_db()
    assert (thread.slow, thread.mode) == (60, "questions")
    first = Decision.objects.get(thread=thread, seconds=60)
    set_slow(viewer=by, thread=thread, seconds=30, reason="Slower.")
    with pytest.raises(Conflict):
        undo(viewer=by, decision=first)
