"""Assist's page in a real browser: accessible, no wider than a phone, and the price follows the slider."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, expect

from rejoinder import assist
from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.models import Policy, Score, Version
from rejoinder.core import clock
from tests import factories as make
from tests.assist import histories
from tests.browser.asking import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not assist.available(), reason="the extra assist is not installed"),
]
LATER = [[0.01 + 0.001 * (n % 200), 0] for n in range(400)] + [
    [0.5 + 0.002 * (n % 200), n % 2] for n in range(200)
]
BINS = [{"said": n / 10, "was": n / 11, "count": 60} for n in range(1, 10)]
CURVE = [{"decided": n, "judged": 50, "auroc": 0.6 + n / 2000, "log_loss": 0.3} for n in (0, 100, 300, 600)]


def scene(language: str) -> tuple[Site, Commenter]:
    """A site with an alarm, two versions, decisions of two people, and a week of scores."""
    site = make.site(language=language)
    owner, thread = make.staff(site, "owner"), make.thread(site, title="Council votes on the tram")
    found = {
        "later": LATER,
        "curve": CURVE,
        "auroc": 0.9,
        "log_loss": 0.2,
        "calibration": {"ece": 0.03, "floor": 0.01, "bins": BINS},
        "identity": [
            {"group": "Arabs", "asked": 30, "flagged": 9},
            {"group": "men", "asked": 15, "flagged": 0},
        ],
    }
    for number, state in ((1, "superseded"), (2, "active")):
        Version.objects.create(
            site=site,
            number=number,
            state=state,
            blob=b"x",
            examples=600,
            made=clock.now(),
            evaluation=found,
            why="better",
        )
    alarm = {"side": "stricter", "decisions": 38, "since": "2026-11-01", "language": ""}
    Policy.objects.create(site=site, mode="hold", alarmed=clock.now() - timedelta(hours=2), alarm=alarm)
    histories.decide(site, 40, actor=owner)
    histories.decide(site, 30, seed=2, actor=make.staff(site), author=make.commenter())
    site.assist_policy.refresh_from_db()
    for would in ("hold", "approve", ""):
        Score.objects.create(
            comment=make.comment(thread), score=0.2, probability=0.2, would=would, made=clock.now()
        )
    return site, owner


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(390, "light", "de"), (1280, "dark", "en"), (390, "dark", "ar")]
)
def test_the_pages_are_accessible_and_fit(
    live_server: Any, browser: Browser, width: int, scheme: Any, language: str
) -> None:
    site, owner = scene(language)
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    name = django_settings.SESSION_COOKIE_NAME
    value = make.signed_in(owner).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    for path in ("", "keys"):
        page.goto(f"{live_server.url}/console/{site.key}/assist/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert [one[:300] for one in violations(page)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("SCREENSHOTS"):
            shot = f"assist-{path or 'page'}-{width}-{scheme}-{language}.png"
            page.screenshot(path=Path(folder) / shot, full_page=True)
    if language == "en":
        page.goto(f"{live_server.url}/console/{site.key}/assist/")
        page.locator("#price-miss").press("End")
        expect(page.locator("output[for=price-miss]")).to_have_text("10.0 %")
        page.wait_for_url("**miss=10**")
