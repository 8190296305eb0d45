"""Who speaks from a page of another origin: how it begins, what it is bound to, and that it ends at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from rejoinder.accounts import sessions
from rejoinder.accounts.actions import remove_staff, reset_password
from rejoinder.accounts.models import Commenter, OneTimeCode, Role, Session, Site
from rejoinder.accounts.sessions import SignedOut, codes
from rejoinder.accounts.sessions.rows import forget_sessions
from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput, Refused
from tests import factories
from tests.accounts.speaking import Page, account, code_for, origin_of, signed_in_page
from tests.accounts.tokens import courier, signed

pytestmark = pytest.mark.django_db


def test_who_has_not_acted_is_nobody_and_gets_no_cookie() -> None:
    page = Page(factories.site())
    spoken = page.ask()
    assert (spoken.kind, spoken.access_token, spoken.kept) == ("nobody", None, False)
    assert page.set_cookie == ""
    assert not Session.objects.exists()


def test_a_guests_first_act_begins_a_session_that_the_next_page_finds() -> None:
    page = Page(factories.site())
    guest = page.act_as_guest().session.commenter
    assert page.viewer().commenter == guest
    spoken = page.ask()
    assert (spoken.kind, spoken.kept) == ("guest", True)
    assert page.viewer().commenter == guest
    assert not page.viewer().is_account


def test_code_of_the_window_signs_in_and_the_cookie_does_it_silently_afterwards() -> None:
    site, who = factories.site(), account("Mara Quist")
    page = Page(site)
    spoken = page.ask({"code": code_for(who, site)})
    assert (spoken.kind, spoken.name, spoken.role) == ("account", "Mara Quist", "")
    assert 0 < spoken.expires_in <= 600
    page.token = None
    again = page.ask()
    assert (again.kind, again.kept) == ("account", True)
    assert page.viewer().commenter == who
    assert page.viewer().is_account


def test_answer_to_the_page_holds_no_secret_but_the_access_token() -> None:
    site = factories.site()
    spoken = Page(site).ask({"code": code_for(account(), site)})
    assert spoken.secret
    assert spoken.secret not in str(spoken.as_json())
    assert set(spoken.as_json()) == {
        "kind",
        "name",
        "badges",
        "role",
        "access_token",
        "expires_in",
        "kept",
    }


def test_cookie_is_ours_alone_and_follows_nobody() -> None:
    site = factories.site("harbour")
    page = Page(site)
    page.act_as_guest()
    name, _equals, rest = page.set_cookie.partition("=")
    assert name == "__Host-rejoinder-reader-harbour"
    assert {part.strip() for part in rest.split(";")} >= {
        "HttpOnly",
        "Secure",
        "SameSite=None",
        "Partitioned",
        "Path=/",
    }
    assert "Domain" not in page.set_cookie


def test_cookie_over_http_stays_on_the_machine_where_things_are_tried_out() -> None:
    page = Page(factories.site("harbour"), secure=False)
    page.act_as_guest()
    assert page.set_cookie.startswith("rejoinder-reader-harbour=")
    assert "SameSite=Lax" in page.set_cookie
    assert "Partitioned" not in page.set_cookie


def test_secrets_are_stored_as_digests() -> None:
    site = factories.site()
    page = Page(site)
    opened, code = page.act_as_guest(), code_for(account(), site)
    assert Session.objects.get().secret not in (None, opened.secret)
    assert OneTimeCode.objects.get().digest != code
    assert len(opened.secret) >= 22, "128 bits"
    assert len(code) >= 22


def test_without_partitioned_cookies_one_signs_in_once_a_page_and_is_told() -> None:
    site = factories.site()
    page = Page(site, keeps=False, secure=False)
    assert page.ask({"code": code_for(account(), site)}).kept is False
    assert page.viewer().is_account, "on this page"
    assert page.ask().kind == "nobody", "on the next"


# Codes


def test_code_works_once() -> None:
    site = factories.site()
    code = code_for(account(), site)
    Page(site).ask({"code": code})
    with pytest.raises(Refused) as refusal:
        Page(site).ask({"code": code})
    assert refusal.value.code == "code-used"
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_bring_one_code_at_once_one_is_let_in() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    site, who = factories.site(), account()
    code = code_for(who, site)

    def bring(_number: int) -> bool:
        try:
            codes.redeem(code, site=site, origin=origin_of(site))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(bring, range(50))) == 1


def test_code_is_good_for_a_minute() -> None:
    site = factories.site()
    code = code_for(account(), site)
    with time_machine.travel(time.time() + 61, tick=False), pytest.raises(Refused):
        Page(site).ask({"code": code})


def test_code_is_for_one_site_and_one_origin() -> None:
    one, other = factories.site(), factories.site()
    from rejoinder.accounts.models import Origin

    Origin.objects.create(site=one, origin="https://second.example")
    Origin.objects.create(site=other, origin=origin_of(one))
    for site, origin in ((other, origin_of(one)), (one, "https://second.example")):
        code = code_for(account(), one)
        with pytest.raises(Refused):
            Page(site, origin=origin).ask({"code": code})
    assert not Session.objects.exists()


def test_code_of_an_account_that_was_closed_in_between_is_worth_nothing() -> None:
    site, who = factories.site(), account()
    code = code_for(who, site)
    get_user_model()._default_manager.filter(pk=who.user_id).update(is_active=False)
    with pytest.raises(Refused):
        Page(site).ask({"code": code})


@pytest.mark.parametrize(
    "body", [{"code": ""}, {"code": 1}, {"code": None}, {"cookie": "x"}, {"code": "a", "token": "b"}]
)
def test_body_that_means_nothing_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Page(factories.site()).ask(body)


# Origins

WRONG_ORIGINS = [
    "",
    "null",
    "https://evil.example",
    "http://KEY.example",
    "https://KEY.example.",
    "https://KEY.example:8443",
    "https://www.KEY.example",
    "https://KEY.example.evil.example",
    "https://evilKEY.example",
    "https://KEY.example/",
    "https://user@KEY.example",
    "https://KEY.EXAMPLE",
    "https://KEY.example, https://KEY.example",
    "https://KEY.example\t",
]


@pytest.mark.parametrize("written", WRONG_ORIGINS)
def test_page_of_an_origin_that_the_site_does_not_name_is_told_nothing(written: str) -> None:
    site = factories.site()
    at_home = signed_in_page(account(), site)
    page = Page(site, origin=written.replace("KEY", site.key) or " ")
    page.cookies = dict(at_home.cookies)
    with pytest.raises(Refused) as refusal:
        page.ask()
    assert refusal.value.code == "origin"
    with pytest.raises(Refused):
        page.leave()
    assert Session.objects.filter(ended=None).count() == 1


def test_our_own_pages_may_ask_and_nobody_in_their_name() -> None:
    site = factories.site()
    ours = Page(site, origin="https://testserver")
    ours.act_as_guest()
    assert ours.ask(**{"sec-fetch-site": "same-origin"}).kind == "guest"
    with pytest.raises(Refused):
        ours.ask(**{"sec-fetch-site": "cross-site"})


def test_request_without_an_origin_is_told_nothing() -> None:
    site = factories.site()
    with pytest.raises(Refused):
        sessions.exchange(RequestFactory().post("/"), site, {})


# Access tokens


def test_token_of_a_session_speaks_for_no_later_one_that_got_its_number() -> None:
    """Numbers come again when a backup is put back."""
    site = factories.site()
    page = Page(site)
    before = page.act_as_guest().session
    Session.objects.filter(pk=before.pk).delete()
    other = Page(site).act_as_guest().session
    Session.objects.filter(pk=other.pk).update(id=before.pk)
    with pytest.raises(SignedOut):
        page.viewer()


def test_without_a_token_somebody_looks_who_has_not_acted() -> None:
    site = factories.site()
    viewer = sessions.viewer_of_bearer(Page(site).request(), site)
    assert viewer.commenter is None
    assert viewer.block


def test_cookies_are_not_looked_at_where_a_token_is_asked_for() -> None:
    site = factories.site()
    page = signed_in_page(account(), site)
    assert sessions.viewer_of_bearer(page.request(), site).commenter is None


def test_token_works_from_its_own_origin_alone() -> None:
    site = factories.site()
    page = signed_in_page(account(), site)
    for elsewhere in ("https://evil.example", "null"):
        with pytest.raises(SignedOut):
            page.viewer(origin=elsewhere)


def test_token_works_on_its_own_site_alone() -> None:
    one, other = factories.site(), factories.site()
    page = signed_in_page(account(), one)
    page.site = other
    with pytest.raises(SignedOut):
        page.viewer()


def test_token_is_good_for_ten_minutes() -> None:
    page = signed_in_page(account(), factories.site())
    with time_machine.travel(time.time() + 590, tick=False):
        assert page.viewer().commenter
    with time_machine.travel(time.time() + 611, tick=False), pytest.raises(SignedOut):
        page.viewer()


def test_token_that_was_changed_or_made_up_is_refused() -> None:
    page = signed_in_page(account(), factories.site())
    token = page.token or ""
    forged = ["", "x", token[:-1], token + "A", token.replace(":", ".", 1), "ä", "a:b:c", "A" * 5000]
    forged += [token[:5] + ("A" if token[5] != "A" else "B") + token[6:]]
    for one in forged:
        with pytest.raises(SignedOut) as refusal:
            page.viewer(one or " ")
        assert refusal.value.code == "signed-out"


def test_token_of_another_purpose_is_refused() -> None:
    from django.core import signing

    page = signed_in_page(account(), factories.site())
    number = Session.objects.get().pk
    with pytest.raises(SignedOut):
        page.viewer(signing.dumps([number, page.site.pk, page.origin], salt="something.else"))


@pytest.mark.parametrize("scheme", ["Basic", "", "Bearer Bearer"])
def test_other_ways_to_say_who_one_is_are_refused(scheme: str) -> None:
    site = factories.site()
    page = signed_in_page(account(), site)
    request = page.request(authorization=f"{scheme} {page.token}")
    with pytest.raises(SignedOut):
        sessions.viewer_of_bearer(request, site)


# Ends


def _ended_by_oneself(page: Page, who: Commenter) -> None:
    page.leave()


def _ended_everywhere(page: Page, who: Commenter) -> None:
    sessions.end_all_of(who)


def _new_password(page: Page, who: Commenter) -> None:
    reset_password(email=who.user.email, password="a new one, long enough")  # type: ignore[union-attr]


def _account_closed(page: Page, who: Commenter) -> None:
    get_user_model()._default_manager.filter(pk=who.user_id).update(is_active=False)


def _account_deleted(page: Page, who: Commenter) -> None:
    get_user_model()._default_manager.filter(pk=who.user_id).delete()


def _person_deleted(page: Page, who: Commenter) -> None:
    who.delete()


def _site_wants_its_own_tokens(page: Page, who: Commenter) -> None:
    Site.objects.filter(pk=page.site.pk).update(sso_required=True)
    page.site.refresh_from_db()


ENDS: list[Callable[[Page, Commenter], None]] = [
    _ended_by_oneself,
    _ended_everywhere,
    _new_password,
    _account_closed,
    _account_deleted,
    _person_deleted,
    _site_wants_its_own_tokens,
]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__[1:])
def test_what_ends_a_session_ends_its_tokens_with_the_next_request(
    end: Callable[[Page, Commenter], None],
) -> None:
    site, who = factories.site(), account()
    page = signed_in_page(who, site)
    other_tab, cookies = page.token, dict(page.cookies)
    assert page.viewer().commenter
    end(page, who)
    with pytest.raises(SignedOut):
        page.viewer(other_tab)
    page.cookies = cookies
    assert page.ask().kind == "nobody"
    assert page.cookies == {}, "and the cookie is taken away"


def test_role_that_is_taken_away_is_gone_with_the_next_request() -> None:
    site = factories.site()
    moderator = factories.staff(site)
    page = signed_in_page(moderator, site)
    assert page.viewer().moderates
    remove_staff(commenter=moderator, site=site)
    assert page.viewer().role == ""
    assert page.ask().role == ""


def test_signing_out_in_one_browser_leaves_the_other_ones() -> None:
    site, who = factories.site(), account()
    one, other = signed_in_page(who, site), signed_in_page(who, site)
    one.leave()
    assert other.viewer().commenter == who


def test_signing_out_works_by_the_token_where_no_cookie_is_kept() -> None:
    site = factories.site()
    page = Page(site, keeps=False)
    page.ask({"code": code_for(account(), site)})
    page.leave()
    with pytest.raises(SignedOut):
        page.viewer()


def test_signing_in_begins_anew_and_ends_what_was() -> None:
    """Nobody can wait in a session that somebody else then signs in to."""
    site, who = factories.site(), account()
    page = Page(site)
    planted = page.act_as_guest()
    before = dict(page.cookies)
    page.ask({"code": code_for(who, site)})
    assert page.cookies != before
    with pytest.raises(SignedOut):
        page.viewer(planted.access_token)
    page.cookies = before
    assert page.ask().kind == "nobody"


def test_guest_whose_words_became_an_accounts_speaks_as_nobody() -> None:
    from rejoinder.accounts.people.claims import claim

    page = Page(factories.site())
    guest = page.act_as_guest().session.commenter
    claim(account=account(), guests=[guest])
    with pytest.raises(SignedOut):
        page.viewer()
    assert page.ask().kind == "nobody"


def test_session_ends_by_itself() -> None:
    site = factories.site()
    page = signed_in_page(account(), site)
    with time_machine.travel(time.time() + 31 * 24 * 3600, tick=False):
        assert page.ask().kind == "nobody"
        forget_sessions()
        assert not Session.objects.exists()


def test_ended_sessions_are_forgotten_and_others_are_not() -> None:
    site, who = factories.site(), account()
    one, _other = signed_in_page(who, site), signed_in_page(who, site)
    one.leave()
    code_for(who, site)
    with time_machine.travel(time.time() + 2 * 3600, tick=False):
        forget_sessions()
    assert Session.objects.count() == 1
    assert not OneTimeCode.objects.exists()


def test_guests_are_not_let_in_where_the_site_wants_its_own_tokens() -> None:
    site = courier(sso_required=True)
    with pytest.raises(Refused) as refusal:
        Page(site).act_as_guest()
    assert refusal.value.code == "sso-only"
    with pytest.raises(Refused):
        Page(site).ask({"code": code_for(account(), site)})
    assert Page(site).ask({"token": signed()}).kind == "account"


def test_one_browser_speaks_on_two_sites_without_one_knowing_of_the_other() -> None:
    one, other = Page(factories.site()), Page(factories.site())
    guest = one.act_as_guest().session.commenter
    other.cookies = one.cookies
    assert other.ask().kind == "nobody"
    other.act_as_guest()
    assert one.ask().kind == "guest"
    assert one.viewer().commenter == guest
    assert other.viewer().commenter != guest


def test_staff_of_another_site_are_readers_here() -> None:
    here, there = factories.site(), factories.site()
    editor = factories.staff(there, "editor")
    page = signed_in_page(editor, here)
    assert page.viewer().role == ""
    Role.objects.create(commenter=editor, site=here, kind="analyst", created=clock.now())
    assert page.viewer().role == "analyst"
