"""Figures and the transparency report in a real browser: accessible, and no wider than a phone."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.discussion.actions import set_comment_state
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Day, Report
from rejoinder.moderation.reports.days import count_days
from rejoinder.moderation.reports.figures import figures
from tests import factories as make
from tests.browser.asking import violations

pytestmark = pytest.mark.browser
YEAR = 2025


def scene(language: str) -> Site:
    """A site with a month behind it, and a report that is published."""
    site = make.site(language=language)
    thread, staff = make.thread(site, title="Council votes on the tram"), make.staff(site)
    comments = [make.comment(thread) for _ in range(6)]
    for comment in comments[:4]:
        record(site=site, comment=comment, action="hold", reason="Held.", rule="Insults", code="abuse")
        set_comment_state(comment=comment, state="held")
    make.decide(comments[0], "approve", by=staff)
    make.decide(comments[1], "remove", by=staff)
    make.decide(comments[1], "restore", by=make.staff(site))
    flag_comment(viewer=make.viewer(site, make.commenter()), comment=comments[5], reason="hate")
    today = clock.now()
    for number in range(1, 30):
        day, much = (today - timedelta(days=number)).date(), 40 + 17 * number % 53
        Day.objects.create(
            site=site, day=day, written=much, held=much // 9, removed=much // 20, flags=number % 5
        )
    found = figures(site, today.year)
    Report.objects.create(site=site, year=YEAR, figures={**found, "year": YEAR}, created=today)
    count_days()
    return site


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(390, "light", "en"), (1280, "dark", "de"), (390, "dark", "ar")]
)
def test_the_pages_are_accessible_and_fit(
    live_server: Any, browser: Browser, width: int, scheme: Any, language: str
) -> None:
    site = scene(language)
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    name = django_settings.SESSION_COOKIE_NAME
    cookie = make.signed_in(make.staff(site, "analyst")).cookies[name].value
    context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    for path in (f"/console/{site.key}/reports/", f"/threads/{site.key}/transparency/{YEAR}"):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert [one[:300] for one in violations(page)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("SCREENSHOTS"):
            shot = f"{path.split('/')[3]}-{width}-{scheme}-{language}.png"
            page.screenshot(path=Path(folder) / shot, full_page=True)
