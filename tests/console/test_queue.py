"""What waits for a decision: cards come with what causes them and go with what settles it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.core import ids, jobs
from rejoinder.discussion.models import Comment, Highlight
from rejoinder.moderation import queue
from rejoinder.moderation.models import Card, Decision, Rule
from rejoinder.moderation.queue.languages import language_of
from rejoinder.moderation.queue.queries import PAGE, Wanted, batch, choices, counts
from rejoinder.moderation.rules import Wish, remove, save
from tests import factories as make

pytestmark = pytest.mark.django_db


def held(site: Site, body: str = "", **more: Any) -> Comment:
    """A comment that waits."""
    site.hold_all = True
    site.save(update_fields=["hold_all"])
    return make.again(make.comment(make.thread(site), body, **more))


def address(name: str, site: Site) -> str:
    return reverse(f"rejoinder:{name}", args=[site.key])


def decide(browser: Any, comment: Comment, action: str, **more: str) -> Any:
    data = {"comment": comment.public_id, "action": action} | more
    where = address("console-decide", comment.thread.site)
    return browser.post(where, data, headers={"accept": "application/json"})


def shown_in(page: Any, comment: Comment) -> bool:
    return f'data-card="{comment.public_id}"' in page.content.decode()


def test_held_comment_waits_until_it_is_decided() -> None:
    site = make.site()
    comment = held(site, "Please read me first.")
    queue.place(comment=comment, why="held")
    browser = make.signed_in(make.staff(site))
    page = browser.get(address("console-queue", site), {"queue": "held"})
    assert shown_in(page, comment)
    assert "Please read me first." in page.content.decode()
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert decide(browser, comment, "approve").status_code == 201
    assert make.again(comment).state == Comment.State.PUBLIC
    assert not Card.objects.exists()
    assert not shown_in(browser.get(address("console-queue", site)), comment)


def test_what_its_author_takes_back_waits_no_more() -> None:
    site = make.site(hold_all=True)
    author = make.guest()
    author.write(make.thread(site), "Words that I regret.")
    comment = Comment.objects.get()
    queue.place(comment=make.again(comment), why="held")
    author.post(reverse("rejoinder:deletion", args=[comment.public_id]))
    while job := jobs.lease():
        jobs.run(job)
    assert not Card.objects.exists()


def test_form_without_script_leads_back_to_the_queue_and_offers_to_undo() -> None:
    site = make.site()
    comment = held(site)
    queue.place(comment=comment, why="held")
    browser = make.signed_in(make.staff(site))
    where = address("console-queue", site) + "?queue=held"
    sent = {"comment": comment.public_id, "action": "remove", "code": "spam", "back": where}
    answer = browser.post(address("console-decide", site), sent)
    assert answer.status_code == 303
    assert answer["Location"].startswith(where)
    decision = Decision.objects.get(actor__isnull=False)
    assert (decision.code, bool(decision.reason)) == ("spam", True)
    page = browser.get(answer["Location"]).content.decode()
    assert f'value="{ids.encode(decision.pk)}"' in page
    undone = browser.post(address("console-undo", site), {"decision": ids.encode(decision.pk), "back": where})
    assert undone.status_code == 303
    assert make.again(comment).state == Comment.State.HELD
    assert Card.objects.get().held


def test_form_leads_back_to_no_foreign_place() -> None:
    site = make.site()
    comment = held(site)
    browser = make.signed_in(make.staff(site))
    sent = {"comment": comment.public_id, "action": "approve", "back": "https://elsewhere.example/console/x"}
    answer = browser.post(address("console-decide", site), sent)
    assert answer["Location"].startswith(address("console-queue", site))


def test_removal_needs_a_ground_and_keeps_what_was_written_out_of_the_way() -> None:
    site = make.site()
    comment = held(site)
    browser = make.signed_in(make.staff(site))
    refused = decide(browser, comment, "remove")
    assert (refused.status_code, refused.json()["code"]) == (422, "reason")
    assert make.again(comment).state == Comment.State.HELD


@pytest.mark.parametrize("first", ["remove", "ignore-flags"])
def test_second_moderator_is_told_who_decided_and_overwrites_nothing(first: str) -> None:
    site = make.site()
    comment = make.again(make.comment(make.thread(site)))
    queue.place(comment=comment, why="reported", p=0.5)
    one, two = make.staff(site, name="Ada Vell"), make.staff(site)
    state = Comment.State.REMOVED if first == "remove" else Comment.State.PUBLIC
    assert decide(make.signed_in(one), comment, first, code="spam", since="0").status_code == 201
    late = decide(make.signed_in(two), comment, "hold", code="abuse", since="0", seen="0")
    assert late.status_code == 409
    assert "Ada Vell" in late.json()["message"]
    assert make.again(comment).state == state
    assert Decision.objects.filter(actor=two).count() == 0


def test_decision_on_words_that_were_changed_is_not_taken() -> None:
    site = make.site(hold_all=True)
    author = make.guest()
    author.write(make.thread(site), "Harmless words.")
    comment = make.again(Comment.objects.get())
    author.post(reverse("rejoinder:edits", args=[comment.public_id]), {"body": "Other words."})
    late = decide(make.signed_in(make.staff(site)), comment, "approve", seen="0")
    assert (late.status_code, late.json()["code"]) == (409, "edited")
    assert make.again(comment).state == Comment.State.HELD


def test_what_waits_longer_comes_up_and_what_is_worse_comes_first(time_machine: Any) -> None:
    site = make.site()
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    old = make.comment(make.thread(site))
    queue.place(comment=make.again(old), why="suspected", p=0.3)
    time_machine.move_to("2026-05-01T11:00:00Z", tick=False)
    fresh, bad = make.comment(make.thread(site)), make.comment(make.thread(site))
    queue.place(comment=make.again(fresh), why="suspected", p=0.3)
    queue.place(comment=make.again(bad), why="suspected", p=0.9, severity=3)
    assert [card.pk for card in batch(site, Wanted()).cards] == [bad.pk, old.pk, fresh.pk]


def test_every_fifth_card_is_one_of_which_least_is_known_and_none_is_lost() -> None:
    site, thread = make.site(), make.thread()
    thread = make.thread(site)
    make.rows_of(thread, [None] * 25)
    for place, comment in enumerate(Comment.objects.filter(thread=thread).order_by("pk")):
        queue.place(
            comment=comment, why="held", p=0.5 if place > 22 else 0.95, severity=0.1 if place > 22 else 1
        )
    first = batch(site, Wanted("held"))
    assert [card.p for card in first.cards][4::5] == [0.5, 0.5]
    seen = {card.pk for card in first.cards}
    after, pages = first.after, 1
    while after is not None:
        found = batch(site, Wanted("held"), after)
        seen |= {card.pk for card in found.cards}
        after, pages = found.after, pages + 1
    assert len(seen) == 25
    assert pages <= 25 // (PAGE - 2) + 1


def test_card_in_two_queues_is_one_card_and_leaves_them_one_by_one() -> None:
    site = make.site()
    comment = make.again(make.comment(make.thread(site)))
    queue.place(comment=comment, why="reported")
    queue.place(comment=comment, why="suspected")
    found = counts(site)
    assert (found["reported"], found["suspected"], found["all"]) == (1, 1, 1)
    queue.take_away(comment=comment, why="reported")
    found = counts(site)
    assert (found["reported"], found["suspected"], found["all"]) == (0, 1, 1)
    queue.take_away(comment=comment, why="suspected")
    assert not Card.objects.exists()


def test_queue_is_narrowed_by_section_rule_person_and_watch_list() -> None:
    site = make.site()
    one, two = make.thread(site, "one"), make.thread(site, "two")
    site.threads.filter(pk=one.pk).update(section="Harbour")
    here, there = (make.again(make.comment(of)) for of in (one, two))
    queue.place(comment=here, why="held", rule="links")
    queue.place(comment=there, why="held", rule="words")
    browser = make.signed_in(make.staff(site))
    browser.post(address("console-watch", site), {"name": "Harbour stories", "keys": "one"})
    watch = site.watches.get()
    asks = [{"section": "Harbour"}, {"rule": "links"}, {"watch": ids.encode(watch.pk)}]
    asks.append({"person": ids.encode(here.author_id or 0)})
    for ask in asks:
        page = browser.get(address("console-queue", site), ask)
        assert (shown_in(page, here), shown_in(page, there)) == (True, False), ask
    offered = choices(site)
    assert (offered["section"], offered["rule"]) == (["Harbour"], ["links", "words"])


def test_many_are_counted_first_then_decided_and_those_that_cannot_be_say_why() -> None:
    site = make.site()
    comments = [held(site, f"Buy nets number {n}.") for n in range(3)]
    browser = make.signed_in(make.staff(site))
    chosen = [f"{comment.public_id}:0:" for comment in comments]
    page = browser.post(address("console-many", site), {"comment": chosen}).content.decode()
    assert "<b data-chosen>3</b>" in page
    assert {make.again(comment).state for comment in comments} == {Comment.State.HELD}
    make.decide(comments[0], "approve")
    sent = {"comment": [*chosen[:1], *(f"{c.public_id}:0:" for c in comments[1:])], "confirm": "1"}
    sent |= {"action": "approve"}
    done = browser.post(address("console-many", site), sent).content.decode()
    assert "2 comments decided." in done
    assert "Decided already" in done
    assert {make.again(comment).state for comment in comments} == {Comment.State.PUBLIC}


def test_pinned_comment_stands_first_in_best_and_keeps_its_place_when_it_is_voted_on() -> None:
    site = make.site()
    thread = make.thread(site)
    liked, pinned = make.comment(thread), make.comment(thread, "The editor's choice.")
    make.guest().vote(liked, 1)
    browser = make.signed_in(make.staff(site))
    assert decide(browser, make.again(pinned), "pin").status_code == 201
    make.guest().vote(pinned, -1)
    page = (
        make.guest().get(reverse("rejoinder:thread", args=[site.key]), {"key": thread.key}).content.decode()
    )
    assert page.index(f"c-{pinned.public_id}") < page.index(f"c-{liked.public_id}")
    assert "Pinned" in page
    assert decide(browser, make.again(pinned), "remove", code="other").status_code == 201
    assert not Highlight.objects.exists()
    assert make.again(pinned).rank > make.again(liked).rank


def test_no_more_than_three_are_pinned_and_no_answers() -> None:
    site = make.site()
    thread = make.thread(site)
    roots = [make.again(make.comment(thread)) for _ in range(4)]
    answer = make.again(make.comment(thread, parent=roots[0]))
    browser = make.signed_in(make.staff(site))
    assert decide(browser, answer, "pin").status_code == 422
    got = [decide(browser, root, "pin").status_code for root in roots]
    assert got == [201, 201, 201, 409]


def test_analyst_reads_the_queue_and_decides_nothing() -> None:
    site = make.site()
    comment = held(site)
    queue.place(comment=comment, why="held")
    browser = make.signed_in(make.staff(site, "analyst"))
    page = browser.get(address("console-queue", site))
    assert shown_in(page, comment)
    assert "data-decide" not in page.content.decode()
    assert decide(browser, comment, "approve").status_code == 403
    assert make.again(comment).state == Comment.State.HELD


def test_counts_say_when_something_came() -> None:
    site = make.site()
    browser = make.signed_in(make.staff(site))
    before = json.loads(browser.get(address("console-counts", site)).content)
    queue.place(comment=held(site), why="held")
    after = json.loads(browser.get(address("console-counts", site)).content)
    assert (before["counts"]["held"], after["counts"]["held"]) == (0, 1)
    assert int(after["newest"]) > int(before["newest"])


def test_cards_of_one_page_cost_the_same_however_many_they_are(django_assert_max_num_queries: Any) -> None:
    site = make.site()
    for n in range(3):
        queue.place(comment=held(site, f"Waiting number {n}."), why="held")
    browser = make.signed_in(make.staff(site))
    browser.get(address("console-queue", site))
    with django_assert_max_num_queries(26):
        browser.get(address("console-queue", site))
    for n in range(PAGE):
        queue.place(comment=held(site, f"Waiting too, number {n}."), why="held")
    with django_assert_max_num_queries(26):
        browser.get(address("console-queue", site))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das ist nicht, was in der Zeitung stand, und ich glaube es auch nicht.", "de"),
        ("Nobody has asked the insurers, and that is what they would have to do.", "en"),
        ("هذا الخبر قديم", "ar"),
        ("Где цифры?", "ru"),
        ("数字はどこですか", "ja"),
        ("Hm.", "pt"),
        ("", "pt"),
    ],
)
def test_card_knows_the_language_of_its_comment_or_takes_the_sites(text: str, language: str) -> None:
    assert language_of(text, "pt") == language


def test_words_that_made_a_rule_speak_are_marked_on_the_card_with_its_name() -> None:
    site = make.site()
    editor = make.viewer(site, make.staff(site, "editor"))
    for name, verdict in (("Insults", "hold"), ("Doubtful", "card")):
        words = "gromble" if verdict == "hold" else "wuzzle\nnever\\there"
        wish = Wish(kind="phrases", words=words, name=name, verdict=verdict, mode="on")
        save(viewer=editor, wish=wish, sure=True)
    thread = make.thread(site)
    make.guest().write(thread, "<i> you gr*omb*le, you GROMBLE! Not grombles.")
    make.guest().write(thread, "A wuzzle.", name="Wuzzle & Sons")
    browser = make.signed_in(make.staff(site))
    page = browser.get(address("console-queue", site)).content.decode()
    held, suspected = '<mark title="Insults">', '<mark title="Doubtful">'
    assert f"&lt;i&gt; you {held}gr</mark><em>{held}omb</mark></em>{held}le</mark>, you" in page
    assert f"you {held}GROMBLE</mark>! Not grombles." in page
    assert f"A {suspected}wuzzle</mark>." in page
    assert f"<bdi>{suspected}Wuzzle</mark> &amp; Sons</bdi>" in page
    assert '<span class="rule"><bdi>Doubtful</bdi></span>' in page
    remove(viewer=editor, rule=Rule.objects.get(name="Insults"))
    assert f"you {held}GROMBLE</mark>!" in browser.get(address("console-queue", site)).content.decode()
