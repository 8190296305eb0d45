"""What stands at the top of a server: a newspaper, or the way to one."""

from __future__ import annotations

import pytest
from django.test import Client

from rejoinder.newsroom.founding import ensure_newsroom
from tests import factories

pytestmark = pytest.mark.django_db


def test_server_without_a_publication_says_how_to_make_one() -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "rejoinder site add" in answer.content.decode()


def test_server_with_a_newsroom_shows_its_front_page() -> None:
    site = factories.site(name="The Lamplighter")
    ensure_newsroom(site=site, hostname="localhost", port=80)
    page = Client().get("/", SERVER_NAME="localhost").content.decode()
    assert "The Lamplighter" in page
    assert "rejoinder site add" not in page
