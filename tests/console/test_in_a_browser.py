"""The queue in a real browser: by keyboard, in place, accessible, and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from rejoinder.accounts.models import Role, Site
from rejoinder.core.db import writing
from rejoinder.discussion.models import Comment
from rejoinder.moderation import queue
from rejoinder.moderation.models import Card, Decision, Sanction
from tests import factories as make
from tests.browser.visits import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live_server: Any) -> Site:
    """A site with five comments that wait, the most urgent first."""
    found = make.site()
    thread = make.thread(found, title="Who left the gate open")
    for number in range(5):
        comment = make.again(make.comment(thread, f"Waiting words, number {number}."))
        wait(comment, why="reported", p=0.9 - number / 10)
    return found


# The scripts look at what is submitted; this is not.
SENT_WITHOUT_SCRIPTS = """form => {
  const sent = { type: "hidden", name: "action", value: "ignore-flags" };
  form.append(Object.assign(document.createElement("input"), sent));
  HTMLFormElement.prototype.submit.call(form);
}"""


def wait(comment: Comment, **more: Any) -> None:
    with writing():
        queue.place(comment=comment, exposure=1, **more)


def words(number: int) -> str:
    return f"Waiting words, number {number}."


def enter(browser: Browser, home: str, site: Site, **options: Any) -> tuple[Page, list[str]]:
    """The queue, opened by a moderator, and what the page complains of."""
    cookie = make.signed_in(make.staff(site)).cookies["rejoinder_session"].value
    context = browser.new_context(**options)
    context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": home}])
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    page.goto(home + reverse("rejoinder:console-queue", args=[site.key]))
    return page, complaints


@pytest.mark.on_both
def test_one_key_decides_and_the_next_card_is_there_and_z_takes_it_back(
    live_server: Any, browser: Browser, site: Site
) -> None:
    page, complaints = enter(browser, live_server.url, site)
    at = page.locator(".card.at")
    expect(at).to_contain_text(words(0))
    told = page.locator("[data-told]")
    held: list[Route] = []

    def hold_removal(route: Route) -> None:
        """By what it says, not by its turn: requests may reach the network in another order."""
        held.append(route) if "action=remove" in (route.request.post_data or "") else route.continue_()

    page.route("**/queue/decisions", hold_removal)
    with page.expect_request(lambda request: "action=remove" in (request.post_data or "")):
        page.keyboard.press("4")
    expect(at).to_contain_text(words(1))
    page.keyboard.press("a")
    expect(at).to_contain_text(words(2))
    expect(told).to_contain_text("Reports ignored")
    with page.expect_event("requestfinished", lambda request: request == held[0].request):
        held[0].continue_()  # an answer that was overtaken does not take the place of the later one
    expect(told).to_contain_text("Reports ignored")
    page.keyboard.press("z")
    expect(at).to_contain_text(words(1))
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(at).to_contain_text(words(1))
    expect(told).to_contain_text("Taken back")
    removed = Decision.objects.get(action="remove")
    assert (removed.code, removed.comment and removed.comment.body) == ("spam", words(0))
    assert Card.objects.count() == 4
    assert complaints == []


def test_decision_that_was_not_taken_comes_back_and_says_who_was_first(
    live_server: Any, browser: Browser, site: Site
) -> None:
    page, complaints = enter(browser, live_server.url, site)
    first = Comment.objects.get(body=words(0))
    make.decide(first, "hold", by=make.staff(site, name="Ada Vell"))
    page.keyboard.press("4")
    card = page.locator(f"#card-{first.public_id}")
    expect(card.locator("[data-error]")).to_contain_text("Ada Vell")
    expect(page.locator("[data-told]")).to_contain_text("Ada Vell")
    expect(card.locator("button[value=approve]")).to_be_visible()
    assert make.again(first).state == Comment.State.HELD
    assert complaints == []


def test_nothing_is_lost_when_the_server_does_not_answer(
    live_server: Any, browser: Browser, site: Site
) -> None:
    page, _ = enter(browser, live_server.url, site)

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/queue/decisions", cut)
    page.keyboard.press("4")
    expect(page.locator("[data-told]")).to_contain_text("nothing was decided")
    expect(page.locator(".card", has_text=words(0))).to_be_visible()
    page.unroute("**/queue/decisions")
    page.locator(".card", has_text=words(0)).locator("button[value=remove]").click()
    expect(page.locator(".card", has_text=words(0)).locator("[data-error]")).to_contain_text(
        "Choose a ground"
    )
    assert Card.objects.count() == 5


def test_cards_that_come_later_appear_without_reloading(
    live_server: Any, browser: Browser, site: Site
) -> None:
    page, complaints = enter(browser, live_server.url, site)
    expect(page.locator(".card")).to_have_count(5)
    late = make.again(make.comment(make.thread(site), "This came later."))
    wait(late, why="held", p=0.85)
    page.evaluate(
        "() => import('/static/rejoinder/console/cards.js').then(m => m.fresh(document.querySelector('[data-cards]')))"
    )
    expect(page.locator(".card").nth(1)).to_contain_text("This came later.")
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_pages_are_accessible_and_fit(
    live_server: Any, browser: Browser, site: Site, width: int, scheme: str
) -> None:
    visitor = Visitor(browser, live_server.url, width=width, scheme=scheme)
    moderator = make.staff(site)
    make.signed_in(moderator)
    cookie = make.signed_in(moderator).cookies["rejoinder_session"].value
    visitor.context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": live_server.url}])
    comment = Comment.objects.get(body=words(0))
    paths = [reverse(f"rejoinder:console-{name}", args=[site.key]) for name in ("queue", "search", "watches")]
    paths += [f"{paths[1]}?q=waiting"]
    paths += [f"{reverse('rejoinder:console-together', args=[site.key])}?comment={comment.public_id}"]
    for path in paths:
        visitor.look_at(path)
    page, ada = visitor.page, make.staff(site, name="Ada Vell")
    # How it went with several, of which somebody else decided about one.
    make.decide(comment, "hold", by=ada)
    page.get_by_label("Ground").select_option("spam")
    page.locator("button[value=hold]").click()
    page.get_by_text("These were not:").wait_for()
    visitor.look()
    # A decision that was not taken, without scripts.
    page.goto(live_server.url + paths[0])
    late = Comment.objects.get(body=words(1))
    make.decide(late, "remove", by=ada)
    page.locator(f"#card-{late.public_id} form[data-decide]").evaluate(SENT_WITHOUT_SCRIPTS)
    page.get_by_role("heading", name="Not decided").wait_for()
    visitor.look()
    Role.objects.create(commenter=moderator, site=make.site(), kind="analyst", created=comment.created)
    visitor.look_at(reverse("rejoinder:console"))
    assert visitor.found == []


def test_person_and_discussion_are_decided_about_on_the_card_by_key_and_z_takes_that_back(
    live_server: Any, browser: Browser, site: Site
) -> None:
    page, complaints = enter(browser, live_server.url, site)
    at, told = page.locator(".card.at"), page.locator("[data-told]")
    expect(at).to_contain_text(words(0))
    page.keyboard.press("s")
    reason = at.locator("[data-opened] [name=reason]")
    expect(reason).to_be_focused()
    expect(at.get_by_label("Suspend for a time")).to_be_checked()
    page.keyboard.type("a: ten times the same today")
    page.keyboard.press("Control+Enter")
    expect(told).to_have_text("Suspended")
    expect(at.locator("[data-opened]")).to_be_hidden()
    sanction = Sanction.objects.get()
    assert (sanction.kind, sanction.commenter) == ("suspend", Comment.objects.get(body=words(0)).author)
    page.keyboard.press("z")
    expect(told).to_have_text("Taken back.")
    page.keyboard.press("t")
    expect(reason).to_be_focused()
    page.keyboard.type("It is late.")
    page.keyboard.press("Enter")  # no button of several is meant
    at.locator("[data-opened] button[value=close]").click()
    expect(told).to_have_text("Closed")
    expect(at).to_contain_text(words(0))
    page.keyboard.press("n")
    expect(at.locator("[data-opened] [value=note]")).to_be_checked()
    page.keyboard.press("Escape")
    expect(at.locator("[data-opened]")).to_be_hidden()
    assert list(Decision.objects.order_by("pk").values_list("action", flat=True)) == [
        "suspend",
        "undo",
        "close",
    ]
    assert Card.objects.count() == 5
    assert complaints == []
