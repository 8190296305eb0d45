"""The arithmetic behind the published figures. Nothing here is timed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest

from bench import plot, report
from bench.figures import percentile, ratio, spread, times
from bench.load import fitting
from bench.reach import Goal, goals
from bench.walking import comments, cursors


def test_a_percentile_is_a_value_that_occurred() -> None:
    values = [30.0, 10.0, 20.0, 40.0]
    assert [percentile(values, share) for share in (0.25, 0.5, 0.51, 0.99, 1.0)] == [10, 20, 30, 40, 40]
    hundred = [float(n) for n in range(1, 101)]
    assert (percentile(hundred, 0.95), percentile(hundred, 0.99)) == (95, 99)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_one_slow_round_does_not_move_the_median() -> None:
    assert spread([10.0, 11.0, 2.0, 12.0, 11.0])["median"] == 11
    assert times([]) == {"n": 0}
    assert times([1.0, 2.0, 3.0])["max"] == 3


def test_no_ratio_is_told_of_what_was_not_measured() -> None:
    assert ratio(3.0, 2.0) == 1.5
    assert ratio(None, 2.0) is None
    assert ratio(3.0, None) is None
    assert ratio(3.0, 0.0) is None


@pytest.mark.parametrize(
    ("value", "at_most", "verdict"),
    [
        (None, False, "not measured"),
        (0.24, False, "missed"),
        (0.25, False, "reached"),
        (0.4, False, "stretch"),
        (0.24, True, "stretch"),
        (0.4, True, "missed"),
    ],
)
def test_a_verdict_holds_at_its_bound(value: float | None, at_most: bool, verdict: str) -> None:
    bounds = (0.25, 0.24) if at_most else (0.25, 0.4)
    assert Goal("what", value, *bounds, at_most=at_most).verdict == verdict


def test_a_slow_address_gets_fewer_connections_and_more_time() -> None:
    assert fitting(0.5, 3) == (32, 3)
    assert fitting(1_000, 3) == (2, 4)
    assert fitting(0, 3) == (32, 3)


def a_row(who: str, size: int, rps: float, **more: Any) -> dict[str, Any]:
    known = {"what": "first", "order": "best", "encoding": "br", "sent_as": "br", "failed": 0, "ms": 1.0}
    kinds = {"rps": spread([rps]), "p50": spread([1.0]), "p99": spread([2.0])}
    weight = {"bytes": 9_000 + size // 100, "bytes_plain": 70_000, "comments": 60}
    return {**known, "who": who, "size": size, **kinds, **weight, **more}


def some_results() -> dict[str, Any]:
    read = [a_row("rejoinder", 100, 8_000.0), a_row("rejoinder", 10_000, 7_000.0)]
    read += [a_row("nginx", 100, 20_000.0), a_row("nginx", 10_000, 20_000.0)]
    peers = [a_row("rejoinder", 1_000, 8_000.0), a_row("Isso", 1_000, 16.0)]
    results: dict[str, Any] = {
        "machine": dict.fromkeys(
            ("date", "cpu", "cores", "memory_gb", "system", "python", "wrk", "nginx", "node"), "x"
        ),
        "plan": {"rounds": 5, "seconds": 3.0, "quick": False},
        "left_out": ["Waline: there is no npm"],
        "databases": {"sqlite": {"read": read}},
        "peers": {"who": {"all": []}, "read": peers},
    }
    results["machine"]["packages"] = {"django": "5.2"}
    report.judge(results)
    return results


def test_the_worst_size_is_what_is_judged() -> None:
    found = {goal.what: goal for goal in goals(some_results())}
    assert found["sqlite: warm first window against nginx"].value == pytest.approx(0.35)
    assert found["sqlite: requests/s, 10,000 against 100 comments"].value == pytest.approx(0.875)
    assert found["requests/s against Isso, 1,000 comments"].verdict == "reached"
    assert found["requests/s against Waline, 1,000 comments"].verdict == "not measured"
    assert found["sqlite: warm first window against a three-line app"].verdict == "not measured"


def test_the_page_takes_the_figures_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"above\n{report.BEGIN}\nof yesterday\n{report.END}\nbeneath\n")
    written = report.write_page(some_results(), page, tmp_path)
    text = page.read_text()
    assert text.startswith("above\n")
    assert text.endswith(f"{report.END}\nbeneath\n")
    assert "yesterday" not in text
    assert "| 100 | br | 8,000 (8,000–8,000) | 20,000 (20,000–20,000) |" in text
    assert "- Waline: there is no npm" in text
    assert [path.name for path in written] == ["page.md", "bench-requests.svg", "bench-bytes.svg"]


def test_the_plots_say_their_figures_in_words() -> None:
    drawings = dict(plot.plots(some_results()))
    for drawing in drawings.values():
        minidom.parseString(drawing)
        assert 'aria-labelledby="title desc"' in drawing
    assert "Rejoinder: 8,000 at 100, 7,000 at 10,000 comments." in drawings["requests"]


def test_a_window_s_links_are_followed() -> None:
    markup = (
        '<article id="c-1a"></article><a href="/threads/x/?key=k&amp;sort=best&amp;cursor=r.best.1.0.5#discussion" '
        'data-more rel="next">More</a><a href="/comments/1a/">elsewhere</a>'
    )
    assert cursors(markup) == ["r.best.1.0.5"]
    assert comments(markup) == ["1a"]
