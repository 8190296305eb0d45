"""Cards of which several things are asked: each that has them all is met once, however few are looked at a time."""

from __future__ import annotations

import random
from itertools import product

import pytest

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Card, Watch
from rejoinder.moderation.queue import walking
from rejoinder.moderation.queue.queries import After, Wanted, batch
from tests import factories as make

pytestmark = pytest.mark.django_db


def waiting(thread: Thread, many: int, chosen: random.Random) -> None:
    """So many cards, some of one rank."""
    make.rows_of(thread, [None] * many)
    Card.objects.bulk_create(
        Card(
            comment=comment,
            site=thread.site,
            thread=thread,
            section=chosen.choice(["", "Harbour", "Council"]),
            rule=chosen.choice(["", "links", "words"]),
            language="en",
            held=chosen.random() < 0.6,
            appeal=chosen.random() < 0.1,
            p=0.5,
            rank=float(chosen.randrange(20)),
            doubt=0.0,
            created=clock.now(),
            changed=1,
        )
        for comment in Comment.objects.filter(thread=thread)
    )


def met(site: Site, wanted: Wanted) -> list[int]:
    """The cards of all pages, one after the other."""
    found: list[int] = []
    after: After | None = None
    for _page in range(200):
        page = batch(site, wanted, after, limit=3)
        found += [card.pk for card in page.cards]
        after = page.after
        if after is None:
            return found
    raise AssertionError("it has no end")


def expected(site: Site, wanted: Wanted, threads: list[int]) -> list[int]:
    cards = [
        card
        for card in Card.objects.filter(site=site).order_by("rank", "comment")
        if (wanted.queue == "all" or getattr(card, wanted.queue))
        and wanted.section in {"", card.section}
        and wanted.rule in {"", card.rule}
        and wanted.language in {"", card.language}
        and wanted.thread in {None, card.thread_id}
        and (wanted.watch is None or card.thread_id in threads)
    ]
    return [card.pk for card in cards]


@pytest.mark.parametrize("seed", range(3))
def test_each_card_that_has_all_is_met_once_and_in_order(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chosen = random.Random(seed)
    monkeypatch.setattr(walking, "STEP", 4)
    monkeypatch.setattr(walking, "STEPS", 2)
    site, other = make.site(), make.site()
    threads = [make.thread(site) for _ in range(3)]
    for thread in [*threads, make.thread(other)]:
        waiting(thread, 25, chosen)
    watch = Watch.objects.create(site=site, name="Two", created=clock.now())
    watch.threads.set(threads[:2])
    watched = [thread.pk for thread in threads[:2]]
    narrowings = product(["held", "appeal", "all"], ["", "Harbour"], ["", "words", "none"], ["", "en"])
    for queue, section, rule, language in narrowings:
        of = Wanted(queue, section, language, rule)
        for more in (of, Wanted(queue, section, language, rule, watch=watch.pk)):
            if more.is_narrowed:
                assert met(site, more) == expected(site, more, watched), more
    assert met(site, Wanted("held", thread=watched[0])) == expected(
        site, Wanted("held", thread=watched[0]), []
    )


def test_page_that_stopped_early_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "STEP", 1)
    monkeypatch.setattr(walking, "STEPS", 1)
    thread = make.thread()
    waiting(thread, 90, random.Random(1))
    last = Card.objects.order_by("-rank", "-comment")[0]
    Card.objects.filter(section="Harbour", rule="words").update(rule="")
    Card.objects.filter(pk=last.pk).update(section="Harbour", rule="words")
    browser = make.signed_in(make.staff(thread.site))
    page = browser.get(f"/console/{thread.site.key}/queue/?section=Harbour&rule=words")
    shown = page.content.decode()
    assert "Not all that waits has been looked through yet." in shown
    assert " hidden data-done>Nothing waits here." in shown
    assert not page.context["cards"]
    while page.context["next_url"]:
        page = browser.get(page.context["next_url"])
    assert [card.comment.pk for card in page.context["cards"]] == [last.pk]
    assert "Not all that waits" not in page.content.decode()
