"""What is laid on a person: it holds with the next request, says why, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.ports import claimables, erasables_in_order, exportables
from rejoinder.core import clock, ids
from rejoinder.core.errors import Conflict, NotFound, Refused
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.moderation.decisions.undoing import undo
from rejoinder.moderation.models import Decision, Flag, Sanction, Whereabouts
from rejoinder.moderation.sanctions.lay import forget_whereabouts, lay, lift, note, tell
from tests import factories as make
from tests.api.asking import speaking
from tests.moderation.test_rules import rule

pytestmark = pytest.mark.django_db

DAY = 86_400


def moderator(thread: Thread) -> Any:
    return make.viewer(thread.site, make.staff(thread.site))


def laid(thread: Thread, person: Commenter, kind: str = "suspend", **more: Any) -> Sanction:
    seconds = DAY if kind == "suspend" else None
    viewer = more.pop("viewer", None) or moderator(thread)
    return lay(viewer=viewer, person=person, kind=kind, reason="Insults.", seconds=seconds, **more)


def writer(thread: Thread) -> tuple[make.Browser, Commenter]:
    """Somebody with an account and a comment here, and their browser."""
    person = make.account()
    make.comment(thread, by=person)
    return make.signed_in(person), person


@pytest.mark.parametrize("kind", ["suspend", "ban"])
def test_suspended_person_neither_writes_nor_votes_nor_flags_nor_edits_in_open_tabs_and_by_token(
    kind: str,
) -> None:
    thread = make.thread()
    browser, person = writer(thread)
    others, own = make.comment(thread, "Of somebody else."), Comment.objects.get(author=person)
    page = speaking(person, thread.site)
    laid(thread, person, kind)
    votes, edits = (
        {"comment": others.public_id, "value": "1"},
        reverse("rejoinder:edits", args=[own.public_id]),
    )
    answers = [
        browser.write(thread),
        browser.post(reverse("rejoinder:votes", args=[thread.site.key]), votes),
        browser.post(
            reverse("rejoinder:flags", args=[thread.site.key]),
            {"comment": others.public_id, "reason": "spam"},
        ),
        browser.post(edits, {"body": "Other words."}),
        page.post_comment(thread.site, key=thread.key),
        page.send("PUT", f"/comments/{others.public_id}/vote", {"value": 1}),
        page.send("POST", f"/comments/{others.public_id}/flags", {"reason": "spam"}),
        page.send("PATCH", f"/comments/{own.public_id}", {"body": "Other words."}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 8
    assert all("Insults." in answer.content.decode() for answer in answers)
    assert answers[4].json()["code"] == {"suspend": "suspended", "ban": "banned"}[kind]
    assert (Comment.objects.count(), Vote.objects.count(), Flag.objects.count()) == (2, 0, 0)


def test_suspension_ends_by_itself_and_a_ban_when_it_is_lifted() -> None:
    thread = make.thread()
    browser, person = writer(thread)
    suspension = laid(thread, person)
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1), tick=False):
        assert browser.write(thread, "Back again.").status_code == 201
    lift(viewer=moderator(thread), sanction=suspension, reason="Enough.")
    ban = laid(thread, person, "ban")
    assert browser.write(thread, "And now?").status_code == 403
    lift(viewer=moderator(thread), sanction=ban, reason="They said sorry.")
    assert browser.write(thread, "And now?").status_code == 201
    with pytest.raises(Conflict):
        lift(viewer=moderator(thread), sanction=ban, reason="Twice.")
    assert [row.action for row in Decision.objects.filter(person=person).order_by("pk")] == [
        "suspend",
        "unsuspend",
        "ban",
        "unban",
    ]


def test_suspension_can_be_undone_by_whoever_decided_it() -> None:
    thread = make.thread()
    browser, person = writer(thread)
    viewer = moderator(thread)
    sanction = laid(thread, person, viewer=viewer)
    undo(viewer=viewer, decision=sanction.decision)
    assert browser.write(thread).status_code == 201


def test_suspension_on_one_site_is_none_on_another() -> None:
    thread, elsewhere = make.thread(), make.thread()
    browser, person = writer(thread)
    laid(thread, person)
    assert browser.write(elsewhere).status_code == 201


def test_second_suspension_is_a_conflict_and_staff_cannot_be_suspended() -> None:
    thread = make.thread()
    _browser, person = writer(thread)
    laid(thread, person)
    with pytest.raises(Conflict):
        laid(thread, person)
    with pytest.raises(Refused):
        laid(thread, make.staff(thread.site, "analyst"))
    with pytest.raises(NotFound):
        lay(viewer=make.viewer(thread.site, person), person=person, kind="warn", reason="Me?")


def test_banned_guest_is_kept_out_as_a_new_guest_from_the_same_address_where_that_was_asked_for() -> None:
    thread, address = make.thread(), make.an_address()
    first = make.guest(address)
    first.write(thread, "Insults.", proof="")
    person = Comment.objects.get().author
    assert person is not None
    laid(thread, person, "ban", from_there=True)
    refused = make.guest(address).write(thread, "Me again.")
    assert (refused.status_code, refused.json()["code"]) == (403, "banned")
    assert "network address" in refused.json()["message"]
    assert make.guest().write(thread, "Somebody else.").status_code == 201
    account = make.signed_in(make.account(), REMOTE_ADDR=address)
    assert account.write(thread, "With an account, from the same house.").status_code == 201
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        forget_whereabouts()
        assert not Whereabouts.objects.exists()
        assert make.guest(address).write(thread, "A month later.").status_code == 201
        assert first.write(thread, "Still banned.").status_code == 403


def test_warning_is_read_before_the_next_comment_and_stops_nobody_twice() -> None:
    thread = make.thread()
    browser, person = writer(thread)
    laid(thread, person, "warn")
    paused = browser.write(thread, "As ever.")
    assert (paused.status_code, paused.json()["code"]) == (409, "warned")
    assert "Insults." in paused.json()["message"]
    assert browser.write(thread, "As ever.", again="made-up").status_code == 409
    assert browser.write(thread, "As ever.", again=paused.json()["again"]).status_code == 201
    assert browser.write(thread, "And on.").status_code == 201
    other = make.signed_in(make.account())
    assert other.write(thread, "Nobody warned me.").status_code == 201


def test_warning_stops_the_plain_form_too_and_is_confirmed_by_sending_it_again() -> None:
    thread = make.thread()
    browser, person = writer(thread)
    laid(thread, person, "warn")
    data = {"key": thread.key, "body": "As ever.", "name": "Reader"}
    address = reverse("rejoinder:comments", args=[thread.site.key])
    page = browser.post(address, data)
    assert page.status_code == 409
    again = page.content.decode().split('name="again" value="')[1].split('"')[0]
    assert "As ever." in page.content.decode()
    assert browser.post(address, {**data, "again": again}).status_code == 303


def test_warning_through_the_api_brings_what_is_to_be_sent_along() -> None:
    thread = make.thread()
    _browser, person = writer(thread)
    laid(thread, person, "warn")
    page = speaking(person, thread.site)
    paused = page.post_comment(thread.site, key=thread.key, body="As ever.")
    assert (paused.status_code, paused.json()["code"]) == (409, "warned")
    answer = page.post_comment(thread.site, key=thread.key, body="As ever.", again=paused.json()["again"])
    assert answer.status_code == 201


def test_who_is_read_first_waits_and_others_do_not() -> None:
    thread = make.thread()
    browser, person = writer(thread)
    laid(thread, person, "hold")
    assert browser.write(thread, "May I?").json()["state"] == "held"
    assert Decision.objects.get(comment__body="May I?").rule == "person read first"
    assert make.signed_in(make.account()).write(thread).json()["state"] == "public"


def test_who_is_trusted_is_spared_what_is_asked_of_newcomers() -> None:
    thread = make.thread()
    rule(thread.site, "newcomer", figures={"first": 3})
    person, other = make.account(), make.account()
    make.comment(thread, by=person)
    laid(thread, person, "trust")
    states = [make.signed_in(who).write(thread).json()["state"] for who in (person, other)]
    assert states == ["public", "held"]


def test_notes_are_for_staff_and_messages_for_the_person() -> None:
    thread = make.thread()
    _browser, person = writer(thread)
    note(viewer=moderator(thread), person=person, words="Writes at night.")
    tell(viewer=moderator(thread), person=person, words="Please cite your sources.")
    kept = list(exportables["rejoinder_moderation.sanctions"](person))
    assert {line.get("words") for line in kept} == {"Writes at night.", "Please cite your sources."}
    for erase in erasables_in_order():
        erase(person, True)
    rows = Decision.objects.filter(person=person)
    assert [row.text_seen for row in rows] == ["", ""]


def test_guest_who_takes_an_account_takes_the_ban_along() -> None:
    thread = make.thread()
    guest, account = make.commenter(), make.account()
    make.comment(thread, by=guest)
    laid(thread, guest, "ban")
    claimables["rejoinder_moderation.sanctions"](guest, account)
    assert make.signed_in(account).write(thread).status_code == 403


def test_page_of_a_person_decides_and_takes_back() -> None:
    thread = make.thread()
    _browser, person = writer(thread)
    staff = make.signed_in(make.staff(thread.site, name="Mira"))
    of = [thread.site.key, ids.encode(person.pk)]
    address, decide = (
        reverse(f"rejoinder:{name}", args=of) for name in ("console-person", "console-person-decisions")
    )
    sent = {"action": "suspend", "reason": "Insults, again and again.", "seconds": str(DAY), "code": "abuse"}
    assert staff.post(decide, sent).status_code == 303
    page = staff.get(address).content.decode()
    assert "Insults, again and again." in page
    assert "Mira" in page
    assert staff.post(decide, sent).status_code == 409
    assert staff.post(decide, {**sent, "reason": " "}).status_code == 422
    sanction = Sanction.objects.get()
    assert sanction.decision.code == "abuse"
    lifted = {"sanction": ids.encode(sanction.pk), "reason": "Said sorry."}
    assert staff.post(decide, lifted).status_code == 303
    assert "Said sorry." in staff.get(address).content.decode()
    listed = reverse("rejoinder:console-people", args=[thread.site.key])
    assert person.name in staff.get(listed, {"name": person.name[:4]}).content.decode()
    elsewhere = make.signed_in(make.staff(make.site()))
    site = reverse("rejoinder:console-person", args=[make.site().key, ids.encode(person.pk)])
    assert (elsewhere.get(address).status_code, elsewhere.get(site).status_code) == (404, 404)


def test_person_who_did_nothing_here_is_not_this_staffs_to_know() -> None:
    thread, stranger = make.thread(), make.account()
    staff = make.signed_in(make.staff(thread.site, "owner"))
    address = reverse("rejoinder:console-person", args=[thread.site.key, ids.encode(stranger.pk)])
    assert staff.get(address).status_code == 404
