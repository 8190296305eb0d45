"""Sites, origins and staff: what their actions take and refuse."""

from __future__ import annotations

import pytest

from rejoinder.accounts.actions import add_site, add_staff, check_origin
from rejoinder.accounts.models import Commenter, Role, Site
from rejoinder.accounts.queries import is_registered
from rejoinder.core.errors import Conflict, InvalidInput
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["", "A", "a b", "-a", "a-", "a" * 51, "ä", "a/b", "a\n", "a.b"])
def test_key_that_is_no_slug_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match="small letters"):
        add_site(key=key, name="Paper")
    assert not Site.objects.exists()


def test_key_in_use_is_refused() -> None:
    add_site(key="courier", name="Courier")
    with pytest.raises(Conflict, match="courier"):
        add_site(key="courier", name="Another")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("", "en"), (" \t", "en"), ("a" * 121, "en"), ("a\x00b", "en"), ("a\u202eb", "en"),
        ("A", ""), ("A", "EN"), ("A", "e n"), ("A", "en-"), ("A", "en-verylongsubtag"),
    ],
)  # fmt: skip
def test_name_or_language_that_is_none_is_refused(name: str, language: str) -> None:
    with pytest.raises(InvalidInput):
        add_site(key="courier", name=name, language=language)
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("HTTPS://WWW.Example.ORG/", "https://www.example.org"),
        ("https://www.example.org:443", "https://www.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_origin_is_stored_as_browsers_write_it(written: str, origin: str) -> None:
    assert check_origin(written) == origin


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/path",
        "https://example.org?query",
        "https://example.org#part",
        "https://user@example.org",
        "https://example.org:99999",
        "https://[",
        "https://a..b",
        "https://" + "a" * 64 + ".example",
        "https://" + "a." * 150 + "example",
        "https://a b",
        "https://*.example.org",
        "https://exa<mple.org",
        "*",
    ],
)
def test_what_is_no_origin_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="is not an origin"):
        check_origin(written)


@pytest.mark.parametrize(
    "url",
    [
        "https://ours.example.evil.org/",
        "https://evil.org/?https://ours.example",
        "http://ours.example/",
        "https://ours.example:444/",
    ],
)
def test_origin_is_compared_exactly(url: str) -> None:
    site = make.site("ours")
    assert is_registered(site, "https://ours.example/story")
    assert not is_registered(site, url)


def test_staff_added_twice_is_one_account_with_the_later_role() -> None:
    site = make.site()
    first, password = add_staff(email="ada@example.org", site=site, role="moderator", name="Ada")
    again, none = add_staff(email="ADA@example.org", site=site, role="editor")
    assert first == again
    assert password
    assert none is None
    assert Role.objects.get().kind == "editor"


@pytest.mark.parametrize(
    ("email", "role"), [("nobody", "editor"), ("a@b", "editor"), ("ada@example.org", "king")]
)
def test_bad_staff_is_refused_and_nothing_stored(email: str, role: str) -> None:
    with pytest.raises(InvalidInput):
        add_staff(email=email, site=make.site(), role=role)
    assert not Commenter.objects.exists()


def test_roles_are_of_one_site() -> None:
    ours, theirs = make.site(), make.site()
    moderator = make.staff(ours)
    assert make.viewer(ours, moderator).moderates
    assert not make.viewer(theirs, moderator).moderates
