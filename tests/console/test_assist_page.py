"""Assist's page of a site: what it says, what an owner or editor changes there, and what that leaves in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rejoinder import assist
from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.actions import learn
from rejoinder.assist.models import Client, Example, Policy, Score, Version
from rejoinder.assist.outcomes import blind_sample, outcomes
from rejoinder.assist.prices import price, prices
from rejoinder.assist.queries import policy_of
from rejoinder.assist.refitting import refit_site
from rejoinder.core import clock, ids
from rejoinder.moderation.models import Decision
from tests import factories as make
from tests.assist import histories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not assist.available(), reason="the extra assist is not installed"),
]
SETTINGS = {"do": "settings", "mode": "hold", "miss": "2", "through": "10", "use_record": "1"}
# What was foretold and decided: of 600, the least probable third was never rejected.
LATER = [[0.01 + 0.001 * (n % 200), 0] for n in range(400)] + [
    [0.5 + 0.002 * (n % 200), n % 2] for n in range(200)
]


def address(site: Site, route: str = "console-assist") -> str:
    return reverse(f"rejoinder:{route}", args=[site.key])


def noted(site: Site) -> list[str]:
    """The reasons of what the log says of Assist, oldest first."""
    found = Decision.objects.filter(site=site, action="rule", rule="Assist").order_by("pk")
    return list(found.values_list("reason", flat=True))


def version(site: Site, **more: Any) -> Version:
    given = {"number": 1, "state": "active", "blob": b"x", "examples": 600, "made": clock.now(), **more}
    return Version.objects.create(site=site, **given)


def said(comment: Any, would: str, *, blind: bool = False, label: int | None = None, by: Any = None) -> None:
    Score.objects.create(
        comment=comment, score=0.1, probability=0.1, would=would, blind=blind, made=clock.now()
    )
    if label is not None:
        at = clock.now()
        learn(site=comment.thread.site, comment_id=comment.pk, body="Words.", label=label, at=at, actor=by)


def test_page_says_what_is_so_from_nothing_decided_to_a_version_that_is_made() -> None:
    site = make.site()
    analyst = make.signed_in(make.staff(site, "analyst"))
    empty = analyst.get(address(site)).content.decode()
    assert "It has learned from no decision yet." in empty
    assert "Assist learns and sorts here. By itself it does nothing." in empty
    assert "0 for now" in empty
    assert "console-assist-change" not in empty
    histories.decide(site, 260, actor=make.staff(site, "moderator"))
    assert [outcome.kind for outcome in refit_site(site)] == ["made"]
    full = analyst.get(address(site), {"miss": "5", "through": "20"}).content.decode()
    assert "Decisions so far: 260" in full
    assert "Version 1 judges now" in full
    assert full.count('<svg class="plot"') == full.count("<figcaption>") == 3
    assert '<output for="price-miss" dir="ltr">5' in full
    assert 'name="do"' not in full.replace('name="do" value="settings"', "")


def test_price_has_both_bounds_and_is_nothing_where_nothing_can_be_promised() -> None:
    found = price(LATER, miss=0.02, through=0.10)
    assert found.promises
    assert 0.6 < found.saved < 0.7
    assert found.missed == 0 < found.missed_at_most <= 0.02
    assert found.let_through == 0 < found.let_through_at_most <= 0.10
    for nothing in (price(LATER[:30], miss=0.02, through=0.10), price([], miss=0.02, through=0.10)):
        assert (nothing.promises, nothing.saved, nothing.missed_at_most) == (False, 0.0, 1.0)
    saved = [one.saved for one in prices(LATER, through=0.10)]
    assert saved == sorted(saved)


def test_last_week_and_the_blind_sample_are_what_people_decided_about_what_it_said() -> None:
    thread = make.thread()
    site, moderator = thread.site, make.staff(thread.site)
    told = (("hold", 1), ("hold", 0), ("approve", 0), ("approve", 1), ("", None))
    comments = [make.comment(thread) for _ in told]
    for comment, (would, label) in zip(comments, told, strict=True):
        said(comment, would, blind=would == "approve", label=label, by=moderator)
    said(make.comment(make.thread()), "approve", blind=True, label=1, by=moderator)
    found = outcomes(site, clock.now() - timedelta(days=7))
    assert found.counts == dict.fromkeys(told, 1)
    assert found.examples["approve", 1] == [comments[3].pk]
    sample = blind_sample(site)
    assert (sample.decided, sample.rejected, sample.waiting) == (2, 1, 0)
    assert 0.01 < sample.low < 0.02
    assert 0.98 < sample.high < 0.99
    page = make.signed_in(moderator).get(address(site)).content.decode()
    assert "Of 2 comments that Assist would have approved" in page
    assert page.count("It would have approved, people removed:") == 1


def test_what_it_may_do_is_changed_with_a_line_in_the_log_and_approving_asks_first() -> None:
    site = make.site()
    version(site, evaluation={"later": LATER, "identity": [{"group": "Arabs", "asked": 10, "flagged": 4}]})
    editor = make.signed_in(make.staff(site, "editor"))
    change = address(site, "console-assist-change")
    assert editor.post(change, SETTINGS).status_code == 303
    assert editor.post(change, SETTINGS).status_code == 303  # the same again changes nothing
    assert (policy_of(site).mode, noted(site)) == ("hold", ["Assist: changed: may hold"])
    wish = {**SETTINGS, "mode": "hold-and-approve", "miss": "1.5"}
    asked = editor.post(change, wish)
    page = asked.content.decode()
    assert (asked.status_code, policy_of(site).mode) == (409, "hold")
    assert "it would have approved 6" in page
    assert "It suspects plain sentences about: Arabs." in page
    assert editor.post(change, {**wish, "sure": "1"}).status_code == 303
    assert (policy_of(site).mode, policy_of(site).miss) == ("hold-and-approve", 0.015)
    assert editor.post(change, {**wish, "miss": "3"}).status_code == 409  # wider than what was said yes to
    assert editor.post(change, {**wish, "miss": "1"}).status_code == 303
    for wrong in ({"miss": "0"}, {"through": "x"}, {"mode": "reject"}, {"miss": "nan"}):
        assert editor.post(change, {**SETTINGS, **wrong}).status_code == 422
    assert len(noted(site)) == 3


def test_alarm_is_looked_at_versions_gone_back_to_and_learning_resumed_each_on_record() -> None:
    site = make.site()
    old, new = version(site, state="superseded"), version(site, number=2)
    Policy.objects.create(
        site=site,
        mode="hold",
        alarmed=clock.now(),
        alarm={"side": "stricter", "decisions": 38, "language": ""},
    )
    owner = make.signed_in(make.staff(site, "owner"))
    change = address(site, "console-assist-change")
    assert (
        "People here have come to reject more than Assist expects."
        in owner.get(address(site)).content.decode()
    )
    owner.post(change, {"do": "clear-alarm"})
    assert policy_of(site).alarmed is None
    assert owner.post(change, {"do": "revert", "version": str(old.pk)}).status_code == 303
    assert (Version.objects.get(pk=old.pk).state, Version.objects.get(pk=new.pk).state) == (
        "active",
        "reverted",
    )
    assert "learning rests" in owner.get(address(site)).content.decode()
    owner.post(change, {"do": "resume"})
    assert policy_of(site).paused is None
    assert [reason.split()[1] for reason in noted(site)] == ["the", "back", "learns"]
    elsewhere = version(make.site())
    for number in (str(elsewhere.pk), "x", "0"):
        assert owner.post(change, {"do": "revert", "version": number}).status_code == 404
        assert owner.get(address(site, "console-assist-file"), {"version": number}).status_code == 404


def test_somebodys_decisions_are_left_out_since_a_day_and_taken_in_again() -> None:
    site = make.site()
    hostile = make.staff(site)
    histories.decide(site, 4, at=clock.now() - timedelta(days=9), actor=hostile)
    histories.decide(site, 3, seed=2, actor=hostile)
    owner, change = make.signed_in(make.staff(site, "owner")), address(site, "console-assist-change")
    day = (clock.now() - timedelta(days=2)).date().isoformat()
    sent = {"do": "leave-out", "person": ids.encode(hostile.pk), "since": day}
    assert owner.post(change, {**sent, "since": "2026-13-01"}).status_code == 422
    assert owner.post(change, sent).status_code == 303
    assert Example.objects.filter(site=site, left_out=True).count() == 3
    owner.post(change, {"do": "take-in", "person": ids.encode(hostile.pk)})
    assert Example.objects.filter(site=site, left_out=True).count() == 0
    assert [ids.encode(hostile.pk) in reason and hostile.name not in reason for reason in noted(site)] == [
        True
    ] * 2
    stranger: Commenter = make.staff(make.site())
    assert owner.post(change, {**sent, "person": ids.encode(stranger.pk)}).status_code == 404


def test_model_is_handed_out_as_a_file_and_taken_from_one_and_nothing_else_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, _made: ({}, {}))
    site, other = make.site(), make.site()
    histories.decide(site, 80)
    refit_site(site)
    [row] = Version.objects.filter(site=site)
    owner = make.signed_in(make.staff(site, "owner"))
    answer = owner.get(address(site, "console-assist-file"), {"version": str(row.pk)})
    assert answer["Content-Disposition"] == f'attachment; filename="assist-{site.key}-1.model"'
    there, upload = make.signed_in(make.staff(other, "editor")), address(other, "console-assist-change")
    for content in (b"", b"{}" * 100, answer.content[:-9]):
        refused = there.post(upload, {"do": "upload", "file": SimpleUploadedFile("a.model", content)})
        assert (refused.status_code, Version.objects.filter(site=other).count()) == (422, 0)
    taken = there.post(upload, {"do": "upload", "file": SimpleUploadedFile("a.model", answer.content)})
    assert taken.status_code == 303
    assert Version.objects.get(site=other).why == "imported"
    assert noted(other) == ["Assist: version 1 was taken from a file"]
    assert "from a file" in there.get(address(other)).content.decode()


def test_key_is_shown_once_to_an_owner_and_taken_back_with_what_it_told() -> None:
    site = make.site()
    owner, sent = make.signed_in(make.staff(site, "owner")), {"do": "add", "name": "Coral", "quota": "300"}
    change, page = address(site, "console-assist-key"), address(site, "console-assist-keys")
    made = owner.post(change, sent).content.decode()
    client = Client.objects.get(site=site)
    assert made.count("rjp_") == 1
    assert "rjp_" not in owner.get(page).content.decode()
    owner.post(change, {"do": "quota", "key": str(client.pk), "quota": "40"})
    assert Client.objects.get(pk=client.pk).quota == 40
    for wrong in ({"quota": "0"}, {"quota": "x"}, {"name": ""}):
        assert owner.post(change, {**sent, **wrong}).status_code == 422
    learn(site=site, comment_id=f"{client.pk}:a", body="Words.", label=1, at=clock.now())
    elsewhere = make.signed_in(make.staff(make.site(), "owner"))
    theirs = change.replace(site.key, Site.objects.latest("pk").key)
    assert elsewhere.post(theirs, {"do": "end", "key": str(client.pk)}).status_code == 404
    assert owner.post(change, {"do": "forget", "key": str(client.pk)}).status_code == 303
    assert Client.objects.get(pk=client.pk).ended is not None
    assert not Example.objects.filter(site=site).exists()
    assert len(noted(site)) == 3
    assert make.signed_in(make.staff(site, "editor")).get(page).status_code == 403


def test_without_the_extra_the_page_says_how_to_add_it_and_settings_still_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = make.site()
    owner = make.signed_in(make.staff(site, "owner"))
    for module in ("assist.queries", "assist.judging", "assist.actions", "console.assist.states"):
        monkeypatch.setattr(f"rejoinder.{module}.available", lambda: False)
    page = owner.get(address(site)).content.decode()
    assert "pip install &#x27;rejoinder[assist]&#x27;" in page
    assert "<svg" not in page
    assert owner.post(address(site, "console-assist-change"), {**SETTINGS, "mode": "off"}).status_code == 303
    assert policy_of(site).mode == "off"
    for sent in ({"do": "add", "name": "Coral", "quota": "9"},):
        assert owner.post(address(site, "console-assist-key"), sent).status_code == 200
