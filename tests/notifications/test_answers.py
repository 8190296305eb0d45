"""Being told of answers: when one asked for it, once, and of nothing that is not there any more."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from rejoinder.accounts.models import Mute
from rejoinder.core import clock
from rejoinder.discussion.actions import delete_comment
from rejoinder.discussion.models import Comment, Thread
from rejoinder.notifications.models import Contact, Notice
from tests import factories as make
from tests.factories import Browser
from tests.notifications.inbox import an_email, asking, later, letters, path_in, press

pytestmark = pytest.mark.django_db


def told(thread: Thread, email: str, browser: Browser | None = None) -> Comment:
    """A guest's comment, whose writer has confirmed that they want to know of answers."""
    posted = (browser or make.guest()).write(thread, "What do you think?", email=email)
    (asked,) = letters(email)
    assert press(path_in(asked, "confirm")).status_code == 200
    django_mail.outbox.clear()
    return Comment.objects.select_related("thread__site").get(pk=_number(posted))


def _number(posted: object) -> int:
    from rejoinder.core import ids

    return ids.decode(posted.json()["id"])  # type: ignore[attr-defined]


@pytest.fixture
def thread() -> Thread:
    return make.thread(asking("optional"), title="A *story* of boats")


def test_answer_is_told_in_the_sites_language(thread: Thread) -> None:
    email = an_email()
    comment = told(thread, email)
    make.comment(thread, "I think *so*.", parent=comment, name="Bea")
    assert letters() == []
    with later():
        (letter,) = letters(email)
    body = str(letter.body)
    assert "A *story* of boats" in body
    assert "> I think so." in body
    assert "Bea" in body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_burst_of_answers_is_one_letter(thread: Thread) -> None:
    email = an_email()
    comment = told(thread, email)
    for number in range(14):
        make.comment(thread, f"Answer {number}.", parent=comment)
    with later():
        (letter,) = letters(email)
    assert str(letter.body).count("> Answer") == 10
    assert "And 4 more." in str(letter.body)
    assert "14" in letter.subject
    with later(20):
        assert len(letters(email)) == 1


def test_ones_own_answer_and_that_of_who_is_muted_are_not_told(thread: Thread) -> None:
    browser, email = make.guest(), an_email()
    comment = told(thread, email, browser)
    browser.write(thread, "I answer myself.", parent=comment)
    unwanted = make.comment(thread, "An answer that nobody wants.", parent=comment)
    Notice.objects.all().delete()
    assert comment.author and unwanted.author
    Mute.objects.create(commenter=comment.author, muted=unwanted.author, created=clock.now())
    make.comment(thread, "One more.", parent=comment, by=unwanted.author)
    with later():
        assert letters(email) == []


@pytest.mark.parametrize("how", ["hold", "remove", "delete"])
def test_answer_that_is_gone_before_the_letter_is_in_none(thread: Thread, how: str) -> None:
    email = an_email()
    comment = told(thread, email)
    answer = make.comment(thread, "Words that will be gone.", parent=comment)
    if how == "delete":
        delete_comment(viewer=make.viewer(thread.site, answer.author), comment=answer)
    else:
        make.decide(answer, how)
    with later():
        assert letters(email) == []


def test_answer_that_was_held_is_told_once_it_appears(thread: Thread) -> None:
    email = an_email()
    comment = told(thread, email)
    answer = make.comment(thread, "Seen by a moderator first.", parent=comment)
    make.decide(answer, "hold")
    with later():
        assert letters(email) == []
        make.decide(answer, "approve")
        letters()
    with later(20):
        assert len(letters(email)) == 1


def test_letter_that_fails_is_written_anew_without_what_was_removed_meanwhile(
    thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rejoinder.core import mail

    email = an_email()
    comment = told(thread, email)
    kept = make.comment(thread, "This stays.", parent=comment)
    gone = make.comment(thread, "This goes.", parent=comment)

    def fail(*_args: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch, later():
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        assert letters(email) == []
    make.decide(gone, "remove")
    mail._rest["until"] = 0.0
    with later(20):
        (letter,) = letters(email)
    assert "This stays." in str(letter.body)
    assert "This goes." not in str(letter.body)
    assert kept.state == Comment.State.PUBLIC


def test_opening_the_stop_page_stops_nothing_and_one_click_does(thread: Thread) -> None:
    email = an_email()
    comment = told(thread, email)
    make.comment(thread, "First.", parent=comment)
    with later():
        (letter,) = letters(email)
    path = path_in(letter, "stop")
    scanner = make.Browser(HTTP_SEC_FETCH_SITE="none")
    for _ in range(3):
        assert scanner.get(path).status_code == 200
    assert Contact.objects.get(email=email).stopped is None
    # As a mail program sends it: no cookie, no origin, no page opened before.
    from django.test import Client

    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    make.comment(thread, "Second.", parent=comment)
    with later(20):
        assert len(letters(email)) == 1


def test_another_sites_form_stops_nothing(thread: Thread) -> None:
    email = an_email()
    comment = told(thread, email)
    make.comment(thread, "First.", parent=comment)
    with later():
        (letter,) = letters(email)
    foreign = make.Browser(HTTP_SEC_FETCH_SITE="cross-site")
    assert foreign.post(path_in(letter, "stop")).status_code == 403
    assert Contact.objects.get(email=email).stopped is None


@pytest.mark.parametrize("token", ["", "1", "1:x", "9999:abc", "é", "x" * 5000, "\x00"])
@pytest.mark.parametrize("page", ["confirm", "stop"])
def test_letter_that_nobody_sent_leads_nowhere(page: str, token: str) -> None:
    assert make.guest().get(f"/mail/{page}", {"t": token}).status_code == 404
    assert make.guest().post(f"/mail/{page}", {"t": token, "act": "confirm"}).status_code == 404


def test_a_confirm_token_does_not_stop_and_a_stop_token_does_not_confirm(thread: Thread) -> None:
    email = an_email()
    make.guest().write(thread, "Hello.", email=email)
    (asked,) = letters(email)
    token = path_in(asked, "confirm").partition("?")[2]
    assert make.guest().get(f"/mail/stop?{token}").status_code == 404


def test_account_is_told_at_its_own_address_and_never_at_another() -> None:
    thread = make.thread(asking("none"))
    editor = make.staff(thread.site, "editor")
    browser, other = make.signed_in(editor), an_email()
    browser.write(thread, "I ask.", email=other, notify="1")
    contact = Contact.objects.get(commenter=editor)
    assert contact.email == editor.user.email
    assert not Contact.objects.filter(email=other).exists()


def test_guest_with_a_members_address_changes_nothing_of_the_member(thread: Thread) -> None:
    member = make.staff(thread.site, "editor")
    email = member.user.email
    make.signed_in(member).write(thread, "I am told.", notify="1")
    before = list(Contact.objects.filter(commenter=member).values())
    make.guest().write(thread, "I pretend.", email=email)
    assert list(Contact.objects.filter(commenter=member).values()) == before
    guest = Contact.objects.exclude(commenter=member).get(email=email)
    assert guest.confirmed is None
