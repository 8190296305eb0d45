"""Rules of a site: what they hold, refuse and let appear, what they only note, and who may make them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.core import clock, jobs
from rejoinder.core.errors import InvalidInput, NotFound
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Card, Decision, Rule, RuleHit
from rejoinder.moderation.rules import Wish, remove, save, switch, would
from rejoinder.moderation.rules.changing import TooWide
from rejoinder.moderation.screening import fingerprints, keeping, patterns
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db
K, V = Rule.Kind, Rule.Verdict


def rule(site: Site, kind: str, words: str = "", **more: Any) -> Rule:
    wish = {"mode": "on", "name": f"Rule {make.a_number()}", **more}
    viewer = make.viewer(site, make.staff(site, "editor"))
    return save(viewer=viewer, wish=Wish(kind=kind, words=words, **wish), sure=True)


def sent(thread: Thread, body: str, browser: Browser | None = None, **more: Any) -> dict[str, Any]:
    answer = (browser or make.guest()).write(thread, body, **more)
    return {"status": answer.status_code, **answer.json()}


def edit(browser: Browser, number: str, body: str) -> Any:
    address = reverse("rejoinder:edits", args=[number])
    return browser.post(address, {"body": body}, headers={"accept": "application/json"}).json()


def last(thread: Thread) -> Decision:
    found = Decision.objects.filter(thread=thread).order_by("-id").first()
    assert found is not None
    return found


def test_listed_words_hold_and_those_who_moderate_see_which() -> None:
    thread = make.thread()
    rule(thread.site, K.PHRASES, "gromble\nzilpik", name="Insults", severity=4, code="abuse")
    assert sent(thread, "You G R 0 M B L E!")["state"] == "held"
    decision = last(thread)
    assert (decision.rule, decision.code, decision.actor) == ("Insults", "abuse", None)
    assert {"name": "rule", "weight": 0, "rule": "Insults", "found": ["G R 0 M B L E"]} in decision.signals
    assert Card.objects.get().severity == 4
    assert sent(thread, "A calm thought.")["state"] == "public"


def test_words_in_the_name_hold_too() -> None:
    thread = make.thread()
    rule(thread.site, K.PHRASES, "gromble")
    assert sent(thread, "A calm thought.", name="Grómble fan")["state"] == "held"


def test_refused_words_are_said_to_be_and_nothing_is_stored() -> None:
    thread = make.thread()
    rule(thread.site, K.PHRASES, "gromble", verdict=V.REFUSE, sentence="We do not print this word.")
    answer = sent(thread, "A gromble.")
    assert answer["status"] == 403
    assert "We do not print this word." in json.dumps(answer)
    assert not Comment.objects.filter(thread=thread).exists()


def test_a_card_lets_it_appear_and_puts_it_before_a_moderator() -> None:
    thread = make.thread()
    rule(thread.site, K.PHRASES, "gromble", verdict=V.CARD)
    assert sent(thread, "A gromble.")["state"] == "public"
    assert Card.objects.get().suspected


def test_rule_that_only_notes_holds_nothing_and_shows_what_it_would_have_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = make.thread()
    noted = rule(thread.site, K.PHRASES, "gromble", mode="log")
    assert sent(thread, "A gromble.")["state"] == "public"
    assert sent(thread, "Nothing of it.")["state"] == "public"
    hit = RuleHit.objects.get()
    assert (hit.rule, hit.found) == (noted, "gromble")
    monkeypatch.setattr(keeping, "KEPT_HITS", 0)
    keeping.count_hits()
    noted.refresh_from_db()
    assert (noted.dropped, RuleHit.objects.count()) == (1, 0)


def test_rule_of_a_section_or_thread_holds_nowhere_else() -> None:
    site = make.site()
    here, there = make.thread(site), make.thread(site)
    Thread.objects.filter(pk=here.pk).update(section="Sport")
    rule(site, K.PHRASES, "gromble", section="sport")
    rule(site, K.PHRASES, "zilpik", thread=there.key)
    assert sent(here, "gromble")["state"] == "held"
    assert sent(here, "zilpik")["state"] == "public"
    assert sent(there, "zilpik, then")["state"] == "held"
    assert sent(there, "gromble, then")["state"] == "public"


def test_narrower_places_say_whether_one_reads_before_or_after() -> None:
    site = make.site()
    after, before = make.thread(site), make.thread(site)
    rule(site, K.EVERYTHING)
    rule(site, K.EVERYTHING, verdict=V.CARD, thread=after.key)
    rule(site, K.PHRASES, "gromble")
    assert sent(before, "A thought.")["state"] == "held"
    assert sent(after, "A thought, gromble.")["state"] == "public"
    card = Card.objects.get(thread=after)
    assert card.suspected and card.new


def test_first_comments_wait_until_enough_are_public() -> None:
    thread, browser = make.thread(), make.guest()
    rule(thread.site, K.NEWCOMER, figures={"first": 1})
    first = sent(thread, "My first.", browser)
    assert first["state"] == "held"
    make.decide(Comment.objects.get(thread=thread), "approve")
    assert sent(thread, "My second.", browser)["state"] == "public"


def test_whose_comments_were_removed_waits() -> None:
    thread, browser = make.thread(), make.guest()
    rule(thread.site, K.RECORD, figures={"least": 2, "percent": 50})
    for body in ("One.", "Two."):
        assert sent(thread, body, browser)["state"] == "public"
        make.decide(Comment.objects.latest("pk"), "remove")
    assert sent(thread, "Three.", browser)["state"] == "held"


def test_links_wait_but_those_to_named_hosts() -> None:
    thread, browser = make.thread(), make.guest()
    sent(thread, "I have been here before.", browser)
    rule(thread.site, K.LINKS, "archive.example")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert sent(thread, "See https://archive.example/1998", browser)["state"] == "public"
        assert sent(thread, "See https://shop.example/1998", browser)["state"] == "held"


SPAM = "Our little workshop repairs clocks, watches and music boxes of every age, at fair prices, all week: call {}!"


def test_much_the_same_text_waits_though_words_were_changed() -> None:
    thread, browser = make.thread(), make.guest()
    sent(thread, "I have been here before.", browser)
    rule(thread.site, K.REPEATS, figures={"times": 2, "hours": 24})
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        states = [sent(thread, SPAM.format(name), browser)["state"] for name in ("Anna", "Ben", "Cleo")]
        other = "A different thought about the clock tower and what its repair may cost the town this year."
        assert states == ["public", "public", "held"]
        assert sent(thread, other, browser)["state"] == "public"
    rows = list(Comment.objects.filter(thread=thread, body__contains="workshop").order_by("-pk"))
    assert fingerprints.similar(rows[0]) == rows[1:]


@pytest.mark.parametrize(
    "words",
    [
        r"(a+)+$",
        r"(a|aa)+$",
        r"(\w+\s?)*\d$",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"(.*a){20}\d",
        "(",
        r"x*",
        "a" * 1001,
    ],
)
def test_catastrophic_or_broken_pattern_is_refused_when_it_is_saved(words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rule(make.site(), K.PATTERN, words)
    assert caught.value.field == "words"


def test_pattern_that_takes_too_long_is_cut_off_taken_down_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = make.thread()
    slow = rule(thread.site, K.PATTERN, r"\d{3}-\d{4}", name="Phones")
    assert sent(thread, "Call 555-1234")["state"] == "held"

    def too_slow(*given: Any) -> None:
        raise patterns.TooSlow

    monkeypatch.setattr(patterns, "_search", too_slow)
    assert sent(thread, "Call nobody.")["state"] == "held"  # nobody knows what it would have found
    slow.refresh_from_db()
    assert (slow.mode, bool(slow.fault)) == ("log", True)
    assert Decision.objects.filter(site=thread.site, action="rule", actor=None, rule="Phones").exists()
    monkeypatch.undo()
    assert sent(thread, "Call 555-1234 now")["state"] == "public"


def test_pattern_is_cut_off_in_time() -> None:
    with pytest.raises(patterns.TooSlow):
        patterns.find(r"(a|aa)+$", "a" * 5000 + "!")


def test_rule_that_would_stop_most_of_last_week_asks_first() -> None:
    thread = make.thread()
    for number in range(12):
        make.comment(thread, f"The word {'gromble' if number < 9 else 'calm'} stands here, number {number}.")
    viewer = make.viewer(thread.site, make.staff(thread.site, "owner"))
    wish = Wish(name="Wide", kind=K.PHRASES, words="gromble", mode="on")
    with pytest.raises(TooWide) as caught:
        save(viewer=viewer, wish=wish)
    assert (caught.value.found.hit, caught.value.found.looked) == (9, 12)
    assert not Rule.objects.exists()
    saved = save(viewer=viewer, wish=wish, sure=True)
    switch(viewer=viewer, rule=saved, mode="off")
    with pytest.raises(TooWide):
        switch(viewer=viewer, rule=saved, mode="on")
    looked = would(saved)
    assert looked is not None and len(looked.examples) == 5
    assert looked.examples[0][1] == ["gromble"]


def test_every_change_of_a_rule_is_a_decision() -> None:
    site = make.site()
    viewer = make.viewer(site, make.staff(site, "editor"))
    saved = save(viewer=viewer, wish=Wish(name="Words", kind=K.PHRASES, words="gromble"))
    save(viewer=viewer, wish=Wish(name="Words", kind=K.PHRASES, words="gromble\nzilpik"), rule=saved)
    switch(viewer=viewer, rule=saved, mode="on")
    remove(viewer=viewer, rule=saved)
    rows = list(Decision.objects.filter(site=site, action="rule").order_by("pk"))
    assert [row.actor for row in rows] == [viewer.commenter] * 4
    assert rows[1].text_seen == "gromble\nzilpik"


@pytest.mark.parametrize("role", ["moderator", "analyst"])
def test_only_owners_and_editors_make_rules(role: str) -> None:
    site = make.site()
    with pytest.raises(NotFound):
        save(viewer=make.viewer(site, make.staff(site, role)), wish=Wish(name="x", kind=K.PHRASES, words="x"))


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("words", {"kind": K.PHRASES, "words": " \n "}),
        ("words", {"kind": K.PHRASES, "words": "\u0301"}),
        ("words", {"kind": K.PHRASES, "words": "x" * 101}),
        ("words", {"kind": K.SERVICE, "words": "ftp://service.example", "secret": "s" * 32}),
        ("secret", {"kind": K.SERVICE, "words": "https://service.example", "secret": "short"}),
        ("secret", {"kind": K.AKISMET}),
        ("verdict", {"kind": K.EVERYTHING, "verdict": "refuse"}),
        ("first", {"kind": K.NEWCOMER, "figures": {"first": "many"}}),
        ("thread", {"kind": K.EVERYTHING, "thread": "not-there"}),
        ("name", {"kind": K.EVERYTHING, "name": " "}),
        ("kind", {"kind": "magic"}),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(field: str, wish: dict[str, Any]) -> None:
    site = make.site()
    viewer = make.viewer(site, make.staff(site, "editor"))
    with pytest.raises(InvalidInput) as caught:
        save(viewer=viewer, wish=Wish(**{"name": "A rule", **wish}))
    assert caught.value.field == field


def approved(thread: Thread, browser: Browser) -> str:
    """A comment that was held, and that a moderator let appear; its number."""
    number = str(sent(thread, "A gromble, said kindly.", browser)["id"])
    assert make.decide(Comment.objects.get(thread=thread), "approve").state == "public"
    return number


@pytest.mark.parametrize(
    "body",
    [
        "Quite other words.",
        "A gromble, said kindly. https://shop.example",
        "> A gromble, said kindly.\n\nZ\u200bi\u200bl\u200bp\u200bik",
        "A gromble, said kindly\u2060.",
    ],
)
def test_words_changed_after_approval_are_read_again(body: str) -> None:
    """Other words, a link put in later, a quote, what cannot be seen."""
    thread, browser = make.thread(), make.guest()
    rule(thread.site, K.PHRASES, "gromble\nzilpik")
    assert edit(browser, approved(thread, browser), body)["state"] == "held"
    assert last(thread).rule == "edited"


def test_link_put_in_by_somebody_known_places_a_card() -> None:
    thread, browser = make.thread(), make.guest()
    sent(thread, "I have been here before.", browser)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        number = str(sent(thread, "A calm thought.", browser)["id"])
        assert edit(browser, number, "A calm thought: https://archive.example")["state"] == "public"
    assert Card.objects.get(suspected=True).comment.public_id == number


def test_bulk_by_the_api_is_looked_at_like_the_rest() -> None:
    thread = make.thread()
    rule(thread.site, K.PHRASES, "gromble")
    address = f"/api/v1/sites/{thread.site.key}/comments"
    origin = {"origin": f"https://{thread.site.key}.example"}
    states = []
    for number in range(3):
        told = {"key": thread.key, "body": f"grömble {number}", "name": "Reader"}
        answer = make.guest().post(address, json.dumps(told), content_type="application/json", headers=origin)
        states.append(answer.json()["comment"]["state"])
    assert states == ["held"] * 3


def test_staff_are_not_looked_at() -> None:
    thread = make.thread()
    rule(thread.site, K.EVERYTHING)
    assert make.comment(thread, "Read this.", by=make.staff(thread.site)).state == "public"


def test_what_is_old_is_compared_with_no_more() -> None:
    thread = make.thread()
    sent(thread, SPAM.format("Anna"))
    comment = Comment.objects.get(thread=thread)
    assert fingerprints.near(SPAM.format("Dora"), thread.site.pk) == [comment]
    with time_machine.travel(clock.now() + timedelta(days=61)):
        fingerprints.forget()
    assert fingerprints.near(SPAM.format("Dora"), thread.site.pk) == []
    jobs.work_once()
