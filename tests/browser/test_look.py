"""The pages of the discussion in a browser, from made-up values: what they look like."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import gallery
from tests.browser.asking import Open, violations

pytestmark = pytest.mark.browser

PAGES = (
    "thread",
    "empty",
    "closed",
    "part",
    "reply",
    "confirm",
    "problem",
    "actions",
    "thread-actions",
    "search",
    "sign-in",
)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, name: str) -> None:
    assert violations(open_page(name, width=390)) == []


@pytest.mark.parametrize("name", ["thread", "part", "reply", "actions", "search"])
def test_contrast_holds_in_the_dark(open_page: Open, name: str) -> None:
    assert violations(open_page(name, color_scheme="dark"), ["cat.color"]) == []


def test_every_page_of_the_gallery_is_looked_at() -> None:
    assert set(PAGES) == set(gallery.contexts())


@pytest.mark.parametrize("name", [*PAGES, "thread.ar"])
def test_nothing_scrolls_sideways_on_a_phone(open_page: Open, name: str) -> None:
    page = open_page(name, width=320)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # In right-to-left pages what sticks out on the left is not counted by scrollWidth.
        assert (
            page.evaluate(
                "Math.min(...[...document.querySelectorAll('article')].map(a => a.getBoundingClientRect().left))"
            )
            >= 0
        )


def test_everything_a_reader_presses_is_24_pixels(open_page: Open) -> None:
    page = open_page("thread", width=390)
    page.locator(".folds").wait_for()
    small = page.evaluate(
        """[...document.querySelectorAll('#discussion :is(button, footer a, .more a, .orders a, .to)')]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []


def test_piled_up_marks_stay_in_their_comment(open_page: Open) -> None:
    page = open_page("thread")
    clipped = page.evaluate(
        "[...document.querySelectorAll('.body p, .comment .name, .to')]"
        ".every(e => getComputedStyle(e).overflow === 'clip')"
    )
    tall = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.comment .name')].map(e => e.getBoundingClientRect().height))"
    )
    assert clipped
    assert tall <= 48


def test_each_paragraph_runs_in_its_own_direction(open_page: Open) -> None:
    page = open_page("thread", width=390)
    lefts = page.evaluate(
        """[...document.querySelectorAll('.body p')].filter(p => /انقطع|And in English/.test(p.textContent)).map(p => {
        const range = document.createRange(); range.selectNodeContents(p);
        const rects = [...range.getClientRects()], last = rects.at(-1), box = p.getBoundingClientRect();
        return [last.left - box.left < 2, box.right - last.right < 2]; })"""
    )
    assert lefts[0][1], "Arabic ends its lines at the right edge"
    assert lefts[1][0], "English begins its lines at the left edge"


ON_RETURN = {"new.js"}  # fetched only where somebody comes back and something is new


def test_styles_and_scripts_of_a_discussion_keep_their_budget(settings: Any) -> None:
    """In bytes, compressed, comments taken out as they are when collected: what every reader fetches."""
    import brotli

    from rejoinder.project.static import without_comments

    sizes = {"css": 0, "js": 0}
    for kind, folder in (("css", "core"), ("css", "discussion"), ("js", "discussion")):
        for file in (gallery.SOURCE / folder / "static/rejoinder" / kind).glob("*"):
            if file.name in ON_RETURN:
                continue
            text = without_comments(file.read_text(encoding="utf-8"), lines=kind == "js")
            sizes[kind] += len(brotli.compress(text.encode()))
    assert sizes["css"] <= 9_000
    assert sizes["js"] <= 13_000  # of which the proof of work takes 1,600
