"""What holds a text because of how it was written, and what does not."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from altcha import solve_challenge_v1
from django.test import Client
from django.urls import reverse

from rejoinder.core import clock, proof
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation import signals
from rejoinder.moderation.models import Decision
from rejoinder.moderation.reasons import said
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


def ask(browser: Browser, thread: Thread) -> dict[str, Any]:
    address = reverse("rejoinder:challenge", args=[thread.site.key])
    found = browser.get(address, {"key": thread.key})
    assert found["Cache-Control"] == "no-store, private"
    data = found.json()
    assert isinstance(data, dict)
    return data


def solution(found: dict[str, Any]) -> str:
    answer = solve_challenge_v1(found["challenge"], found["salt"], "SHA-256", found["maxnumber"])
    assert answer is not None
    return base64.b64encode(json.dumps({**found, "number": answer.number}).encode()).decode()


def like_a_person(browser: Browser, thread: Thread, body: str = "A thought of my own.", **more: Any) -> Any:
    sent = {"proof": solution(ask(browser, thread)), "elapsed": "45000"}
    return browser.write(thread, body, **(sent | more))


def state(answer: Any) -> str:
    assert answer.status_code == 201, answer.content
    return str(answer.json()["state"])


def names(thread: Thread) -> set[str]:
    """The signals kept with the last decision."""
    decision = Decision.objects.filter(thread=thread).order_by("-id").first()
    return {signal["name"] for signal in decision.signals} if decision else set()


def test_person_with_a_browser_posts_at_once_links_too() -> None:
    thread = make.thread()
    body = "The ministry says otherwise: https://ministry.example/figures"
    assert state(like_a_person(make.guest(), thread, body)) == "public"


def test_browser_without_scripts_posts_at_once_in_a_calm_thread() -> None:
    assert state(make.guest().write(make.thread(), "No script ran here.")) == "public"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"website": "https://buy.example"}, "website"),
        ({"elapsed": "400"}, "fast"),
        ({"proof": "bm90IGEgcHJvb2Y="}, "proof-forged"),
    ],
)
def test_what_only_programs_do_is_held_and_not_lost(sent: dict[str, str], name: str) -> None:
    thread = make.thread()
    assert state(like_a_person(make.guest(), thread, **sent)) == "held"
    assert name in names(thread)


def test_puzzle_solved_once_is_good_for_one_text() -> None:
    thread = make.thread()
    used = solution(ask(make.guest(), thread))
    states = [state(make.guest().write(thread, f"Text {n}.", proof=used, elapsed="9000")) for n in range(3)]
    assert states == ["public", "held", "held"]
    assert "proof-spent" in names(thread)


def test_puzzle_of_another_thread_holds() -> None:
    thread = make.thread()
    used = solution(ask(make.guest(), make.thread(thread.site)))
    assert state(make.guest().write(thread, proof=used, elapsed="9000")) == "held"
    assert "proof-elsewhere" in names(thread)


def test_the_same_request_again_spends_nothing() -> None:
    thread, browser = make.thread(), make.guest()
    sent = {"proof": solution(ask(browser, thread)), "elapsed": "9000"}
    headers = {"Idempotency-Key": "a-key-that-is-long-enough"}
    first = browser.write(thread, **sent, headers=headers)
    again = browser.write(thread, **sent, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["state"] == "public"


def test_newcomers_link_without_a_puzzle_waits() -> None:
    thread = make.thread()
    assert state(make.guest().write(thread, "Look at https://shop.example/pills")) == "held"
    assert names(thread) == {"proof-absent", "newcomer", "links"}


def test_who_wrote_here_before_posts_links_without_scripts() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "An earlier thought.")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert state(browser.write(thread, "As https://archive.example/1998 shows.")) == "public"


def test_link_put_in_after_posting_waits() -> None:
    thread, browser = make.thread(), make.guest()
    posted = like_a_person(browser, thread).json()["id"]
    address = reverse("rejoinder:edits", args=[posted])
    headers = {"accept": "application/json"}
    assert browser.post(address, {"body": "Still no link."}, headers=headers).json()["state"] == "public"
    changed = browser.post(address, {"body": "Buy at https://shop.example"}, headers=headers)
    assert changed.json()["state"] == "held"
    assert names(thread) == {"link-added"}


def test_same_words_by_others_wait() -> None:
    thread = make.thread()
    text = "Earn a thousand a week from home, ask me how it is done, no risk"
    variants = [text, text.upper(), text.replace("a", "а").replace("e", "е"), text.replace(" ", "  ")]
    states = [state(like_a_person(make.guest(), thread, body)) for body in variants]
    assert states == ["public", "held", "held", "held"]


def test_same_page_linked_by_many_newcomers_waits() -> None:
    thread = make.thread()
    urls = [f"https://shop.example/offer?from={n}" for n in range(5)]
    words = ["One says so at", "I found this:", "Read about it:", "There is more in", "Good value at"]
    states = [
        state(like_a_person(make.guest(), thread, f"{word} {url}"))
        for word, url in zip(words, urls, strict=True)
    ]
    assert states == ["public", "public", "public", "held", "held"]
    assert "same-link" in names(thread)


def test_many_from_one_address_wait_before_they_are_refused() -> None:
    thread, address = make.thread(), make.an_address()
    states = [state(make.guest(address).write(thread, f"Number {n} of many.")) for n in range(24)]
    assert states[:6] == ["public"] * 6
    assert states[-3:] == ["held"] * 3
    assert "block" in names(thread)


def test_puzzle_is_harder_for_those_who_failed_and_easy_for_who_is_known() -> None:
    thread, browser = make.thread(), make.guest()
    before = ask(browser, thread)["maxnumber"]
    browser.write(thread, "Forged.", proof="bm90IGEgcHJvb2Y=")
    assert ask(browser, thread)["maxnumber"] >= 4 * before
    settled = make.guest()
    settled.write(thread, "An earlier thought.")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert ask(settled, thread)["maxnumber"] == proof.EASIEST


def test_staff_are_not_looked_at() -> None:
    thread = make.thread()
    editor = make.signed_in(make.staff(thread.site, "editor"))
    assert (
        state(editor.write(thread, "See https://x.example https://y.example", website="x", elapsed="1"))
        == "public"
    )


def test_moderator_reads_why_and_the_author_reads_less() -> None:
    thread, browser = make.thread(), make.guest()
    posted = browser.write(thread, "Buy https://shop.example", website="x").json()["id"]
    address = reverse("rejoinder:actions", args=[posted])
    theirs = make.signed_in(make.staff(thread.site)).get(address).content.decode()
    own = browser.get(address).content.decode()
    assert "A field was filled in that people do not see." in theirs
    assert "There is 1 link in it." in theirs
    assert "A field was filled in" not in own
    assert "a moderator reads it first" in own


def test_held_by_another_rule_keeps_what_was_noticed() -> None:
    thread = make.thread(make.site(hold_all=True))
    make.guest().write(thread, "Buy https://shop.example")
    decision = Decision.objects.get(thread=thread)
    assert decision.rule == "site holds all"
    assert "links" in {signal["name"] for signal in decision.signals}


def test_confirm_page_says_how_long_it_was_open() -> None:
    thread = make.thread()
    silent = Client(enforce_csrf_checks=True, REMOTE_ADDR=make.an_address())
    address = reverse("rejoinder:comments", args=[thread.site.key])
    page = silent.post(address, {"key": thread.key, "body": "Words.", "name": "Ada"})
    began = page.context["fields"]["began"]
    assert (proof.open_for(began) or 0) < 60_000
    with time_machine.travel(clock.now() + timedelta(seconds=20)):
        assert (proof.open_for(began) or 0) > 19_000
    assert proof.open_for(began[:-2] + "xx") is None
    assert make.guest().write(thread, "At once.", began=began).json()["state"] == "held"


def test_every_signal_has_a_sentence() -> None:
    outcomes = [f"proof-{name}" for name, weight in signals.PROOFS.items() if weight]
    others = ["website", "fast", "block", "author", "failed", "newcomer", "thread", "links", "link-added"]
    for name in [*outcomes, *others, "same-link", "same-words"]:
        sentence = said({"name": name, "weight": 1, "figure": 3})
        assert sentence.endswith("."), name
        assert "%" not in sentence


@pytest.mark.parametrize("sent", ["x" * 100_000, "\x00", "٣", "-1", "1e9", "９"])
def test_hostile_evidence_is_no_evidence(sent: str) -> None:
    thread = make.thread()
    answer = make.guest().write(thread, "Words.", elapsed=sent, proof=sent, began=sent)
    assert answer.status_code == 201
    assert Comment.objects.filter(thread=thread).count() == 1


PILLS = ["Cheap pills", "Best casino bonus", "Loans at once", "Followers for sale", "Replica watches"]


def flood(thread: Thread, addresses: int, each: int) -> list[str]:
    """Programs that advertise: some send nothing, some lie about the time, some forge, some share one solution."""
    shared = solution(ask(make.guest(), thread))
    tricks: list[dict[str, str]] = [
        {},
        {"elapsed": "30000"},
        {"proof": "bm90IGEgcHJvb2Y=", "elapsed": "30000"},
        {"proof": shared, "elapsed": "30000"},
        {"website": "https://pills.example", "elapsed": "120"},
    ]
    states = []
    for number in range(addresses):
        browser = make.guest()
        for turn in range(each):
            body = f"{PILLS[number % 5]} {number}-{turn}: https://shop-{number % 7}.example/{turn} order now"
            states.append(state(browser.write(thread, body, name="Buyer", **tricks[(number + turn) % 5])))
    return states


def _assert_flood_held(addresses: int, each: int, people: int) -> None:
    thread = make.thread()
    states = flood(thread, addresses, each)
    # The solution that they share is good for one of them, who then passes as anybody would.
    assert states.count("public") <= 1
    written = [like_a_person(make.guest(), thread, f"What do you mean by point {n}?") for n in range(people)]
    assert [state(answer) for answer in written].count("public") == people


def test_flood_of_advertising_stays_out_and_people_get_through() -> None:
    _assert_flood_held(addresses=40, each=2, people=8)


@pytest.mark.long
def test_flood_from_five_hundred_addresses_stays_out_and_people_get_through() -> None:
    _assert_flood_held(addresses=500, each=4, people=100)
