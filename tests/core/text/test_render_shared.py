"""The renderer against what others have collected; each test skips where that material is missing."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator

import pytest

from rejoinder.core.text.render import render, sanitise
from tests.core.text.safety import assert_harmless
from tests.shared import shared_path

EXAMPLE = re.compile(r"^`{32} example\S*\n(.*?)\n\.\n", re.DOTALL | re.MULTILINE)


def check(bodies: Iterable[str]) -> None:
    for body in bodies:
        for rendered in (
            render(body),
            render(f"[x]({body})"),
            render(f"![{body}](http://a.b)"),
            sanitise(body),
        ):
            assert_harmless(rendered)
            assert sanitise(rendered) == rendered


def examples(text: str) -> Iterator[str]:
    return (match[1].replace("→", "\t") for match in EXAMPLE.finditer(text))


def test_naughty_strings_render_harmlessly() -> None:
    check(json.loads(shared_path("data/text/blns.json").read_text()))


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.long)])
def test_cross_site_scripting_payloads_render_harmlessly(every: int) -> None:
    """Each eighth of them, others in each run; with --long all."""
    payloads = shared_path("data/text/payloadbox-xss.txt").read_text(errors="replace").splitlines()
    check(payloads[random.randrange(every) :: every])
    assert_harmless(render("\n\n".join(payloads[:500])))


def test_cases_of_another_sanitiser_render_harmlessly() -> None:
    cases = sorted(shared_path("data/text/bleach-tests").glob("*.test"))
    assert cases
    check(case.read_text().partition("\n--\n")[0] for case in cases)


@pytest.mark.parametrize("name", ["cmark-regression.txt", "commonmark-spec.txt"])
def test_examples_of_the_markdown_specification_render_harmlessly(name: str) -> None:
    found = list(examples(shared_path(f"data/text/{name}").read_text()))
    assert len(found) > 15
    check(found)
