from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.embed import hosts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.embed.places import Place


@pytest.fixture(scope="module")
def host() -> Iterator[hosts.Host]:
    with hosts.serving() as started:
        yield started


@pytest.fixture
def place(live_server: Any, browser: Browser, host: hosts.Host) -> Iterator[Place]:
    from rejoinder.accounts.models import Origin
    from tests import factories as make
    from tests.embed.places import KEY, Place

    host.pages.clear()
    site = make.site("courier")
    Origin.objects.bulk_create([Origin(site=site, origin=origin) for origin in (host.foreign, host.near)])
    of = make.thread(site, KEY, url=f"{host.foreign}/story", title="The ferry")
    made = Place(live_server.url, host, site, of, browser)
    yield made
    print(made.said)
    assert made.found == []


@pytest.fixture
def discussed(place: Place) -> Place:
    """With some comments, one of them answered."""
    from tests import factories as make

    first = make.comment(place.thread, "Who says that it left at ten past two?", name="Maren")
    make.comment(place.thread, "The log does.", parent=first, name="Tomas")
    make.comment(place.thread, "> nobody had told the office\n\nThat is what the *union* says.", name="ليلى")
    return place
