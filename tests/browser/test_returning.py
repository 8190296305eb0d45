"""A reader comes back: what is new since the last visit is marked, counted, and gone through."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import gallery
from tests.browser.asking import MINE, NOBODY, Open, answer, seen, started, until, violations
from tests.browser.visits import LONG_AGO

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NEW = "/threads/post/new"
KEPT = "rejoinder:seen:post:story-7"
NAMES = [f"g{number:03}" for number in range(1, 26)]
# What is drawn of them with its words.
DRAWN = ["g005", "g006", "g010", "g011"]


def kept(since: str, **more: Any) -> dict[str, Any]:
    """A browser that was here an hour ago."""
    entry = json.dumps({"since": "", "newest": since, "walked": "", "at": 1, **more})
    return {
        "cookies": [],
        "origins": [{"origin": gallery.ORIGIN, "localStorage": [{"name": KEPT, "value": entry}]}],
    }


def telling(asked: list[str], names: list[str] = NAMES) -> Any:
    """The server's answer, out of the comments of the gallery."""

    def respond(request: Any) -> dict[str, Any]:
        after = request.url.partition("after=")[2]
        asked.append(after)
        later = [{"id": name, "url": f"/thread?at={name}#c-{name}"} for name in names if name > after]
        return answer({"count": len(later), "more": False, "next": later[:50]})(request)

    return respond


def bar(page: Page) -> Any:
    return page.locator(".news p")


def marked(page: Page) -> list[str]:
    found: list[str] = page.locator("article.new").evaluate_all("list => list.map(a => a.id.slice(2))")
    return found


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id.slice(2)")
    return found


def stored(page: Page, name: str = KEPT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("name => localStorage.getItem(name)", name) or "{}")
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_new_is_marked_counted_and_moves_nothing(open_page: Open, width: int) -> None:
    asked: list[str] = []
    boxes = "list => list.map(a => { const r = a.getBoundingClientRect(); return [r.x, r.y, r.height] })"
    still = open_page("thread", width=width, java_script_enabled=False)
    page = open_page("thread", width=width, answers={NEW: telling(asked)}, storage_state=kept("g010"))
    expect(bar(page)).to_have_text("New since your last visit: 15")
    assert asked == ["g010"]
    assert marked(page) and all(name > "g010" for name in marked(page))
    unmarked = page.locator(".comment > article:not(.new):has(h3.name)").evaluate_all("l => l.map(a => a.id)")
    assert all(name <= "c-g010" for name in unmarked)
    assert page.locator("article").evaluate_all(boxes) == still.locator("article").evaluate_all(boxes)
    assert page.get_by_role("article", name="New ").count() == len(marked(page))


@pytest.mark.parametrize(("name", "scheme", "width"), [("thread", "light", 390), ("thread.ar", "dark", 320)])
def test_the_bar_is_accessible_and_no_wider_than_a_phone(
    open_page: Open, name: str, scheme: str, width: int
) -> None:
    page = open_page(
        name, width=width, color_scheme=scheme, answers={NEW: telling([])}, storage_state=kept("g002")
    )
    bar(page).wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator(".news button").all():
        box = button.bounding_box()
        assert box and box["width"] >= 24 and box["height"] >= 24
        assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_first_visit_sends_nothing_and_says_nothing(open_page: Open) -> None:
    asked: list[str] = []
    page = open_page("thread", answers={NEW: telling(asked), MINE: answer(NOBODY)})
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    assert asked == [] and marked(page) == [] and page.locator(".news").count() == 0
    seen(page)
    page.reload()
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    assert asked == [], "nothing was written since"
    assert stored(page)["newest"] == "g099"
    assert page.context.cookies() == []


def test_a_reload_keeps_the_marks_and_a_later_visit_begins_anew(open_page: Open) -> None:
    asked: list[str] = []
    page = open_page("thread", answers={NEW: telling(asked)}, storage_state=kept("g010"))
    bar(page).wait_for()
    before = marked(page)
    seen(page)
    page.reload()
    expect(bar(page)).to_have_text("New since your last visit: 15")
    assert marked(page) == before
    seen(page)
    page.goto(f"{gallery.ORIGIN}/sign-in")
    page.evaluate(LONG_AGO)
    page.goto(f"{gallery.ORIGIN}/thread")
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    assert stored(page)["newest"] == "g099"
    assert marked(page) == [] and page.locator(".news").count() == 0


def test_next_new_goes_from_one_to_the_next_and_ends(open_page: Open) -> None:
    page = open_page("thread", answers={NEW: telling([], DRAWN)}, storage_state=kept("g005"), width=390)
    page.locator(".news .next").click()
    assert focused(page) == "g006"
    expect(page.locator("#c-g006")).to_be_in_viewport()
    expect(bar(page)).to_have_text("New since your last visit: 2")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(bar(page)).to_have_text("That was the last new comment.")
    assert focused(page) == "g011"
    assert page.locator(".news .next").count() == 0
    expect(page.locator("[data-live]")).to_have_text("That was the last new comment.")
    assert stored(page)["walked"] == "g011"


def test_a_folded_comment_is_unfolded_to_be_gone_to(open_page: Open) -> None:
    page = open_page("thread", answers={NEW: telling([], DRAWN[:1])}, storage_state=kept("g004"))
    bar(page).wait_for()
    page.locator(".fold").first.click()
    expect(page.locator("#c-g005")).to_be_hidden()
    page.locator(".news .next").click()
    expect(page.locator("#c-g005")).to_be_in_viewport()
    assert focused(page) == "g005"


def test_the_letter_n_is_a_letter_where_one_types(open_page: Open) -> None:
    page = open_page("thread", answers={NEW: telling([])}, storage_state=kept("g004"))
    bar(page).wait_for()
    page.locator("#body-new").press_sequentially("none")
    assert page.locator("#body-new").input_value() == "none"
    assert focused(page) == "dy-new"


def test_ones_own_comments_are_not_new(open_page: Open) -> None:
    mine = {**NOBODY, "own": {"g011": {"until": None}, "g012": {"until": None}}}
    page = open_page("thread", answers={NEW: telling([]), MINE: answer(mine)}, storage_state=kept("g010"))
    expect(bar(page)).to_have_text("New since your last visit: 13")
    assert not {"g011", "g012"} & set(marked(page))


def test_the_bar_can_be_put_away(open_page: Open) -> None:
    page = open_page("thread", answers={NEW: telling([])}, storage_state=kept("g010"))
    page.get_by_role("button", name="Close").click()
    assert page.locator(".news").count() == 0
    assert marked(page)


@pytest.mark.parametrize(
    "entry", ["{", "null", "7", '{"since": "<b>", "newest": "g010", "at": 1}', '{"newest": 3}']
)
def test_what_is_no_mark_is_no_visit(open_page: Open, entry: str) -> None:
    state = kept("g010")
    state["origins"][0]["localStorage"][0]["value"] = entry
    page = open_page("thread", answers={NEW: telling([])}, storage_state=state)
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    assert marked(page) == []


def test_a_mark_that_the_server_refuses_is_given_up(open_page: Open) -> None:
    refused = answer({"code": "no-comment", "message": "There is no such comment here."}, status=404)
    page = open_page("thread", answers={NEW: refused}, storage_state=kept("g010"))
    page.locator("article.new").first.wait_for()
    seen(page)
    # Leaving writes down what is remembered by then: the refusal has come once that is nothing.
    until(page, f"dispatchEvent(new Event('pagehide')) && JSON.parse(localStorage['{KEPT}']).since === ''")
    page.reload()
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    assert stored(page) | {"at": 0} == {"since": "", "newest": "g099", "walked": "", "at": 0}
    assert page.locator(".news").count() == 0


@pytest.mark.parametrize(
    "refusal",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=["refused", "full"],
)
def test_without_storage_each_visit_is_the_first(open_page: Open, refusal: str) -> None:
    asked: list[str] = []
    page = open_page("thread", answers={NEW: telling(asked)})
    page.add_init_script(refusal)
    for _visit in range(2):
        page.reload()
        page.locator("[data-votes] [aria-pressed]").first.wait_for()
        started(page)
        seen(page)
    assert asked == [] and marked(page) == []


def test_two_hundred_threads_are_remembered_and_the_oldest_forgotten(open_page: Open) -> None:
    state = kept("g010")
    others = [
        {
            "name": f"rejoinder:seen:post:{n}",
            "value": json.dumps({"since": "", "newest": "a", "walked": "", "at": n}),
        }
        for n in range(10, 230)
    ]
    state["origins"][0]["localStorage"] = [*others, {"name": "rejoinder:draft:post:x:", "value": "kept"}]
    page = open_page("thread", answers={NEW: telling([])}, storage_state=state)
    page.locator("[data-votes] [aria-pressed]").first.wait_for()
    started(page)
    seen(page)
    page.reload()
    names = set(page.evaluate("Object.keys(localStorage)"))
    visits = {name for name in names if name.startswith("rejoinder:seen:")}
    assert len(visits) == 200
    assert {KEPT, "rejoinder:seen:post:229", "rejoinder:seen:post:31"} <= visits
    assert "rejoinder:seen:post:30" not in visits
    assert "rejoinder:draft:post:x:" in names
