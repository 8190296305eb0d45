"""Whatever is opened by a link changes nothing: not as a reader, not as somebody who may do everything."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.newsroom import papers
from tests.security.addresses import readings
from tests.security.victims import Victim, everything

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]
FOLLOWED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize("desk", [False, pytest.param(True, marks=pytest.mark.long)])
def test_no_link_changes_anything(desk: bool) -> None:
    victim = Victim()
    papers.newsroom(victim.site)
    browser = make.signed_in(victim.owner)
    # Wagtail has an address that fails for those who want to see it, and others fail by words that are no numbers.
    browser.raise_request_exception = not desk
    before = everything()
    for comment in (victim.own, victim.held):
        for request in readings(victim.names(comment), desk=desk):
            answer = browser.get(request.path, headers=FOLLOWED)
            assert answer.status_code < 500 or desk, request
    assert everything() == before
    assert browser.get("/people/me/").status_code == 200, "still signed in"
