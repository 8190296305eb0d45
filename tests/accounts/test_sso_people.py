"""Whom a site's token signs in: always the same person for its issuer and subject, and never anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rejoinder.accounts import badges, sso
from rejoinder.accounts.models import Commenter, Identity, Role, Session, Site
from rejoinder.core.errors import Refused
from rejoinder.discussion.models import Comment
from tests import factories
from tests.accounts.speaking import Page, account
from tests.accounts.tokens import courier, signed

pytestmark = pytest.mark.django_db


def let_in(site: Site, **changes: Any) -> Commenter:
    claims = sso.verify(site=site, token=signed(**changes))
    return sso.sign_in(site=site, claims=claims).commenter


def test_same_subject_is_the_same_person_under_whatever_name() -> None:
    site = courier()
    first = let_in(site, sub="7", name="Ines Varga")
    again = let_in(site, sub="7", name="Ines V. Lindqvist")
    assert first == again
    assert Commenter.objects.get().name == "Ines V. Lindqvist"
    assert first.name_changes.values_list("before", "after").get() == ("Ines Varga", "Ines V. Lindqvist")
    assert not first.is_guest


# What a newcomer's token says, beside somebody who is there already under the same words. Nobody is taken over.
MEMBER = "mara@example.org"
COLLISIONS: dict[str, dict[str, Any]] = {
    "the same name": {"name": "Mara Quist"},
    "the same name in capitals": {"name": "MARA QUIST"},
    "a name that looks the same": {"name": "M\u0430ra Quist"},
    "the member's address as e-mail": {"email": MEMBER},
    "the address said to be confirmed": {"email": MEMBER, "email_verified": True},
    "the address said not to be": {"email": MEMBER, "email_verified": False},
    "the address in capitals": {"email": MEMBER.upper(), "email_verified": True},
    "the address as subject": {"sub": MEMBER},
    "the address in capitals as subject": {"sub": MEMBER.upper()},
    "the address as name": {"name": MEMBER},
    "the address as preferred_username": {"preferred_username": MEMBER},
    "the member's number as subject": {"sub": "NUMBER"},
    "the number of the member's user as subject": {"sub": "USER"},
    "the name as subject": {"sub": "Mara Quist"},
    "the subject of another in capitals": {"sub": "READER-ONE"},
    "the subject of another with a space": {"sub": "reader-one "},
    "the subject of another with a slash": {"sub": "reader-one/"},
    "the beginning of another's subject": {"sub": "reader-on"},
    "another's subject and more": {"sub": "reader-one|7"},
    "another's subject as name": {"name": "reader-one"},
    "another's subject in full width": {"sub": "ｒｅａｄｅｒ-one"},
    "a user to be": {"user": "USER", "user_id": 1, "id": "NUMBER", "commenter": 1},
}


@pytest.mark.parametrize("what", COLLISIONS)
def test_newcomer_is_nobody_who_is_there_already(what: str) -> None:
    site = courier()
    member = account("Mara Quist", MEMBER)
    reader = let_in(site, sub="reader-one", name="Reader One")
    known = {"NUMBER": str(member.pk), "USER": str(member.user_id)}
    said = {claim: known.get(value, value) for claim, value in COLLISIONS[what].items()}
    newcomer = let_in(site, **{"sub": "newcomer", **said})
    assert newcomer not in (member, reader)
    assert newcomer.user is None
    for before in (member, reader):
        now = Commenter.objects.get(pk=before.pk)
        assert (now.name, now.user_id) == (before.name, before.user_id)
    assert Identity.objects.count() == 2


def test_same_subject_of_another_issuer_or_site_is_another_person() -> None:
    one, other = courier(), courier()
    third = courier(sso_issuer="https://gazette.example")
    people = {
        let_in(one, sub="7"),
        let_in(other, sub="7"),
        let_in(third, sub="7", iss="https://gazette.example"),
    }
    Site.objects.filter(pk=one.pk).update(sso_issuer="https://gazette.example")
    one.refresh_from_db()
    people.add(let_in(one, sub="7", iss="https://gazette.example"))
    assert len(people) == 4


def test_guest_with_the_name_of_a_reader_stays_a_guest_of_their_own() -> None:
    site = courier()
    reader = let_in(site, sub="7", name="Ines Varga")
    page = factories.guest()
    page.write(factories.thread(site), name="Ines Varga")
    assert Commenter.objects.get(pk=reader.pk).comments.count() == 0  # type: ignore[attr-defined]


NAMES: dict[str, tuple[Any, str]] = {
    "of staff": ("Nora Editor", "Reader "),
    "like that of staff": ("N0ra Editor", "Reader "),
    "with a badge": ("Ines ✓", "Reader "),
    "an address": ("www.evil.example", "Reader "),
    "half a character": ("Ines \ud800", "Reader "),
    "far too long": ("Ines " * 100, "Reader "),
    "nothing": ("", "Reader "),
    "with marks that do not show": ("Ines\u200b Varga", "Ines Varga"),
    "as it should be": ("Ines Varga", "Ines Varga"),
}


@pytest.mark.parametrize("what", NAMES)
def test_name_that_cannot_stand_here_is_replaced_and_nobody_is_kept_out(what: str) -> None:
    site = courier()
    factories.staff(site, name="Nora Editor")
    site.refresh_from_db()
    said, shown = NAMES[what]
    assert let_in(site, name=said).name.startswith(shown)


def test_name_that_cannot_stand_here_leaves_the_one_before() -> None:
    site = courier()
    let_in(site, sub="7", name="Ines Varga")
    assert let_in(site, sub="7", name="www.evil.example").name == "Ines Varga"


# Roles


def test_token_gives_no_role_unless_the_site_lets_it() -> None:
    site = courier()
    page = Page(site)
    assert page.ask({"token": signed(role="owner", roles=["owner"], is_staff=True, admin=True)}).role == ""
    assert page.viewer().role == ""
    assert not Role.objects.exists()


def test_token_gives_and_takes_the_role_where_the_site_lets_it() -> None:
    site = courier(sso_roles=True)
    page = Page(site)
    assert page.ask({"token": signed(sub="7", role="moderator", name="Nora Editor")}).role == "moderator"
    assert page.viewer().moderates
    assert page.viewer().commenter.name == "Nora Editor"  # type: ignore[union-attr]
    assert page.ask({"token": signed(sub="7", role="moderator", name="Nora Editor")}).name == "Nora Editor"
    assert page.ask({"token": signed(sub="7", role="analyst")}).role == "analyst"
    assert page.ask({"token": signed(sub="7")}).role == ""
    assert page.viewer().role == ""


def test_role_of_a_token_is_gone_at_once_when_the_site_lets_them_no_longer() -> None:
    site = courier(sso_roles=True)
    page = Page(site)
    page.ask({"token": signed(sub="7", role="moderator")})
    Site.objects.filter(pk=site.pk).update(sso_roles=False)
    page.site.refresh_from_db()
    assert page.viewer().role == ""
    who = Identity.objects.get().commenter_id
    assert badges.of([who], page.site) == {}


def test_role_that_there_is_not_is_refused_with_the_list() -> None:
    with pytest.raises(Refused, match="moderator"):
        let_in(courier(sso_roles=True), role="superuser")


def test_role_of_a_token_counts_on_its_own_site_alone() -> None:
    site, other = courier(sso_roles=True), courier(sso_roles=True)
    who = let_in(site, sub="7", role="owner")
    from rejoinder.accounts.queries import role_of

    assert role_of(who, site) == "owner"
    assert role_of(who, other) == ""


# Badges


def test_badges_are_what_the_last_token_says() -> None:
    site = courier()
    page = Page(site)
    assert page.ask({"token": signed(sub="7", badges=["subscriber", "expert"])}).badges == (
        "expert",
        "subscriber",
    )
    assert page.ask({"token": signed(sub="7", badges=["subscriber"])}).badges == ("subscriber",)
    assert page.ask({"token": signed(sub="7")}).badges == ()


def test_change_of_a_badge_makes_pages_anew_and_signing_in_alone_does_not() -> None:
    site = courier()

    def edition() -> int:
        return Site.objects.values_list("edition", flat=True).get(pk=site.pk)

    let_in(site, sub="7", badges=["subscriber"])
    before = edition()
    let_in(site, sub="7", badges=["subscriber"])
    assert edition() == before
    let_in(site, sub="7")
    assert edition() > before


def test_author_of_a_story_is_so_in_its_thread_alone() -> None:
    site = courier()
    who = let_in(site, sub="7", author_of=["https://courier.example/harbour"])
    let_in(site, sub="7", author_of=["https://courier.example/ferry"])
    for key, expected in (("harbour", ("author",)), ("ferry", ("author",)), ("bridge", ())):
        found = badges.of([who.pk], site, key=f"https://courier.example/{key}")
        assert found.get(who.pk, ()) == expected
    other = courier()
    assert badges.of([who.pk], other, key="https://courier.example/harbour") == {}


def test_badges_of_all_come_in_one_query(django_assert_num_queries: Callable[[int], Any]) -> None:
    site = courier(sso_roles=True)
    subscriber = let_in(site, badges=["subscriber"], author_of=["story"])
    editor = factories.staff(site, "editor")
    nobody = factories.commenter()
    with django_assert_num_queries(1):
        found = badges.of([subscriber.pk, editor.pk, nobody.pk], site, key="story")
    assert found == {subscriber.pk: ("author", "subscriber"), editor.pk: ("staff",)}


def test_picture_is_kept_as_text_and_nothing_is_fetched() -> None:
    site = courier()
    let_in(site, avatar="https://courier.example/ines.png")
    assert Identity.objects.get().avatar == "https://courier.example/ines.png"


# The page that brings a token


def test_page_that_is_loaded_anew_may_bring_its_token_again() -> None:
    site, token = courier(), signed(sub="7")
    page = Page(site)
    first = page.ask({"token": token})
    again = page.ask({"token": token})
    assert (again.kind, again.name) == (first.kind, first.name)
    assert Session.objects.count() == 1


def test_new_token_of_the_same_reader_prolongs_and_other_tabs_go_on() -> None:
    site = courier()
    page = Page(site)
    page.ask({"token": signed(sub="7")})
    other_tab, cookies = page.token, dict(page.cookies)
    before = Session.objects.get().expires
    page.ask({"token": signed(sub="7", name="Ines V.")})
    assert page.cookies == cookies
    assert page.viewer(other_tab).commenter.name == "Ines V."  # type: ignore[union-attr]
    assert Session.objects.get().expires >= before


def test_new_token_that_changes_the_role_begins_anew() -> None:
    site = courier(sso_roles=True)
    page = Page(site)
    page.ask({"token": signed(sub="7")})
    cookies = dict(page.cookies)
    assert page.ask({"token": signed(sub="7", role="moderator")}).role == "moderator"
    assert page.cookies != cookies


def test_token_that_somebody_else_picked_up_is_refused() -> None:
    site, token = courier(), signed(sub="7")
    Page(site).ask({"token": token})
    thief = Page(site)
    with pytest.raises(Refused) as refusal:
        thief.ask({"token": token})
    assert refusal.value.code == "token-used"
    thief.ask({"token": signed(sub="8")})
    with pytest.raises(Refused):
        thief.ask({"token": token})


def test_another_reader_at_the_same_browser_takes_the_place_of_the_first() -> None:
    site = courier()
    page = Page(site)
    page.ask({"token": signed(sub="7", name="Ines Varga")})
    before = page.token
    assert page.ask({"token": signed(sub="8", name="Tove Brandt")}).name == "Tove Brandt"
    from rejoinder.accounts.sessions import SignedOut

    with pytest.raises(SignedOut):
        page.viewer(before)


def test_another_secret_ends_what_was_signed_with_the_one_before() -> None:
    from rejoinder.accounts.sessions import SignedOut

    site = courier()
    page = Page(site)
    page.ask({"token": signed(sub="7")})
    Site.objects.filter(pk=site.pk).update(sso_secret="another secret, for the one before got out")
    page.site.refresh_from_db()
    with pytest.raises(SignedOut):
        page.viewer()
    assert page.ask().kind == "nobody"


def test_site_that_gives_up_its_tokens_ends_their_sessions() -> None:
    site = courier()
    page = Page(site)
    page.ask({"token": signed(sub="7")})
    Site.objects.filter(pk=site.pk).update(sso_issuer="")
    page.site.refresh_from_db()
    assert page.ask().kind == "nobody"


# Where nobody speaks but by the site's token


def test_where_the_site_wants_its_tokens_others_read_and_do_no_more() -> None:
    site = courier()
    thread, open_to_all = factories.thread(site), factories.guest()
    written = open_to_all.write(thread, "Before.").json()
    comment = factories.again(Comment.objects.get(body="Before."))
    Site.objects.filter(pk=site.pk).update(sso_required=True)
    account_here, staff = factories.signed_in(account()), factories.signed_in(factories.staff(site))
    flag = {"comment": written["id"], "reason": "spam"}
    for browser in (factories.guest(), open_to_all, account_here):
        answers = [
            browser.write(thread, "After."),
            browser.vote(comment, 1),
            browser.post(f"/threads/{site.key}/flags", flag, headers={"accept": "application/json"}),
        ]
        assert [answer.status_code for answer in answers] == [403, 403, 403]
        assert {answer.json()["code"] for answer in answers} == {"sso-only"}
    assert staff.write(thread, "I answer here.").status_code == 201
    page = Page(site)
    page.site.refresh_from_db()
    page.ask({"token": signed(name="Ines Varga")})
    assert factories.comment(thread, by=page.viewer().commenter).author_name == "Ines Varga"
    assert Comment.objects.count() == 3


def test_person_who_was_erased_comes_back_as_somebody_new() -> None:
    from rejoinder.accounts.people.erasure import ask_to_be_erased
    from rejoinder.accounts.sessions import SignedOut

    site = courier()
    page = Page(site)
    page.ask({"token": signed(sub="7")})
    before = page.viewer().commenter
    assert before
    ask_to_be_erased(commenter=before, keeps_words=True)
    with pytest.raises(SignedOut):
        page.viewer()
    page.ask({"token": signed(sub="7")})
    assert page.viewer().commenter != before


def test_there_are_twenty_collisions() -> None:
    assert len(COLLISIONS) >= 20
