"""What the scripts do on the pages of the discussion, the server's answers made up."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.windows import markup
from tests.browser import gallery
from tests.browser.asking import MINE, NOBODY, Open, answer, live, started, violations

pytestmark = pytest.mark.browser

VOTES = "/threads/post/votes"
COMMENTS = "/threads/post/comments"


def test_scripts_move_nothing(open_page: Open) -> None:
    """The same boxes without scripts, and with them after everything has come."""
    boxes = "list => list.map(a => { const r = a.getBoundingClientRect(); return [r.x, r.y, r.height] })"
    mine = {**NOBODY, "votes": {"g001": 1}, "own": {"g002": {"until": "2999-01-01T00:00:00+00:00"}}}
    mine |= {"staff": True, "tools": [{"label": "Search the comments", "url": "/search"}]}
    still = open_page("thread", width=390, java_script_enabled=False)
    moving = open_page("thread", width=390, answers={MINE: answer(mine)})
    started(moving)
    moving.locator(".up[aria-pressed=true]").wait_for()
    assert moving.get_by_text("Edit…").count() == 1
    assert moving.locator("[data-tools] a").count() == 1
    assert moving.locator("article").evaluate_all(boxes) == still.locator("article").evaluate_all(boxes)


def test_without_scripts_everything_is_a_link_or_a_form(open_page: Open) -> None:
    page = open_page("thread", java_script_enabled=False)
    assert page.locator("a[data-reply]").first.get_attribute("href") == "/comments/g001/reply/"
    assert page.locator("form[data-compose]").get_attribute("action") == COMMENTS
    assert page.locator("form[data-votes]").first.get_attribute("method") == "post"
    assert not page.locator(".fold").first.is_visible()


def test_a_vote_shows_at_once_and_pressing_again_takes_it_back(open_page: Open) -> None:
    seen: list[Any] = []

    def counted(request: Any) -> dict[str, Any]:
        mine = "value=1" in request.post_data
        return answer({"ups": 37 + mine, "downs": 11, "mine": int(mine), "message": ""}, seen=seen)(request)

    page = open_page("thread", answers={VOTES: counted})
    page.locator(".up[aria-pressed]").first.wait_for()
    up = page.locator("article .up").first
    up.click()
    assert up.get_attribute("aria-pressed") == "true"
    assert up.locator("[data-count]").text_content() == "38"
    expect(live(page)).to_have_text("Your vote counts.")
    up.click()
    expect(live(page)).to_have_text("Your vote is taken back.")
    assert [data["value"] for data, _ in seen] == ["1", "0"]


def test_a_vote_that_does_not_arrive_is_taken_off_again(open_page: Open) -> None:
    page = open_page("thread", answers={VOTES: answer({}, status=503)})
    page.locator(".up[aria-pressed]").first.wait_for()
    up = page.locator("article .up").first
    up.click()
    expect(live(page)).to_contain_text("did not arrive")
    assert up.get_attribute("aria-pressed") == "false"
    assert up.locator("[data-count]").text_content() == "37"


def _posted(state: str = "public") -> dict[str, Any]:
    window = gallery.thread_window()
    shown = gallery.Writer(200).write(1, id="new1", state=state)
    html = markup.comment(shown, window)
    more = {"heading": "43 comments", "until": "2999-01-01T00:00:00+00:00"}
    return {"id": "new1", "state": state, "html": html, "message": "Posted.", **more}


def test_a_reply_is_written_posted_and_shown_in_place(open_page: Open) -> None:
    seen: list[Any] = []
    page = open_page("thread", answers={COMMENTS: answer(_posted(), status=201, seen=seen)})
    started(page)
    page.locator(".up[aria-pressed]").first.wait_for()  # what is mine is known: what I write will be mine
    page.locator("#c-g001 a[data-reply]").click()
    body = page.locator("#body-g001")
    expect(page.locator("#body-g001")).to_be_focused()
    assert violations(page) == []
    body.fill("By the new chart.")
    page.locator("#name-g001").fill("Runa")
    page.locator("form[data-reply-form] .primary").click()
    page.locator("#c-new1").wait_for()
    data, headers = seen[0]
    assert (data["body"], data["parent"], data["key"]) == ("By the new chart.", "g001", "story-7")
    assert len(headers["idempotency-key"]) == 32
    assert headers["idempotency-key"] == data["idempotency_key"]
    assert page.locator("#r-g001 > ol > .comment > #c-new1").count() == 1
    assert page.evaluate("document.activeElement.id") == "c-new1"
    assert page.locator("#c-new1 a[data-actions]").inner_text() == "Edit…"
    assert page.locator("#discussion-title").inner_text() == "43 comments"
    assert page.locator("form[data-reply-form]").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('draft')).length") == 0


def test_a_reply_past_the_readable_depth_stands_at_the_end_of_the_flat_part(open_page: Open) -> None:
    page = open_page("thread", answers={COMMENTS: answer(_posted(), status=201)})
    started(page)
    for comment in ("g005", page.locator("ol.flat > .comment").first.get_attribute("data-id")):
        page.locator(f"#c-{comment} a[data-reply]").click()
        page.locator(f"#body-{comment}").fill("Flat.")
        page.locator(f"#name-{comment}").fill("Runa")
        page.locator("form[data-reply-form] .primary").click()
        page.locator("ol.flat > .comment:last-child > #c-new1").wait_for()
        page.evaluate("document.getElementById('c-new1').closest('.comment').remove()")


def test_a_text_that_was_not_sent_is_kept_and_sent_again_under_the_same_key(open_page: Open) -> None:
    seen: list[Any] = []
    page = open_page("thread", answers={COMMENTS: answer({}, status=502, seen=seen)})
    started(page)
    body = page.locator("#body-new")
    body.fill("Words that must not be lost.")
    page.locator("#name-new").fill("Runa")
    page.locator("form[data-compose] .primary").click()
    page.locator("[data-state][data-kind=failed]").wait_for()
    page.reload()
    expect(page.locator("#body-new")).to_have_value("Words that must not be lost.")
    page.locator("form[data-compose] .primary").click()
    page.locator("[data-state][data-kind=failed]").wait_for()
    body.fill("Other words.")
    page.locator("form[data-compose] .primary").click()
    page.locator("[data-state][data-kind=failed]").wait_for()
    assert len(seen) == 3
    keys = [headers["idempotency-key"] for _, headers in seen]
    assert keys[0] == keys[1]
    assert keys[2] != keys[0]


def test_a_refusal_is_said_at_its_field_and_the_text_stays(open_page: Open) -> None:
    refusal = {"code": "name", "message": "This name is taken.", "field": "name"}
    page = open_page("thread", answers={COMMENTS: answer(refusal, status=422)})
    started(page)
    page.locator("#body-new").fill("Mine.")
    page.locator("#name-new").fill("Editor")
    page.locator("form[data-compose] .primary").click()
    page.get_by_text("This name is taken.").first.wait_for()
    expect(page.locator("#name-new")).to_be_focused()
    assert page.locator("#name-new").get_attribute("aria-invalid") == "true"
    assert page.locator("#body-new").input_value() == "Mine."
    assert violations(page) == []


def test_what_was_typed_before_the_scripts_came_stays(open_page: Open) -> None:
    page = open_page("thread")
    page.evaluate(
        "localStorage.setItem('rejoinder:draft:post:story-7:', JSON.stringify({ body: 'An older draft.' }))"
    )
    page.add_init_script(
        "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') "
        "document.getElementById('body-new').value = 'Typed early.' })"
    )
    page.reload()
    started(page)
    assert page.locator("#body-new").input_value() == "Typed early."


def test_more_comments_come_in_place_once_each_and_take_the_focus(open_page: Open) -> None:
    window = gallery.thread_window(kind="replies", more=None)
    window.roots = [gallery.Writer(300).write(1), gallery.Writer(1).write(1)]
    html = markup.window(window)
    respond = {"/threads/post/window": lambda _: {"body": html, "content_type": "text/html; charset=utf-8"}}
    page = open_page("thread", answers=respond)
    started(page)
    page.get_by_text("14 more replies").click()
    page.locator("#c-g301").wait_for()
    expect(page.locator("#c-g301")).to_be_focused()
    assert page.locator("#c-g002").count() == 1, "what is there already does not come twice"
    assert page.get_by_text("14 more replies").count() == 0
    expect(live(page)).to_have_text("More comments shown: 1")


def test_replies_fold_away_by_keyboard(open_page: Open) -> None:
    page = open_page("thread", width=390)
    knob = page.locator(".folds .fold").first
    knob.focus()
    page.keyboard.press("Enter")
    assert knob.get_attribute("aria-expanded") == "false"
    assert not page.locator("#c-g002").is_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert page.locator("#c-g002").is_visible()


def test_j_and_k_go_from_comment_to_comment(open_page: Open) -> None:
    page = open_page("thread")
    started(page)
    page.locator("#c-g001").focus()
    for key, there in (("j", "c-g002"), ("j", "c-g003"), ("k", "c-g002")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == there


def test_an_own_held_comment_says_that_only_its_author_sees_it(open_page: Open) -> None:
    held = markup.comment(gallery.own_held(), gallery.thread_window())
    page = open_page("thread", answers={MINE: answer({**NOBODY, "held": [held]})})
    page.locator("[data-held] .comment").wait_for()
    assert "only you see it" in page.locator("[data-held]").inner_text()
    assert violations(page) == []


def test_the_actions_open_in_a_dialog_and_a_flag_is_thanked_for(open_page: Open) -> None:
    private = {"body": gallery.render("actions"), "content_type": "text/html; charset=utf-8"}
    thanks = answer({"message": "Thank you."}, status=201)
    page = open_page(
        "thread",
        width=390,
        answers={"/comments/g001/actions/": lambda _: private, "/comments/g001/act": thanks},
    )
    started(page)
    page.locator("#c-g001 a[data-actions]").click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    dialog.get_by_label("Insult or threat").check()
    dialog.get_by_text("Send to the moderators").click()
    dialog.get_by_text("Thank you.").wait_for()
    dialog.get_by_role("button").click()
    dialog.wait_for(state="hidden")


def test_what_staff_decide_is_shown_where_the_comment_stands(open_page: Open) -> None:
    seen: list[Any] = []
    gone = gallery.Writer(0).write(state="removed", html="", name="")
    html = markup.comment(gone, gallery.thread_window())
    private = {"body": gallery.render("actions"), "content_type": "text/html; charset=utf-8"}
    decided = answer({"id": "g001", "html": html, "message": "Decided."}, seen=seen)
    page = open_page(
        "thread", answers={"/comments/g001/actions/": lambda _: private, "/comments/g001/act": decided}
    )
    started(page)
    page.locator("#c-g001 a[data-actions]").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=reason][list]").fill("Personal attack.")
    dialog.get_by_role("button", name="Remove").click()
    page.locator("#c-g001 .gone").wait_for()
    assert (seen[0][0]["action"], seen[0][0]["reason"]) == ("remove", "Personal attack.")
    assert page.locator("#c-g002").is_visible(), "its replies stay"


def test_a_behaviour_that_does_not_load_takes_no_other_with_it(open_page: Open) -> None:
    broken = {"/static/rejoinder/js/vote.js": lambda _: {"status": 500, "body": ""}}
    page = open_page("thread", answers=broken)
    started(page)
    page.locator("#c-g001 a[data-reply]").click()
    page.locator("#body-g001").wait_for()


def test_guidelines_open_by_themselves_before_the_first_comment_and_never_again(open_page: Open) -> None:
    posted = {"state": "public", "html": "", "message": "Posted."}
    answers = {MINE: answer({**NOBODY, "newcomer": True}), COMMENTS: answer(posted, status=201)}
    page = open_page("empty", answers=answers)
    started(page)
    folded = page.locator(".guidelines")
    page.locator("[data-newcomer]").wait_for()
    assert folded.get_attribute("open") is None, "nothing moves before one begins to write"
    page.locator("#body-new").fill("My first.")
    expect(folded).to_have_attribute("open", "")
    page.locator("#name-new").fill("Mira")
    page.locator("form[data-compose] .primary").click()
    page.locator("[data-state][data-kind=posted]").wait_for()
    page.locator("#body-new").fill("My second.")
    expect(folded).not_to_have_attribute("open", "")
