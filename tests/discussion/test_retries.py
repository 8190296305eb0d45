"""One click makes one comment, whatever the network does to it."""

from __future__ import annotations

import pytest
import time_machine

from rejoinder.core import clock
from rejoinder.core.models import Event, Tally
from rejoinder.discussion.actions.post import POSTS
from rejoinder.discussion.actions.receipts import forget_receipts
from rejoinder.discussion.models import Comment, Receipt
from tests import factories as make
from tests.parallel import at_once

KEY = "0123456789abcdef"


def _with_key(key: str = KEY) -> dict[str, str]:
    return {"idempotency-key": key}


@pytest.mark.django_db
def test_retry_with_the_same_key_gets_the_same_comment() -> None:
    thread, browser = make.thread(), make.guest()
    first = browser.write(thread, headers=_with_key())
    again = browser.write(thread, headers=_with_key())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Comment.objects.count() == 1
    assert Event.objects.filter(kind="CommentPosted").count() == 1


@pytest.mark.django_db
def test_retry_is_answered_where_nothing_more_is_taken() -> None:
    thread, browser = make.thread(), make.guest()
    first = browser.write(thread, headers=_with_key())
    Tally.objects.filter(key__startswith="posts:").update(count=POSTS.most)
    # The second is refused at the door, unread: a text that is none is not even looked at.
    assert [browser.write(thread, body).status_code for body in ("One more.", "")] == [429, 429]
    again = browser.write(thread, headers=_with_key())
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])


@pytest.mark.django_db
def test_retry_after_a_lost_answer_gets_the_same_edit_token() -> None:
    """The answer with the cookie never arrived; perhaps the address changed, too."""
    thread, lost, again = make.thread(), make.guest(), make.guest()
    lost.write(thread, headers=_with_key())
    assert again.write(thread, headers=_with_key()).status_code == 200
    assert again.token == lost.token != ""


@pytest.mark.django_db
def test_key_in_the_form_counts_as_the_header_does() -> None:
    thread, browser = make.thread(), make.guest()
    first = browser.write(thread, idempotency_key=KEY)
    again = browser.write(thread, headers=_with_key())
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.django_db
def test_key_with_another_text_is_refused_rather_than_answered_with_the_first() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "One.", headers=_with_key())
    other = browser.write(thread, "Two.", headers=_with_key())
    assert (other.status_code, other.json()["field"]) == (422, "idempotency_key")
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_other_keys_other_words_are_other_comments() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "One.", headers=_with_key("a" * 16))
    browser.write(thread, "Two.", headers=_with_key("b" * 16))
    assert Comment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["short", "x" * 201, "0123456789abcde\u00e9", "0123456789abcde\t", " " * 3])
def test_key_of_the_wrong_shape_is_refused(key: str) -> None:
    thread, browser = make.thread(), make.guest()
    answer = browser.write(thread, idempotency_key=key)
    assert (answer.status_code, answer.json()["field"]) == (422, "idempotency_key")
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_double_click_without_a_key_makes_one_comment() -> None:
    thread = make.thread()
    address = make.an_address()
    first, second = make.guest(address), make.guest(address)
    assert first.write(thread).json()["id"] == second.write(thread).json()["id"]
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_form_sent_again_with_the_token_of_the_first_answer_makes_one_comment() -> None:
    thread, browser = make.thread(), make.guest()
    first, again = browser.write(thread), browser.write(thread)
    assert first.json()["id"] == again.json()["id"]
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_second_click_at_the_turn_of_the_window_makes_one_comment() -> None:
    thread, browser = make.thread(), make.guest()
    with time_machine.travel("2027-03-01T10:04:59Z", tick=False):
        first = browser.write(thread)
    with time_machine.travel("2027-03-01T10:05:01Z", tick=False):
        again = browser.write(thread)
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.django_db
def test_same_words_an_hour_later_are_a_new_comment() -> None:
    thread, browser = make.thread(), make.guest()
    with time_machine.travel("2027-03-01T10:00:00Z", tick=False):
        browser.write(thread, "Still true.")
    with time_machine.travel("2027-03-01T11:00:00Z", tick=False):
        browser.write(thread, "Still true.")
    assert Comment.objects.count() == 2


@pytest.mark.django_db
def test_same_words_of_others_or_elsewhere_are_comments_of_their_own() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "I agree.")
    make.guest().write(thread, "I agree.")
    browser.write(thread, "I agree.", parent=Comment.objects.order_by("id")[0])
    browser.write(make.thread(thread.site), "I agree.")
    assert Comment.objects.count() == 4


@pytest.mark.django_db
def test_who_deletes_a_comment_may_say_the_same_again() -> None:
    thread, browser = make.thread(), make.guest()
    first = browser.write(thread, "On second thought.").json()["id"]
    browser.post(f"/comments/{first}/deletion")
    again = browser.write(thread, "On second thought.")
    assert again.status_code == 201
    assert again.json()["state"] == "public"


@pytest.mark.django_db
def test_receipts_are_kept_a_day() -> None:
    with time_machine.travel("2027-03-01T10:00:00Z", tick=False):
        make.comment(make.thread())
        forget_receipts()
        assert Receipt.objects.exists()
    with time_machine.travel("2027-03-02T10:00:01Z", tick=False):
        forget_receipts()
    assert not Receipt.objects.exists()
    assert clock.now()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["", KEY])
def test_twenty_clicks_at_once_make_one_comment(key: str) -> None:
    thread, address = make.thread(), make.an_address()
    headers = _with_key(key) if key else {}
    answers = at_once(20, lambda _: make.guest(address).write(thread, "Once.", headers=headers))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert [answer.status_code for answer in answers].count(201) == 1
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Comment.objects.count() == 1
    thread.refresh_from_db()
    assert thread.comment_count == 1
