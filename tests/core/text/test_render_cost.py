from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rejoinder.core.text.check import MAX_BODY
from rejoinder.core.text.render import first_forbidden_link, plain, render
from tests.core.text.families import FAMILIES
from tests.core.text.safety import assert_harmless
from tests.costs import costs_less

LIMIT = 0.150  # seconds of CPU, as promised; bench/render.py prints what it is in fact


@pytest.mark.parametrize("family", FAMILIES)
def test_no_body_of_full_length_costs_more_than_promised(family: str) -> None:
    body = FAMILIES[family](MAX_BODY)
    assert costs_less(LIMIT, lambda: render(body))
    assert_harmless(render(body))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_door_costs_no_more_than_rendering_may(family: str) -> None:
    body = FAMILIES[family](MAX_BODY)
    assert costs_less(2 * LIMIT, lambda: (first_forbidden_link(body), plain(body)))


def test_two_threads_do_not_lose_each_others_links() -> None:
    body = "http://a.b ~~c~~ www.d.e " * 200
    expected = render(body)
    different: list[str] = []

    def work() -> None:
        different.extend(text for text in (render(body) for _ in range(15)) if text != expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert different == []


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory use from /proc")
def test_rendering_leaves_no_memory_behind() -> None:
    body = "hello *world* [a](http://b.c) " * 30
    for _ in range(200):
        render(body)
    before = _resident()
    for _ in range(1000):
        render(body)
    assert _resident() - before < 8_000_000  # 41 MB where tree and string are not freed


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
