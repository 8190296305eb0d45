"""What goes along with a text as evidence that a person wrote it."""

from __future__ import annotations

import hashlib
from typing import Any

import brotli
import pytest
from playwright.sync_api import expect

from rejoinder.core import proof
from rejoinder.project.static import without_comments
from tests.browser.asking import CHALLENGE, SCRIPTS, Open, answer, started, until, violations

COMMENTS = "/threads/post/comments"
WAITS = {"code": "confirm-email", "message": "Kept, and not posted yet.", "field": ""}


def made() -> dict[str, Any]:
    return proof.challenge(site="post", key="story-7")


def sent(open_page: Open, challenge: Any) -> tuple[dict[str, str], Any]:
    """What a browser posts with a text, and the page then."""
    seen: list[Any] = []
    page = open_page("thread", answers={COMMENTS: answer(WAITS, 202, seen), CHALLENGE: challenge})
    started(page)
    page.locator("#body-new").fill("By the new chart.")
    page.locator("#name-new").fill("Runa")
    page.locator("form[data-compose] .primary").first.click()
    expect(page.locator("form[data-compose] [data-state]").first).to_have_text(WAITS["message"])
    return seen[0][0], page


@pytest.mark.browser
def test_browser_solves_the_puzzle_and_says_how_long_the_page_was_open(open_page: Open) -> None:
    data, page = sent(open_page, answer(made()))
    assert proof.check(data["proof"], site="post", key="story-7").outcome == proof.SOLVED
    assert 0 < int(data["elapsed"]) < 120_000
    assert "website" not in data
    assert page.locator("#body-new").input_value() == ""
    assert violations(page) == []


@pytest.mark.browser
def test_text_goes_without_a_puzzle_where_none_is_to_be_had(open_page: Open) -> None:
    for challenge in (answer({}), answer({}, status=503)):
        data, _page = sent(open_page, challenge)
        assert "proof" not in data
        assert "elapsed" in data


@pytest.mark.browser
def test_reading_asks_for_no_puzzle(open_page: Open) -> None:
    seen: list[Any] = []
    page = open_page("thread", answers={CHALLENGE: answer(made(), seen=seen)})
    started(page)
    page.mouse.wheel(0, 4000)
    assert seen == []
    page.locator("#body-new").focus()
    expect(page.locator("#body-new")).to_be_focused()
    until(page, "performance.getEntriesByType('resource').some(e => e.name.includes('/challenge'))")
    assert len(seen) == 1


@pytest.mark.browser
@pytest.mark.parametrize("worker", [True, False], ids=["worker", "page"])
def test_puzzle_is_solved_in_a_worker_or_on_the_page(open_page: Open, worker: bool) -> None:
    page = open_page("thread")
    solve = "async ([found, worker]) => { if (!worker) delete window.Worker; "
    solve += "return (await import('/static/rejoinder/js/proof.js')).solve(found) }"
    solution = page.evaluate(solve, [made(), worker])
    assert proof.check(solution, site="post", key="story-7").outcome == proof.SOLVED


@pytest.mark.browser
def test_our_sha_256_is_sha_256(open_page: Open) -> None:
    page = open_page("thread")
    texts = ["a" * length for length in (0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 500)]
    ours = page.evaluate(
        "async texts => { const { sha256 } = await import('/static/rejoinder/js/proof.js');"
        "return texts.map(t => [...sha256(t)].map(w => (w >>> 0).toString(16).padStart(8, '0')).join('')) }",
        texts,
    )
    assert ours == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


@pytest.mark.browser
def test_puzzle_without_a_solution_ends(open_page: Open) -> None:
    page = open_page("thread")
    broken = {**made(), "challenge": "0" * 64, "maxnumber": 3000}
    assert page.evaluate("async f => (await import('/static/rejoinder/js/proof.js')).solve(f)", broken) == ""


def test_proof_of_work_weighs_little_and_needs_nothing() -> None:
    texts = [(SCRIPTS / name).read_text(encoding="utf-8") for name in ("proof.js", "guard.js")]
    size = sum(len(brotli.compress(without_comments(text, lines=True).encode())) for text in texts)
    assert size < 2500
    assert "import " not in without_comments(texts[0], lines=True)
