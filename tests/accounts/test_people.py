"""What belongs to a person: a profile, a name, whom they mute, taking all along, being erased, claiming."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse

from rejoinder.accounts.models import Commenter, Erasure, NameChange, Role
from rejoinder.accounts.people import erasure, ledger
from rejoinder.accounts.people.names import change_name
from rejoinder.core import clock, ids, jobs
from rejoinder.core.errors import Conflict, InvalidInput, Refused
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db
ME = "/people/me/"


@pytest.fixture(autouse=True)
def _own_ledger(settings: Any, tmp_path: Any) -> None:
    settings.REJOINDER_ERASURES = tmp_path / "erasures.jsonl"


def an_account(name: str = "Nadia") -> tuple[Commenter, Browser]:
    """Somebody with an account, signed in a moment ago."""
    person = make.account(name)
    return person, make.signed_in(person)


def person_page(browser: Browser, site: Any, person: Commenter, **asked: str) -> Any:
    return browser.get(reverse("rejoinder:person", args=[site.key, ids.encode(person.pk)]), asked)


# Profiles


def test_profile_shows_what_the_viewer_may_see_and_no_more() -> None:
    site, elsewhere = make.site(), make.site()
    thread = make.thread(site)
    person, browser = an_account()
    browser.write(thread, "Seen by all.")
    browser.write(thread, "Taken away.")
    browser.write(make.thread(elsewhere), "On another site.")
    make.decide(Comment.objects.get(body="Taken away."), "remove")
    moderator = make.signed_in(make.staff(site))
    seen = {
        who: [text for text in ("Seen by all.", "Taken away.", "On another site.") if text in page]
        for who, page in {
            "stranger": person_page(make.guest(), site, person).content.decode(),
            "self": person_page(browser, site, person).content.decode(),
            "moderator": person_page(moderator, site, person).content.decode(),
        }.items()
    }
    assert seen["stranger"] == ["Seen by all."]
    assert seen["self"] == seen["moderator"] == ["Seen by all.", "Taken away."]


@pytest.mark.parametrize("case", ["guest", "nothing here", "profiles off", "nobody", "all held"])
def test_who_has_no_profile_looks_like_nobody(case: str) -> None:
    site = make.site(profiles=case != "profiles off", hold_all=case == "all held")
    thread = make.thread(site)
    if case == "guest":
        browser = make.guest()
        browser.write(thread)
        person = Commenter.objects.get(comments__thread=thread)
    else:
        person, browser = an_account()
        browser.write(make.thread() if case == "nothing here" else thread)
    number = 2**40 if case == "nobody" else person.pk
    address = reverse("rejoinder:person", args=[site.key, ids.encode(number)])
    absent = reverse("rejoinder:person", args=[site.key, ids.encode(2**41)])
    answer = make.guest().get(address)
    assert answer.status_code == 404
    assert answer.content == make.guest().get(absent).content


def test_profile_goes_on_by_the_last_comment_shown() -> None:
    thread = make.thread()
    person, _browser = an_account()
    for number in range(25):
        make.comment(thread, f"Number {number:02}.", by=person)
    first = person_page(make.guest(), thread.site, person).content.decode()
    assert "Number 05." in first
    assert "Number 04." not in first
    further = make.guest().get(first.split('rel="next" href="')[1].split('"')[0]).content.decode()
    assert "Number 04." in further
    assert "Number 00." in further
    assert 'rel="next"' not in further


@pytest.mark.parametrize("before", ["", "0", "ILOU", "-1"])
def test_profile_refuses_a_place_that_is_none(before: str) -> None:
    thread = make.thread()
    person, browser = an_account()
    browser.write(thread)
    assert person_page(browser, thread.site, person, before=before).status_code == 400


# Names


def test_name_changes_once_in_thirty_days_and_comments_keep_theirs() -> None:
    thread = make.thread()
    person, browser = an_account("Nadia")
    browser.write(thread)
    with time_machine.travel(clock.now(), tick=False) as now:
        assert browser.post(ME + "name", {"name": "Nadia F."}).status_code == 303
        refused = browser.post(ME + "name", {"name": "Somebody else"})
        assert refused.status_code == 409
        now.shift(31 * 24 * 3600)
        change_name(commenter=person, name="Third")
    assert list(NameChange.objects.values_list("before", "after")) == [
        ("Nadia", "Nadia F."),
        ("Nadia F.", "Third"),
    ]
    assert Comment.objects.get().author_name == "Nadia"


@pytest.mark.parametrize("name", ["Ed Paper", "Ed Pаper", "ed  paper", "The ledger paper", "", "Ed ✓"])
def test_name_like_staff_or_none_is_refused_and_kept_for_correction(name: str) -> None:
    make.staff(make.site("ledger"), name="Ed Paper")
    person, browser = an_account()
    answer = browser.post(ME + "name", {"name": name})
    assert answer.status_code == 422
    assert Commenter.objects.get(pk=person.pk).name == "Nadia"
    with pytest.raises(InvalidInput):
        change_name(commenter=person, name=name)


def test_staff_keep_their_own_name_and_others_may_not_take_it_after_a_change() -> None:
    staff = make.staff(make.site(), name="Ed Paper")
    change_name(commenter=staff, name="Edith Paper")
    person, _browser = an_account()
    with pytest.raises(InvalidInput):
        change_name(commenter=person, name="edith paper")
    assert make.guest().write(make.thread(Role.objects.get().site), name="Edith Paper").status_code == 422


def test_two_changes_at_once_are_one() -> None:
    person, _browser = an_account()
    change_name(commenter=person, name="One")
    with pytest.raises(Conflict):
        change_name(commenter=person, name="Two")  # `person` still says what was before


# Muting


def test_muted_comments_are_told_to_the_reader_alone() -> None:
    thread = make.thread()
    make.guest().write(thread, "Loud.")
    loud = Comment.objects.get()
    make.comment(thread, "Quiet.")
    _person, browser = an_account()
    address = reverse("rejoinder:mute", args=[loud.public_id])
    assert browser.post(address, {"value": "1"}).status_code == 303
    mine = reverse("rejoinder:mine", args=[thread.site.key])
    assert browser.get(mine, {"key": thread.key}).json()["muted"] == [loud.public_id]
    assert make.guest().get(mine, {"key": thread.key}).json()["muted"] == []
    window = reverse("rejoinder:window", args=[thread.site.key])
    assert (
        browser.get(window, {"key": thread.key}).content
        == make.guest().get(window, {"key": thread.key}).content
    )
    page = browser.get(ME).content.decode()
    assert ids.encode(loud.author_id or 0) in page
    browser.post(ME + "unmute", {"person": ids.encode(loud.author_id or 0)})
    assert browser.get(mine, {"key": thread.key}).json()["muted"] == []


@pytest.mark.parametrize("who", ["nobody", "author"])
def test_nobody_mutes_themselves_and_nobody_mutes_for_nobody(who: str) -> None:
    thread = make.thread()
    author = make.guest()
    author.write(thread)
    address = reverse("rejoinder:mute", args=[Comment.objects.get().public_id])
    browser = author if who == "author" else make.guest()
    assert browser.post(address, {"value": "1"}).status_code in {403, 404}
    assert not Commenter.objects.filter(mutes__isnull=False).exists()


# Taking all along


def everything(browser: Browser) -> list[dict[str, Any]]:
    answer = browser.get(ME + "download")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return [json.loads(line) for line in content.decode().splitlines()]


def test_download_holds_everything_of_mine_and_nothing_of_others() -> None:
    thread = make.thread()
    other = make.comment(thread, "Somebody else's words.")
    person, browser = an_account()
    browser.write(thread, "canary-first")
    mine = Comment.objects.get(author=person)
    browser.post(reverse("rejoinder:edits", args=[mine.public_id]), {"body": "canary-second"})
    browser.vote(other, 1)
    flags = reverse("rejoinder:flags", args=[thread.site.key])
    browser.post(flags, {"comment": other.public_id, "reason": "other", "note": "canary-note"})
    browser.post(reverse("rejoinder:mute", args=[other.public_id]), {"value": "1"})
    make.decide(make.again(mine), "remove", reason="canary-reason")
    change_name(commenter=person, name="canary-name")
    lines = everything(browser)
    text = json.dumps(lines)
    assert person.user is not None
    wanted = [
        "canary-first",
        "canary-second",
        "canary-note",
        "canary-reason",
        "canary-name",
        person.user.email,
    ]
    assert [word for word in wanted if word not in text] == []
    assert {"person", "account", "comment", "earlier words", "vote", "flag", "mute", "name", "decision"} <= {
        line["type"] for line in lines
    }
    assert "Somebody else's words." not in text


def test_guest_takes_along_what_was_written_in_this_browser() -> None:
    browser = make.guest()
    browser.write(make.thread(), "A guest's words.")
    assert "A guest's words." in json.dumps(everything(browser))
    assert browser.token not in json.dumps(everything(browser))


@pytest.mark.parametrize("path", ["download", "erase", "name", "unmute", "claims"])
def test_nobody_has_nothing(path: str) -> None:
    browser = make.guest()
    answer = browser.post(ME + path) if path in {"name", "unmute", "claims"} else browser.get(ME + path)
    assert answer.status_code == 403


# Being erased


def erase(browser: Browser, comments: str) -> Any:
    answer = browser.post(ME + "erasure", {"comments": comments})
    jobs.work_once()
    return answer


@pytest.mark.parametrize("comments", ["remove", "keep"])
@pytest.mark.parametrize("kind", ["account", "guest"])
def test_erased_person_is_gone_and_answers_keep_their_place(kind: str, comments: str) -> None:
    thread = make.thread()
    person, browser = an_account("Erasable Name") if kind == "account" else (None, make.guest())
    browser.write(thread, "My own words.", name="Erasable Name")
    mine = Comment.objects.get()
    number = mine.author_id
    browser.post(reverse("rejoinder:edits", args=[mine.public_id]), {"body": "My own words, again."})
    answer_to = make.comment(thread, "An answer.", parent=mine)
    voted = make.comment(thread, "Voted on.")
    browser.vote(voted, 1)
    email = person.user.email if person and person.user else "none"
    answer = erase(browser, comments)
    assert answer.status_code == 200
    now = make.again(mine)
    assert (now.author, now.author_name, now.edits.count()) == (None, "", 0)
    assert now.body == ("My own words, again." if comments == "keep" else "")
    assert now.state == ("public" if comments == "keep" else "deleted")
    assert make.again(answer_to).parent_id == mine.pk
    assert (make.again(voted).ups, Vote.objects.count()) == (1, 1)
    left = Commenter.objects.get(pk=number)
    assert (left.name, left.name_key, left.user_id, left.guest_token) == ("", "", None, None)
    assert not get_user_model()._default_manager.filter(email=email).exists()
    window = reverse("rejoinder:window", args=[thread.site.key])
    page = make.guest().get(window, {"key": thread.key}).content.decode()
    assert "Erasable Name" not in page
    assert ("My own words" in page) == (comments == "keep")
    assert "An answer." in page
    assert find_drift() == []
    assert Erasure.objects.get().done
    assert browser.get(ME).status_code == 302, "and signed out"


@pytest.mark.parametrize("comments", ["", "yes", None])
def test_erasure_wants_to_be_told_what_becomes_of_the_words(comments: str | None) -> None:
    _person, browser = an_account()
    data = {} if comments is None else {"comments": comments}
    assert browser.post(ME + "erasure", data).status_code == 400
    assert not Erasure.objects.exists()
    assert browser.get(ME + "erase").status_code == 200
    assert not Erasure.objects.exists(), "looking erases nobody"


def test_erased_again_after_a_backup_brought_them_back() -> None:
    thread = make.thread()
    person, browser = an_account("Nadia")
    browser.write(thread, "Words.")
    number, made = person.pk, person.created
    erase(browser, "remove")
    entries = ledger.known()
    assert [entry.number for entry in entries] == [number]
    # What a backup of before would bring back:
    Erasure.objects.all().delete()
    Commenter.objects.filter(pk=number).update(name="Nadia")
    Comment.objects.update(author=number, author_name="Nadia", body="Words.", state="public", listed=True)
    Thread.objects.update(comment_count=1)
    assert ledger.known() == entries, "from the file"
    assert erasure.erase_again(entries) == 1
    assert erasure.erase_again(entries) == 0
    assert Commenter.objects.get(pk=number).name == ""
    assert Comment.objects.get().body == ""
    assert made == Commenter.objects.get(pk=number).created


def test_erasure_of_a_number_never_hits_who_has_it_now() -> None:
    person, browser = an_account("Nadia")
    erase(browser, "remove")
    entries = ledger.known()
    Erasure.objects.all().delete()
    Commenter.objects.filter(pk=person.pk).update(name="Somebody else", created=clock.now())
    assert erasure.erase_again(entries) == 0
    assert Commenter.objects.get(pk=person.pk).name == "Somebody else"


def test_half_a_line_of_the_ledger_spoils_no_other(tmp_path: Any) -> None:
    person, browser = an_account()
    erase(browser, "keep")
    path = ledger.path()
    assert path
    with path.open("a") as file:
        file.write('{"number": 1, "ma')
    assert [entry.number for entry in ledger.known()] == [person.pk]


def test_staff_are_not_erased_before_their_role_is_taken_away() -> None:
    staff = make.staff(make.site())
    with pytest.raises(Refused, match="role"):
        erasure.ask_to_be_erased(commenter=staff, keeps_words=True)


def test_erasure_can_be_stopped_anywhere_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = make.thread()
    person, browser = an_account()
    for number in range(3):
        make.comment(thread, f"Words {number}.", by=person)
    from rejoinder.discussion import people

    erase_comment, calls = people._erase_comment, []

    def dies_at_the_second(number: int, keeps: bool) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError("killed")
        erase_comment(number, keeps)

    monkeypatch.setattr(people, "_erase_comment", dies_at_the_second)
    erase(browser, "remove")
    assert Comment.objects.filter(author=person).count() == 2
    monkeypatch.setattr(people, "_erase_comment", erase_comment)
    erasure.erase(number=Erasure.objects.get().pk)
    assert not Comment.objects.filter(author=person).exists()
    assert Thread.objects.get().comment_count == 0
    assert find_drift() == []


# Claiming


def test_guest_claims_what_was_written_in_the_same_browser() -> None:
    thread = make.thread()
    browser = make.guest()
    browser.write(thread, "As a guest.")
    guest = Commenter.objects.get(comments__thread=thread)
    other = make.comment(thread, "Voted on twice.")
    browser.vote(other, 1)
    account, elsewhere = an_account()
    elsewhere.vote(other, 1)
    elsewhere.vote(Comment.objects.get(body="As a guest."), 1)
    assert make.again(other).ups == 2
    browser.force_login(account.user)
    assert b"Written as a guest" in browser.get(ME).content
    assert browser.post(ME + "claims").status_code == 303
    mine = Comment.objects.get(body="As a guest.")
    assert (mine.author_id, mine.author_name, mine.ups) == (account.pk, "Reader", 0)
    assert make.again(other).ups == 1, "one person, one vote"
    assert Vote.objects.filter(voter=guest).count() == 0
    assert find_drift() == []
    assert browser.post(ME + "claims").status_code == 403, "once"


def test_nobody_claims_a_guest_of_another_browser() -> None:
    browser = make.guest()
    browser.write(make.thread(), "As a guest.")
    _account, elsewhere = an_account()
    assert elsewhere.post(ME + "claims").status_code == 403
    assert Comment.objects.get().author.guest_token  # type: ignore[union-attr]


def test_guest_claims_nobody() -> None:
    browser = make.guest()
    browser.write(make.thread())
    assert browser.post(ME + "claims").status_code == 403
