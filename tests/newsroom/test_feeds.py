"""Feeds, sitemap and robots.txt: for readers with programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from rejoinder.core import clock
from rejoinder.newsroom.models import FrontPage
from tests.newsroom import papers

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def read(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def test_feed_lists_the_newest_first_with_who_and_when(front: FrontPage) -> None:
    papers.story(front, "Older", published=clock.now() - timedelta(hours=3))
    papers.story(front, "Newer", standfirst="It moved.", authors=[(None, "Ada & Ben")])
    papers.story(front, "Draft", publish=False)
    tree = read("/feed/")
    assert tree.xpath("//a:entry/a:title/text()", namespaces=ATOM) == ["Newer", "Older"]
    assert tree.xpath("//a:entry[1]/a:author/a:name/text()", namespaces=ATOM) == ["Ada & Ben"]
    assert tree.xpath("//a:entry[1]/a:summary/text()", namespaces=ATOM) == ["It moved."]
    assert tree.xpath("//a:link[@rel='self']/@href", namespaces=ATOM) == ["http://testserver/feed/"]


def test_entry_keeps_its_id_when_slug_and_host_change(front: FrontPage) -> None:
    page = papers.story(front)
    before = read("/feed/").xpath("//a:entry/a:id/text()", namespaces=ATOM)
    page.slug = "other"
    page.save_revision().publish()
    papers.newsroom(front.publication, hostname="moved.example", port=443)
    assert read("/feed/").xpath("//a:entry/a:id/text()", namespaces=ATOM) == before


def test_section_has_a_feed_of_its_own(front: FrontPage) -> None:
    harbour = papers.section(front)
    papers.story(front, "Of the harbour", section=harbour)
    papers.story(front, "Of something else")
    tree = read("/sections/harbour/feed/")
    assert tree.xpath("//a:entry/a:title/text()", namespaces=ATOM) == ["Of the harbour"]
    assert Client().get("/sections/absent/feed/").status_code == 404


def test_feed_costs_the_same_however_many_stories(
    front: FrontPage, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        papers.story(front, section=papers.section(front, f"Section {_number}"), authors=[(None, "Ada")])
    with django_assert_max_num_queries(5 + 2):
        read("/feed/")


def test_sitemap_lists_what_can_be_read(front: FrontPage) -> None:
    page = papers.story(front)
    papers.story(front, "Draft", publish=False)
    found = read("/sitemap.xml").xpath("//s:loc/text()", namespaces=ATOM)
    assert f"http://testserver{page.address}" in found
    assert "http://testserver/" in found
    assert not [address for address in found if address.endswith(("/draft/", "/stories/"))]


def test_robots_are_led_to_the_sitemap_and_not_to_the_desk(front: FrontPage) -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize("address", ["/feed/", "/robots.txt", "/stories/x/", "/sections/x/feed/"])
def test_server_without_a_newsroom_yet_has_nothing_there(address: str) -> None:
    assert Client().get(address).status_code == 404
