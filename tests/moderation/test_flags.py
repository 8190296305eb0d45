"""Flags: a reader's complaint, once a reader, told to those who moderate alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Flag
from tests import factories as make
from tests.factories import Browser
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def _flag(browser: Browser, found: Comment, **data: str) -> Any:
    data = {"comment": found.public_id, "reason": "spam"} | data
    return browser.post(reverse("rejoinder:flags", args=[found.thread.site.key]), data)


def test_flag_is_stored_and_the_comment_stays() -> None:
    found, browser = make.comment(make.thread()), make.guest()
    answer = _flag(browser, found, note="Look at the link.")
    assert answer.status_code == 200
    assert "A moderator will look at it" in answer.content.decode()
    flag = Flag.objects.get()
    assert (flag.reason, flag.note, make.again(found).state) == ("spam", "Look at the link.", "public")
    assert browser.token, "so that the same reader is known again"


def test_same_reader_again_changes_the_reason_and_adds_none() -> None:
    found, browser = make.comment(make.thread()), make.guest()
    _flag(browser, found)
    _flag(browser, found, reason="hate")
    assert [flag.reason for flag in Flag.objects.all()] == ["hate"]


def test_hundred_flags_of_others_hide_nothing() -> None:
    found = make.comment(make.thread())
    for _ in range(100):
        assert _flag(make.guest(), found, reason="abuse").status_code == 200
    assert Flag.objects.count() == 100
    assert make.again(found).state == "public"


def test_one_address_flags_thirty_times_then_pauses() -> None:
    thread, address = make.thread(), make.an_address()
    found = make.comment(thread)
    codes = [_flag(make.guest(address), found).status_code for _ in range(31)]
    assert codes == [200] * 30 + [429]


def test_own_comment_cannot_be_flagged() -> None:
    thread, author = make.thread(), make.guest()
    author.write(thread)
    answer = _flag(author, make.again(Comment.objects.get()))
    assert answer.status_code == 403
    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{"reason": ""}, {"reason": "boring"}, {"note": "x" * 1001}, {"note": "a\x00b"}, {"note": "\u202egnol"}],
)
def test_bad_flag_comes_back_with_its_note(data: dict[str, str]) -> None:
    found = make.comment(make.thread())
    answer = _flag(make.guest(), found, **({"note": "My note."} | data))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("My note.</textarea>" in page) or ("note" in data and "</textarea>" in page)
    assert 'class="error" id="flag-reason-error"></p>' not in page or "note" in data
    assert not Flag.objects.exists()


def test_moderators_read_the_counts_and_readers_do_not() -> None:
    found = make.comment(make.thread())
    _flag(make.guest(), found)
    _flag(make.guest(), found, reason="hate")
    address = reverse("rejoinder:actions", args=[found.public_id])
    staff = make.signed_in(make.staff(found.thread.site))
    assert "Flagged:" in staff.get(address).content.decode()
    assert "Flagged:" not in make.guest().get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_flag() -> None:
    thread = make.thread()
    found, browser = make.comment(thread), make.guest()
    _flag(browser, make.comment(thread))

    def click(_: int) -> int:
        again = make.guest()
        again.cookies[make.COOKIE] = browser.token
        return _flag(again, found).status_code

    assert set(at_once(10, click)) == {200}
    assert Flag.objects.filter(comment=found).count() == 1
