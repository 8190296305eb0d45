"""Notices that a comment is against the law: from anybody, with a receipt, decided by a person, contested once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.urls import reverse

from rejoinder.accounts.ports import erasables_in_order, exportables
from rejoinder.core import clock, ids, jobs
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.moderation.actions import undo
from rejoinder.moderation.decisions.chain import seal, verify
from rejoinder.moderation.models import Card, Decision, Flag, Notice
from rejoinder.moderation.notices.people import forget_notices
from rejoinder.moderation.notices.queries import overdue
from rejoinder.moderation.notices.telling import page_of
from rejoinder.project.deadline_check import deadlines
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db
STATEMENT = "We took it away, for it calls for a crime."


class Scene:
    """A comment that somebody without an account holds to be against the law; two people moderate."""

    def __init__(self) -> None:
        self.site = make.site()
        self.author, self.reader = make.guest(), make.guest()
        self.thread = make.thread(self.site, title="Fire in the old mill")
        self.author.write(self.thread, "Somebody should burn it down again.")
        self.comment = Comment.objects.get(body="Somebody should burn it down again.")
        self.first, self.second = make.staff(self.site), make.staff(self.site)

    def send(self, browser: Browser | None = None, **more: str) -> Any:
        data = {
            "address": f"http://testserver/comments/{self.comment.public_id}/",
            "category": "violence",
            "explanation": "It calls for arson.",
            "name": "Nora Quill",
            "email": f"nora-{self.site.key}@mail.example",
            "good_faith": "1",
        } | more
        sent = {name: value for name, value in data.items() if value}
        return (browser or self.reader).post(reverse("rejoinder:notices", args=[self.site.key]), sent)

    def decide(self, answer: str, *, by: Any = None, **more: str) -> Any:
        found = Notice.objects.filter(site=self.site).latest("pk")
        address = reverse("rejoinder:console-notice-decision", args=[self.site.key, ids.encode(found.pk)])
        data = {"answer": answer, "reason": "Read with care.", "action": "remove"} | more
        return make.signed_in(by or self.first).post(address, data)

    @property
    def notice(self) -> Notice:
        return Notice.objects.select_related("outcome", "first", "comment", "site").get(site=self.site)

    def page(self, browser: Browser | None = None) -> str:
        answer = (browser or make.guest()).get(page_of(self.notice))
        assert (answer.status_code, answer["Referrer-Policy"]) == (200, "no-referrer")
        assert answer["Cache-Control"] == "no-store, private"
        return str(answer.content.decode())


@pytest.fixture
def scene() -> Scene:
    return Scene()


def letters(mailoutbox: list[EmailMessage], after: timedelta = timedelta()) -> list[EmailMessage]:
    with time_machine.travel(clock.now() + after):
        jobs.work_once()
    return mailoutbox


def test_notice_is_received_at_once_and_waits_with_a_card(scene: Scene, mailoutbox: Any) -> None:
    answer = scene.send()
    assert answer.status_code == 303
    page = scene.page()
    assert "Received. A person decides by" in page
    assert "It calls for arson." in page
    assert Card.objects.get(pk=scene.comment.pk).reported
    [letter] = letters(mailoutbox)
    assert letter.to == [scene.notice.email]
    assert page_of(scene.notice) in letter.body
    assert pages.comment_url(scene.comment) in letter.body
    assert "arson" not in letter.body + letter.subject, "anybody can give anybody's address"
    assert "Nora" not in letter.body


def test_acting_on_it_removes_tells_both_and_names_nobody_to_the_author(
    scene: Scene, mailoutbox: Any
) -> None:
    scene.send()
    assert scene.decide("uphold", statement=STATEMENT).status_code == 303
    assert make.again(scene.comment).state == "removed"
    notice = scene.notice
    assert notice.outcome is not None
    assert (notice.outcome.action, notice.outcome.actor) == ("notice-upheld", scene.first)
    page = scene.page()
    assert "Your notice was acted upon" in page
    assert "Read with care." in page
    assert "out of court" in page
    mine = scene.author.get(reverse("rejoinder:decided", args=[scene.site.key])).content.decode()
    assert STATEMENT in mine
    assert "It followed a notice" in mine
    theirs = mine + scene.author.get(f"/comments/{scene.comment.public_id}/actions/").content.decode()
    for hidden in ("Nora", notice.email, "arson", "Read with care."):
        assert hidden not in theirs
    assert len(letters(mailoutbox)) == 1, "it can still be taken back"
    outcome = letters(mailoutbox, timedelta(minutes=11))[1]
    assert "Read with care." in outcome.body
    assert page_of(notice) in outcome.body
    seal(scene.site.pk)
    assert verify(scene.site) is None


def test_whoever_sent_it_may_contest_and_somebody_else_decides(scene: Scene) -> None:
    scene.send()
    assert scene.decide("reject").status_code == 303
    assert make.again(scene.comment).state == "public"
    assert "Contest the decision" in scene.page()
    address = reverse("rejoinder:notice-complaint", args=[scene.site.key])
    token = re.search(r'name="t" value="([^"]+)"', scene.page())
    assert token
    empty = make.guest().post(address, {"t": token[1], "words": "  "})
    assert empty.status_code == 422
    assert make.guest().post(address, {"t": token[1], "words": "Read the second line."}).status_code == 303
    assert Card.objects.filter(pk=scene.comment.pk, reported=True).exists()
    again = make.guest().post(address, {"t": token[1], "words": "Once more."})
    assert again.status_code == 409
    assert scene.decide("uphold").status_code == 403, "whoever decided first does not decide again"
    assert scene.decide("uphold", by=scene.second).status_code == 303
    notice = scene.notice
    assert notice.first is not None
    assert notice.outcome is not None
    assert (notice.first.action, notice.outcome.action) == ("notice-rejected", "notice-upheld")
    assert make.again(scene.comment).state == "removed"


def test_complaint_is_open_on_day_183_and_not_on_day_200(scene: Scene) -> None:
    scene.send()
    scene.decide("reject")
    moment = clock.now()
    with time_machine.travel(moment + timedelta(days=183), tick=False):
        assert "Contest the decision" in scene.page()
    with time_machine.travel(moment + timedelta(days=200), tick=False):
        assert "Contest the decision" not in scene.page()


def test_no_name_is_asked_where_children_are_abused(scene: Scene) -> None:
    assert scene.send(name="", email="").status_code == 422
    assert scene.send(name="", email="", category="children").status_code == 303
    assert (scene.notice.name, scene.notice.email) == ("", "")


WRONG: list[tuple[dict[str, str], str]] = [
    ({"address": ""}, "address"),
    ({"address": "https://other.example/comments/{id}/"}, "address"),
    ({"address": "http://[::1/comments/{id}/"}, "address"),
    ({"address": "javascript:alert(1)#c-{id}"}, "address"),
    ({"address": "http://testserver/comments/zzzz/"}, "address"),
    ({"category": "nonsense"}, "category"),
    ({"explanation": "   "}, "explanation"),
    ({"explanation": "x" * 20_000}, "explanation"),
    ({"explanation": "Look\x00here"}, "explanation"),
    ({"email": "nobody at all"}, "email"),
    ({"good_faith": ""}, "good_faith"),
]


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(scene: Scene) -> None:
    for wrong, field in WRONG:
        changed = {name: value.format(id=scene.comment.public_id) for name, value in wrong.items()}
        answer = scene.send(**changed)
        assert answer.status_code == 422, wrong
        assert list(answer.context["errors"]) == [field], wrong
        page = answer.content.decode()
        assert 'role="alert"' in page
        assert ("x" * 20_000 if "xx" in wrong.get("explanation", "") else "Nora Quill") in page
    assert not Notice.objects.exists()


def test_address_may_be_of_the_thread_of_the_story_or_the_bare_id(scene: Scene) -> None:
    number = scene.comment.public_id
    places = [
        f"http://testserver{pages.comment_url(scene.comment)}",
        f"https://{scene.site.key}.example/fire/#comment-{number}",
        number,
    ]
    for place in places:
        assert scene.send(address=place, explanation=f"See {place}.").status_code == 303
    assert Notice.objects.filter(comment=scene.comment).count() == len(places)


def test_held_removed_and_absent_comments_are_answered_alike(scene: Scene) -> None:
    """What waits or was removed meanwhile is nobody's to find."""
    absent = scene.send(address="http://testserver/comments/zzzz/").context["errors"]
    elsewhere = make.comment(make.thread())
    assert (
        scene.send(address=f"http://testserver/comments/{elsewhere.public_id}/").context["errors"] == absent
    )
    make.decide(scene.comment, "hold")
    assert scene.send().context["errors"] == absent
    make.decide(scene.comment, "remove")
    assert scene.send().context["errors"] == absent


def test_own_comment_is_deleted_instead(scene: Scene) -> None:
    assert scene.send(scene.author).status_code == 403


def test_same_notice_twice_is_one(scene: Scene) -> None:
    first, second = scene.send(), scene.send()
    assert first["Location"] == second["Location"]
    assert Notice.objects.count() == 1
    assert scene.send(make.guest())["Location"] == first["Location"], "known by the address that was given"


def test_a_thousand_notices_send_few_letters(scene: Scene, mailoutbox: Any) -> None:
    for number in range(12):
        scene.send(explanation=f"Reason number {number}.")
    assert len(letters(mailoutbox)) <= 5
    for number in range(12, 20):
        scene.send(explanation=f"Reason number {number}.")
    refused = scene.send(explanation="One too many.")
    assert refused.status_code == 429
    assert refused["Retry-After"]


def test_removal_from_the_queue_ends_it_and_taking_that_back_opens_it(scene: Scene, mailoutbox: Any) -> None:
    scene.send()
    make.decide(scene.comment, "remove", by=scene.first, reason="It calls for violence.")
    jobs.work_once()
    notice = scene.notice
    assert notice.outcome is not None
    assert (notice.outcome.action, notice.outcome.reason) == ("notice-upheld", "It calls for violence.")
    assert notice.removal is not None
    undo(viewer=make.viewer(scene.site, scene.first), decision=notice.removal)
    jobs.work_once()
    assert scene.notice.ended is None
    assert len(letters(mailoutbox, timedelta(hours=1))) == 1, "the receipt alone"


def test_words_that_changed_meanwhile_are_read_again_first(scene: Scene) -> None:
    scene.send()
    scene.author.post(f"/comments/{scene.comment.public_id}/edits", {"body": "Somebody should rebuild it."})
    answer = scene.decide("uphold", seen="0")
    assert answer.status_code == 409
    assert scene.notice.ended is None


def test_second_moderator_reads_what_the_first_decided(scene: Scene) -> None:
    scene.send()
    scene.decide("reject")
    answer = scene.decide("uphold", by=scene.second)
    assert answer.status_code == 409
    assert "Decided already, by" in answer.content.decode()
    assert make.again(scene.comment).state == "public"


def test_who_sends_unfounded_ones_is_warned_first_then_paused_but_not_about_children(scene: Scene) -> None:
    def one(number: int, **more: str) -> Any:
        with time_machine.travel(clock.now() + timedelta(hours=number), tick=False):
            answer = scene.send(explanation=f"I do not like it, {number}.", **more)
            if answer.status_code == 303:
                scene.decide("reject", unfounded="1")
            return answer

    about = Decision.objects.filter(site=scene.site, rule="notices").order_by("pk")
    one(1)
    assert not about.exists()
    one(2)
    assert list(about.values_list("action", flat=True)) == ["warn"]
    one(3)
    assert list(about.values_list("action", "seconds")) == [("warn", None), ("misuse", 30 * 86400)]
    told = scene.reader.get(reverse("rejoinder:decided", args=[scene.site.key])).content.decode()
    assert "went on after a warning" in told
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        assert scene.send(explanation="Again.").status_code == 403
        assert scene.send(make.guest(), explanation="Again.").status_code == 403, "the same address"
        assert scene.send(explanation="A child.", category="children").status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert scene.send(explanation="Much later.").status_code == 303


def test_export_hands_over_all_fields_and_erasure_leaves_none(scene: Scene) -> None:
    scene.send()
    scene.decide("reject")
    notice = scene.notice
    assert notice.notifier is not None
    lines = [line for export in exportables.values() for line in export(notice.notifier)]
    [found] = [line for line in lines if line["type"] == "notice"]
    assert found["comment"] == scene.comment.public_id
    assert [found[name] for name in ("explanation", "name", "email", "good_faith", "outcome")] == [
        "It calls for arson.",
        "Nora Quill",
        notice.email,
        True,
        "notice-rejected",
    ]
    for erase in erasables_in_order():
        erase(notice.notifier, False)
    left = Notice.objects.get(pk=notice.pk)
    assert [left.explanation, left.name, left.email, left.notifier, left.outcome_id] == [
        "",
        "",
        "",
        None,
        notice.outcome_id,
    ]


def test_names_and_words_go_when_their_time_is_over(scene: Scene) -> None:
    scene.send()
    scene.decide("reject")
    with time_machine.travel(clock.now() + timedelta(days=364), tick=False):
        forget_notices()
        assert scene.notice.name == "Nora Quill"
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        forget_notices()
        assert (scene.notice.name, scene.notice.email, scene.notice.explanation) == ("", "", "")


def test_overdue_notice_is_seen_by_doctor_and_on_the_board(scene: Scene) -> None:
    scene.send()
    assert overdue(scene.site)[0] == 0
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert overdue(scene.site)[0] == 1
        [finding] = list(deadlines(None))  # type: ignore[arg-type]
        assert (finding.state, finding.advice) == (
            "attention",
            "Answer them in the console: Notices, Appeals.",
        )
        staff = make.signed_in(scene.first)
        board = staff.get(reverse("rejoinder:console-reports", args=[scene.site.key])).content.decode()
        assert "1 notices, 0 appeals" in board
        listed = staff.get(reverse("rejoinder:console-notices", args=[scene.site.key])).content.decode()
        assert "overdue" in listed


def test_analyst_reads_notices_without_the_name(scene: Scene) -> None:
    scene.send()
    address = reverse("rejoinder:console-notice", args=[scene.site.key, ids.encode(scene.notice.pk)])
    decides = make.signed_in(scene.first).get(address).content.decode()
    reads = make.signed_in(make.staff(scene.site, "analyst")).get(address).content.decode()
    assert "Nora Quill" in decides
    assert "It calls for arson." in reads
    assert "Nora Quill" not in reads
    assert scene.notice.email not in reads


def test_report_of_something_illegal_leads_to_the_form_and_its_outcome_is_told(scene: Scene) -> None:
    flags = reverse("rejoinder:flags", args=[scene.site.key])
    data = {"comment": scene.comment.public_id, "reason": "illegal"}
    answer = scene.reader.post(flags, data)
    assert answer.status_code == 303
    assert (
        f"http://testserver/comments/{scene.comment.public_id}/"
        in scene.reader.get(answer["Location"]).content.decode()
    )
    script = make.guest().post(flags, data, headers={"accept": "application/json"}).json()
    assert script["more"]["url"] == answer["Location"]
    mine = reverse("rejoinder:decided", args=[scene.site.key])
    assert "It waits for a moderator." in scene.reader.get(mine).content.decode()
    make.decide(scene.comment, "remove", by=scene.first)
    jobs.work_once()
    assert Flag.objects.filter(outcome="upheld").count() == 2
    assert "A moderator agreed: the comment was removed." in scene.reader.get(mine).content.decode()
    asked = {"key": scene.thread.key}
    tools = scene.reader.get(reverse("rejoinder:mine", args=[scene.site.key]), asked).json()["tools"]
    assert [tool["label"] for tool in tools] == ["What came of your reports"]


def test_forged_address_of_a_notice_leads_nowhere(scene: Scene) -> None:
    scene.send()
    address = reverse("rejoinder:notice-status", args=[scene.site.key])
    other = reverse("rejoinder:notice-status", args=[make.site().key])
    token = page_of(scene.notice).partition("t=")[2]
    assert make.guest().get(address, {"t": f"{scene.notice.pk}:forged"}).status_code == 404
    assert make.guest().get(f"{other}?t={token}").status_code == 404
