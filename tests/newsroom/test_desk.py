"""Who may use the desk, and what it answers with."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site as Host

from rejoinder.accounts.models import Role
from rejoinder.newsroom.models import FrontPage, StoryIndex
from tests import factories
from tests.newsroom import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def edit_address(page: object) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("editor", 200), ("moderator", 302), ("analyst", 302)]
)
def test_desk_is_open_to_owners_and_editors_only(front: FrontPage, role: str, status: int) -> None:
    browser = factories.signed_in(factories.staff(front.publication, role))
    assert browser.get("/desk/").status_code == status


@pytest.mark.parametrize("address", ["/desk/", "/desk/pages/", "/desk/login/", "/desk/password_reset/"])
def test_there_is_one_sign_in_and_it_is_ours(front: FrontPage, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_editor_of_one_site_cannot_touch_the_other(front: FrontPage) -> None:
    other = papers.newsroom(hostname="other.example")
    own, foreign = papers.story(front), papers.story(other)
    browser = factories.signed_in(factories.staff(front.publication, "editor"))
    assert browser.get(edit_address(own)).status_code == 200
    assert browser.get(edit_address(foreign)).status_code == 302
    assert browser.get(edit_address(foreign))["Location"] == "/desk/"


def test_lost_role_closes_the_desk_at_once(front: FrontPage) -> None:
    editor = factories.staff(front.publication, "editor")
    browser = factories.signed_in(editor)
    assert browser.get("/desk/").status_code == 200
    role = Role.objects.get(commenter=editor)
    role.kind = Role.Kind.MODERATOR
    role.save()
    assert browser.get("/desk/").status_code == 302


def test_staff_from_before_the_newsroom_get_its_desk() -> None:
    site = factories.site()
    editor = factories.staff(site, "editor")
    papers.newsroom(site)
    assert factories.signed_in(editor).get("/desk/").status_code == 200


def test_editor_publishes_a_story_and_its_discussion_opens(front: FrontPage) -> None:
    browser = factories.signed_in(factories.staff(front.publication, "editor"))
    index = StoryIndex.objects.child_of(front).get()
    address = reverse("wagtailadmin_pages:add", args=["rejoinder_newsroom", "storypage", index.pk])
    form = {
        "title": "From the desk",
        "slug": "from-the-desk",
        "language": "",
        "body-count": "0",
        "action-publish": "1",
        **{f"bylines-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")},
        "bylines-MAX_NUM_FORMS": "12",
        **{f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }
    response = browser.post(address, form)
    assert response.status_code == 302, response.content.decode()[:4000]
    text = Client().get("/stories/from-the-desk/").content.decode()
    assert "No comments yet" in text


def test_preview_shows_a_draft_in_the_desk_own_frame(front: FrontPage) -> None:
    page = papers.story(front, "Not yet", publish=False)
    browser = factories.signed_in(factories.staff(front.publication, "editor"))
    response = browser.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    text = response.content.decode()
    assert "Not yet" in text
    assert "The discussion opens here when the story is published." in text
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_desk_is_kept_by_no_cache_and_calls_nobody(front: FrontPage) -> None:
    response = factories.signed_in(factories.staff(front.publication, "editor")).get("/desk/")
    assert response["Cache-Control"] == "no-store, private"
    assert "connect-src 'self'" in response["Content-Security-Policy"]
    for host in (b"wagtail.org", b"gravatar.com", b"wagtail.io"):
        assert host not in response.content


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_pages_that_hold_the_tree_together_stay(front: FrontPage, action: str) -> None:
    owner = factories.signed_in(factories.staff(front.publication, "owner"))
    index = StoryIndex.objects.child_of(front).get()
    owner.post(reverse(f"wagtailadmin_pages:{action}", args=[index.pk]))
    index.refresh_from_db()
    assert index.live


def test_section_of_another_site_cannot_be_chosen(front: FrontPage) -> None:
    other = papers.newsroom(hostname="other.example")
    papers.section(other, "Elsewhere")
    papers.section(front, "Here")
    page = papers.story(front)
    browser = factories.signed_in(factories.staff(front.publication, "editor"))
    text = browser.get(edit_address(page)).content.decode()
    assert ">Here</option>" in text
    assert "Elsewhere" not in text


def test_setting_up_twice_changes_nothing(front: FrontPage) -> None:
    from wagtail.models import Page

    before = (Page.objects.count(), Host.objects.count())
    assert papers.newsroom(front.publication) == front
    assert (Page.objects.count(), Host.objects.count()) == before


def test_wagtails_greeting_is_gone(front: FrontPage) -> None:
    from wagtail.models import Page

    assert not Page.objects.filter(slug="home", depth=2).exists()
    assert Host.objects.get().root_page_id == front.pk
