"""Writing from pages of other origins: said as it is, kept until it is stored, in nobody else's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rejoinder.core import clock, proof
from rejoinder.discussion.models import Comment, Thread
from tests.browser.asking import until, violations
from tests.embed.test_reading import comments, read

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.embed.places import Place

pytestmark = pytest.mark.browser


def form(page: Page) -> Locator:
    return page.locator("rejoinder-thread .discussion > form[data-compose]")


def write(page: Page, body: str, *, name: str = "Runa") -> None:
    form(page).locator("textarea").fill(body)
    form(page).locator("[name=name]").fill(name)
    form(page).locator(".primary").click()


def state(page: Page) -> Locator:
    return form(page).locator("[data-state]")


@pytest.mark.parametrize("way", ["foreign", "near"])
def test_from_two_lines_to_the_first_comment(place: Place, way: str) -> None:
    """A newcomer: from another site, where no cookie of ours comes along, and from another host of the same one."""
    place.article()
    page = place.open(getattr(place.host, way) + "/story")
    page.on("dialog", lambda dialog: dialog.accept())
    read(page)
    write(page, "The *first* word.")
    article = comments(page).first
    expect(article).to_contain_text("The first word.")
    expect(state(page)).to_have_text("Posted.")
    assert Comment.objects.get().body == "The *first* word."
    expect(page.locator("rejoinder-thread h2")).to_have_text("1 comment")
    expect(article.get_by_text("Edit…")).to_be_visible()
    assert violations(page) == []


@pytest.mark.on_both
def test_a_reply_a_vote_and_an_edit(discussed: Place) -> None:
    first = Comment.objects.get(author_name="Maren")
    page = discussed.open(discussed.article())
    read(page)
    page.locator(f"#c-{first.public_id} .up").click()
    expect(page.locator("rejoinder-thread [data-live]")).to_have_text("Your vote counts.")
    expect(page.locator(f"#c-{first.public_id} .up")).to_have_attribute("aria-pressed", "true")
    page.locator(f"#c-{first.public_id} a[data-reply]").click()
    reply = page.locator("rejoinder-thread form[data-reply-form]")
    reply.locator("textarea").fill("The harbour says half past.")
    reply.locator("[name=name]").fill("Runa")
    reply.locator(".primary").click()
    written = page.locator("rejoinder-thread article", has_text="The harbour says half past.")
    expect(written).to_be_focused()
    written.get_by_text("Edit…").click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert violations(page) == []
    dialog.locator("textarea[name=body]").fill("The harbour says twenty past.")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The harbour says twenty past.")).to_be_visible()
    stored = Comment.objects.get(body="The harbour says twenty past.")
    assert stored.parent_id == first.pk
    first.refresh_from_db()
    assert first.ups == 1


def test_a_flag_is_thanked_for_and_an_own_comment_taken_back(discussed: Place) -> None:
    first = Comment.objects.get(author_name="Maren")
    page = discussed.open(discussed.article(), width=390)
    read(page)
    page.locator(f"#c-{first.public_id} a[data-actions]").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[value=illegal]").check()
    dialog.get_by_role("button", name="Send to the moderators").click()
    expect(dialog).to_contain_text("Thank you")
    expect(dialog.locator(f"a[href^='{discussed.home}'][href*='notice']")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    write(page, "To be taken back.")
    page.locator("rejoinder-thread article", has_text="To be taken back.").get_by_text("Edit…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete my comment").click()
    expect(page.get_by_text("To be taken back.")).to_have_count(0)
    assert Comment.objects.filter(state="deleted").count() == 1
    assert first.flags.count() == 1  # type: ignore[attr-defined]


def test_what_waits_for_a_moderator_says_so(place: Place) -> None:
    type(place.site).objects.filter(pk=place.site.pk).update(hold_all=True)
    page = place.open(place.article())
    read(page)
    write(page, "Read me first.")
    expect(page.get_by_text("only you see it")).to_be_visible()
    expect(state(page)).to_contain_text("A moderator reads it")


def test_an_unfinished_text_survives_a_reload_and_a_lost_line(discussed: Place) -> None:
    context = discussed.context()
    page = discussed.open(discussed.article(), context=context)
    read(page)
    form(page).locator("textarea").fill("Half a thought")
    page.locator("rejoinder-thread .news, rejoinder-thread .who").first.wait_for()
    until(page, "Object.keys(localStorage).some(name => name.startsWith('rejoinder:draft:'))")
    page.reload()
    read(page)
    expect(form(page).locator("textarea")).to_have_value("Half a thought")
    context.set_offline(True)
    write(page, "Half a thought, and the rest")
    expect(state(page)).to_contain_text("Not sent")
    context.set_offline(False)
    form(page).locator(".primary").click()
    expect(state(page)).to_have_text("Posted.")
    assert Comment.objects.filter(body__startswith="Half").count() == 1


def test_an_answer_that_is_lost_is_no_second_comment(discussed: Place) -> None:
    page = discussed.open(discussed.article())
    read(page)
    lost: list[Any] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/sites/courier/comments", lose)
    write(page, "Said once.")
    expect(state(page)).to_contain_text("Not sent")
    form(page).locator(".primary").click()
    expect(state(page)).to_have_text("Posted.")
    assert len(lost) == 1
    assert Comment.objects.filter(body="Said once.").count() == 1


def test_a_thread_that_closes_while_one_types_keeps_the_text(discussed: Place) -> None:
    page = discussed.open(discussed.article())
    read(page)
    form(page).locator("textarea").fill("A moment too late.")
    Thread.objects.filter(pk=discussed.thread.pk).update(closed=clock.now())
    write(page, "A moment too late.")
    expect(form(page)).to_contain_text("closed")
    expect(form(page).locator("textarea")).to_have_value("A moment too late.")


def test_an_origin_that_is_not_registered_is_told_to_both(discussed: Place) -> None:
    discussed.site.origins.filter(origin=discussed.host.near).delete()
    discussed.article()
    page = discussed.context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(discussed.host.near + "/story")
    read(page)
    write(page, "From nowhere.")
    expect(state(page)).to_contain_text("not known to the publication")
    expect(form(page).locator("textarea")).to_have_value("From nowhere.")
    assert any(f"{discussed.host.near} is no origin of the site" in message for message in said)
    assert not Comment.objects.filter(body="From nowhere.").exists()


def test_without_storage_it_works_and_forgets(discussed: Place) -> None:
    context = discussed.context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = discussed.open(discussed.article(), context=context)
    read(page)
    write(page, "Into the wind.")
    expect(state(page)).to_have_text("Posted.")
    form(page).locator("textarea").fill("Kept as long as the page.")
    page.evaluate(
        "() => { const tag = document.querySelector('rejoinder-thread'); tag.remove(); "
        "setTimeout(() => document.querySelector('main').append(tag), 50) }"
    )
    page.locator("rejoinder-thread .folds").wait_for()
    form(page).locator("textarea").focus()
    expect(form(page).locator("textarea")).to_have_value("Kept as long as the page.")


def test_who_spoke_before_is_known_on_the_next_page(discussed: Place) -> None:
    """On another host of the same site, where the cookie comes along over http too."""
    discussed.article()
    context = discussed.context()
    page = discussed.open(discussed.host.near + "/story", context=context)
    read(page)
    write(page, "I was here.")
    expect(state(page)).to_have_text("Posted.")
    assert all(cookie["httpOnly"] for cookie in context.cookies())
    page.reload()
    read(page)
    expect(
        page.locator("rejoinder-thread article", has_text="I was here.").get_by_text("Edit…")
    ).to_be_visible()


def test_nothing_secret_stands_in_an_address_or_in_storage(discussed: Place) -> None:
    addresses: list[str] = []
    page = discussed.open(discussed.article())
    page.on("request", lambda request: addresses.append(request.url + request.headers.get("referer", "")))
    tokens: list[str] = []
    page.on("request", lambda request: tokens.append(request.headers.get("authorization", "")))
    read(page)
    write(page, "Twice.")
    expect(state(page)).to_have_text("Posted.")
    write(page, "And again.")
    expect(page.get_by_text("And again.")).to_be_visible()
    known = {token.removeprefix("Bearer ") for token in tokens if token}
    assert known
    kept = page.evaluate(
        "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href + window.name"
    )
    assert not [token for token in known if token in kept or any(token in address for address in addresses)]
    assert not re.search(r"[?&](code|token|session)=", " ".join(addresses))


def test_a_guests_words_come_with_the_puzzle_solved(discussed: Place) -> None:
    sent: list[dict[str, Any]] = []
    page = discussed.open(discussed.article())
    page.on("request", lambda request: request.method == "POST" and sent.append(request.post_data_json))
    read(page)
    write(page, "Worked for.")
    expect(state(page)).to_have_text("Posted.")
    solved = proof.check(sent[-1]["proof"], site="courier", key=discussed.thread.key)
    assert solved.outcome == proof.SOLVED
