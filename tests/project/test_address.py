"""A publication names the address that its server has, whenever that was said."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site as Host

from rejoinder.accounts.actions import add_site
from rejoinder.accounts.models import Site
from rejoinder.project.sites import follow_address, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def courier(settings: Any) -> Site:
    """Added before anybody has set an address."""
    settings.REJOINDER_URL = ""
    site = add_site(key="courier", name="The Courier", origins=["https://www.courier.example"])
    publish(site)
    return site


def where() -> list[tuple[str, int]]:
    return list(Host.objects.order_by("id").values_list("hostname", "port"))


def test_publication_follows_the_address_that_is_set_later(courier: Site, settings: Any) -> None:
    assert where() == [("localhost", 8000)]
    settings.REJOINDER_URL = "https://talk.courier.example"
    settings.ALLOWED_HOSTS = ["talk.courier.example"]
    assert follow_address(port=8000) == ["The Courier is now at https://talk.courier.example/"]
    assert where() == [("talk.courier.example", 443)]
    page = Client().get("/", headers={"host": "talk.courier.example"}, secure=True).content.decode()
    assert 'rel="canonical" href="https://talk.courier.example/"' in page
    assert follow_address(port=8000) == []


def test_without_an_address_it_follows_the_port(courier: Site) -> None:
    assert follow_address(port=9000) == ["The Courier is now at http://localhost:9000/"]
    assert where() == [("localhost", 9000)]


def test_address_that_is_missing_once_changes_nothing(courier: Site, settings: Any) -> None:
    settings.REJOINDER_URL = "https://talk.courier.example"
    follow_address(port=8000)
    settings.REJOINDER_URL = ""
    assert follow_address(port=8000) == []
    assert where() == [("talk.courier.example", 443)]


def test_publication_at_an_origin_of_its_own_stays_there(courier: Site, settings: Any) -> None:
    Host.objects.update(hostname="www.courier.example", port=443)
    settings.REJOINDER_URL = "https://talk.courier.example"
    assert follow_address(port=8000) == []


def test_address_of_another_publication_is_left_to_it(courier: Site, settings: Any) -> None:
    settings.REJOINDER_URL = "https://talk.courier.example"
    publish(add_site(key="gazette", name="The Gazette"))
    assert follow_address(port=8000) == []
    assert where() == [("localhost", 8000), ("talk.courier.example", 443)]


def test_server_without_a_publication_has_nothing_to_move() -> None:
    assert follow_address(port=8000) == []
