"""Slow mode and closing by age of a site, a section and a discussion: the narrowest counts, and readers are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions.undoing import undo
from rejoinder.moderation.models import Decision, SectionPace
from rejoinder.moderation.threads.aging import close_old_threads
from rejoinder.moderation.threads.modes import set_age, set_slow
from rejoinder.moderation.threads.paces import change_section
from tests import factories as make
from tests.moderation.test_thread_modes import moderator, page_of, policy_of, with_manners

pytestmark = pytest.mark.django_db


def of_section(thread: Thread, section: str = "Sport", **more: Any) -> Thread:
    Thread.objects.filter(pk=thread.pk).update(section=section, **more)
    thread.refresh_from_db()
    return thread


def test_narrowest_pause_counts_and_what_is_taken_back_leaves_the_wider() -> None:
    elsewhere = make.thread()
    sport = of_section(make.thread(elsewhere.site), "ŚPORT")
    by = moderator(sport, "editor")
    with_manners(elsewhere, slow=60)
    change_section(viewer=by, section="śport", slow=300, close_after=None)
    assert [policy_of(one)["pause"] for one in (elsewhere, sport)] == [60, 300]
    assert "Slow mode: 5 minutes" in page_of(sport)
    browser = make.signed_in(make.account())
    assert [browser.write(sport, f"Thought {number}.").status_code for number in range(2)] == [201, 429]
    free = set_slow(viewer=by, thread=sport, seconds=Thread.AS_FAST, reason="It is calm here.")
    assert policy_of(sport)["pause"] == 0
    assert browser.write(sport, "At last.").status_code == 201
    undo(viewer=by, decision=free)
    assert policy_of(sport)["pause"] == 300
    change_section(viewer=by, section="Śport", slow=None, close_after=None)
    assert policy_of(sport)["pause"] == 60
    assert not SectionPace.objects.exists()
    reasons = Decision.objects.filter(action="rule").order_by("pk").values_list("reason", flat=True)
    assert [reason.partition(": ")[2] for reason in reasons][1:] == [
        "slow mode: 5 minutes.",
        "as on the whole site.",
    ]


def test_discussions_are_closed_by_the_age_of_the_narrowest() -> None:
    first = make.thread()
    site, by = first.site, moderator(first, "editor")
    began = {"created": clock.now() - timedelta(days=10), "published": None}
    places = {name: of_section(make.thread(site), section, **began) for name, section in (
        ("site", ""), ("section", "Sport"), ("never", "Letters"), ("own", "Letters"), ("kept", "Sport"),
    )}  # fmt: skip
    with_manners(first, close_after=20)
    change_section(viewer=by, section="sport", slow=None, close_after=5)
    change_section(viewer=by, section="Letters", slow=None, close_after=0)
    set_age(viewer=by, thread=places["own"], days=7, reason="The vote is over.")
    set_age(viewer=by, thread=places["kept"], days=0, reason="It goes on.")
    assert "One can write here until" in page_of(places["site"])
    assert "One can write here until" not in page_of(places["kept"])
    close_old_threads()
    closed = Thread.objects.filter(site=site).exclude(closed=None).values_list("pk", flat=True)
    assert set(closed) == {places["section"].pk, places["own"].pk}
    assert sorted(Decision.objects.filter(action="close").values_list("reason", flat=True)) == [
        "Discussions are closed here after 5 days.",
        "Discussions are closed here after 7 days.",
    ]


def test_page_lays_down_what_a_section_has_and_a_discussion_of_its_own() -> None:
    thread = of_section(make.thread())
    staff = make.signed_in(make.staff(thread.site, "editor"))
    page = reverse("rejoinder:console-sections", args=[thread.site.key])
    assert staff.post(page, {"section": "Sport", "slow": "60", "close_after": "30"}).status_code == 303
    shown = staff.get(page).content.decode()
    assert '<input type="hidden" name="section" value="Sport">' in shown
    assert '<option value="Sport"></option>' in shown
    assert staff.post(page, {"section": "Sport", "slow": "61"}).status_code == 422
    one = reverse("rejoinder:console-thread", args=[thread.site.key])
    shown = staff.get(one, {"key": thread.key}).content.decode()
    assert "as in its section or on the site: 60 seconds" in shown
    decide = reverse("rejoinder:console-thread-decisions", args=[thread.site.key])
    sent = {"key": thread.key, "reason": "It is calm here."}
    for more in ({"action": "slow", "seconds": "0"}, {"action": "age", "days": "14"}):
        assert staff.post(decide, {**sent, **more}).status_code == 303
    thread.refresh_from_db()
    assert (thread.slow, thread.close_after) == (Thread.AS_FAST, 14)
    assert staff.post(decide, {**sent, "action": "age", "days": "soon"}).status_code == 422
    for more in ({"action": "slow", "seconds": "site"}, {"action": "age", "days": ""}):
        assert staff.post(decide, {**sent, **more}).status_code == 303
    thread.refresh_from_db()
    assert (thread.slow, thread.close_after) == (0, None)
    with pytest.raises(InvalidInput):
        change_section(viewer=moderator(thread), section=" ", slow=60, close_after=None)
