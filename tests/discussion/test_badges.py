"""What stands beside a name: from roles and the site's own tokens, in windows as they are sent to everybody."""

from __future__ import annotations

import pytest
from lxml import html

from rejoinder.accounts import sso
from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Thread
from rejoinder.discussion.windows import build
from tests import factories as make
from tests.accounts.tokens import courier, signed

pytestmark = pytest.mark.django_db
KEY = "https://courier.example/harbour"


def reader(site: Site, **changes: object) -> Commenter:
    claims = sso.verify(site=site, token=signed(**changes))
    return sso.sign_in(site=site, claims=claims).commenter


def drawn(thread: Thread) -> dict[str, list[str]]:
    """The badges beside each name, as they are read."""
    page = make.guest().get(f"/threads/{thread.site.key}/window", {"key": thread.key}).content.decode()
    return {
        article.xpath("string(.//h3)"): [badge.text for badge in article.xpath(".//*[@class='badge']")]
        for article in html.fromstring(page).xpath("//article")
    }


def test_badges_stand_beside_the_names_in_their_order() -> None:
    site = courier()
    thread = make.thread(site, KEY)
    make.comment(thread, by=reader(site, name="Ines", badges=["subscriber", "expert"], author_of=[KEY]))
    make.comment(thread, by=reader(site, name="Tove", badges=["subscriber"]))
    make.comment(thread, by=reader(site, name="Imre"))
    make.comment(thread, by=make.staff(site, name="Nora"))
    make.comment(thread, name="Guest Staff")
    assert drawn(thread) == {
        "Ines": ["Author of the story", "Verified expert", "Subscriber"],
        "Tove": ["Subscriber"],
        "Imre": [],
        "Nora": ["Staff"],
        "Guest Staff": [],
    }


def test_author_of_one_story_is_a_reader_beneath_another() -> None:
    site = courier()
    who = reader(site, name="Ines", author_of=[KEY])
    here, there = make.thread(site, KEY), make.thread(site, f"{KEY}-two")
    for thread in (here, there):
        make.comment(thread, by=who)
    assert (drawn(here), drawn(there)) == ({"Ines": ["Author of the story"]}, {"Ines": []})


def test_badge_of_one_site_is_none_on_another() -> None:
    site, other = courier(), courier()
    who = reader(site, name="Ines", badges=["expert"])
    thread = make.thread(other)
    make.comment(thread, by=who)
    assert drawn(thread) == {"Ines": []}


def test_badge_that_goes_is_gone_from_the_next_window() -> None:
    site = courier()
    thread = make.thread(site)
    make.comment(thread, by=reader(site, sub="7", name="Ines", badges=["subscriber"]))
    assert drawn(thread) == {"Ines": ["Subscriber"]}
    reader(site, sub="7", name="Ines")
    assert drawn(thread) == {"Ines": []}


def test_badges_cost_one_query_whatever_there_is() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(thread: Thread) -> int:
        with CaptureQueriesContext(connection) as found:
            build.first(thread.site, thread, "best")
        return len(found)

    plain, site = make.thread(), courier()
    make.comment(plain)
    rich = make.thread(site, KEY)
    for number in range(5):
        make.comment(rich, by=reader(site, name=f"Ines {number}", badges=["expert"], author_of=[KEY]))
    assert queries(rich) == queries(plain)
