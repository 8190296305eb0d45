from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.embed.hosts import Host, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.security.victims import Victim


@pytest.fixture
def host() -> Iterator[Host]:
    """Somebody else's web server."""
    with serving() as found:
        yield found


@pytest.fixture
def victim(live_server: Any, browser: Browser) -> Victim:
    from tests.security.victims import Victim

    return Victim()


@pytest.fixture
def signed_in(browser: Browser, live_server: Any, victim: Victim) -> BrowserContext:
    """The victim's browser."""
    made = browser.new_context()
    made.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in victim.cookies().items()]
    )
    return made
