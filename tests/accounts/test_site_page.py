"""A site's page: its owners and editors change it there, nobody else sees it, and half a sign-on is refused."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.internal.flows import login
from django.urls import reverse

from rejoinder.accounts.models import Commenter, Origin, Site
from rejoinder.accounts.sites import Changes, change_site
from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db
SECRET = "s" * 32


def page(site: Site, part: str = "") -> str:
    return reverse(f"rejoinder:site{part and '-'}{part}", args=[site.key])


def somebody(site: Site, role: str) -> Browser:
    """Somebody of the staff, who signed in a moment ago."""
    person = make.staff(site, role)
    browser = make.signed_in(person)
    session = browser.session
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.user_id)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": clock.now().timestamp()}
    ]
    session.save()
    return browser


def policies(site: Site, **other: Any) -> dict[str, Any]:
    shown = {"name": site.name, "language": site.language, "guest_email": "none", "edit_window": "900"}
    return {**shown, "guests": "on", "profiles": "on", **other}


def sign_on(**other: Any) -> dict[str, Any]:
    return {"sso_issuer": "https://courier.example", "sso_audience": "talk", **other}


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_name_and_policies_are_changed(role: str) -> None:
    site = make.site()
    browser = somebody(site, role)
    answer = browser.post(
        page(site, "policies"), policies(site, name="Another  name", guest_email="required")
    )
    assert answer.status_code == 303
    edition = site.edition
    site.refresh_from_db()
    assert (site.name, site.guest_email, site.guests) == ("Another name", "required", True)
    assert site.edition > edition
    browser.post(page(site, "policies"), policies(site, guests=""))
    site.refresh_from_db()
    assert not site.guests


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() -> None:
    site = make.site()
    answer = somebody(site, "owner").post(
        page(site, "policies"), policies(site, name="Kept", language="Klingon!", edit_window="-1")
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Kept"' in shown and 'value="Klingon!"' in shown
    assert "id_edit_window_error" in shown
    site.refresh_from_db()
    assert site.name != "Kept"


def test_what_only_the_action_finds_wrong_is_said_at_its_field_too() -> None:
    site = make.site()
    answer = somebody(site, "owner").post(page(site, "policies"), policies(site, language="Klingon!"))
    assert answer.status_code == 422
    assert "is not the code of a language" in answer.content.decode()


def test_origins_are_added_and_taken_away() -> None:
    site = make.site()
    browser = somebody(site, "owner")
    assert browser.post(page(site, "origins"), {"add": "HTTPS://News.example/"}).status_code == 303
    assert Origin.objects.filter(site=site, origin="https://news.example").exists()
    assert "https://news.example" in browser.get(page(site)).content.decode()
    browser.post(page(site, "origins"), {"remove": "https://news.example"})
    assert not Origin.objects.filter(site=site, origin="https://news.example").exists()
    answer = browser.post(page(site, "origins"), {"add": "news.example/<b>"})
    assert answer.status_code == 422
    assert (
        "is not an origin" in answer.content.decode() and "news.example/&lt;b&gt;" in answer.content.decode()
    )


def test_a_secret_is_shown_in_the_answer_that_made_it_and_never_again() -> None:
    site = make.site(sso_issuer="https://courier.example", sso_audience="talk")
    browser = somebody(site, "owner")
    answer = browser.post(page(site, "secret"))
    site.refresh_from_db()
    assert len(site.sso_secret) >= 43
    assert site.sso_secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert site.sso_secret not in browser.get(page(site)).content.decode()
    browser.post(page(site, "secret"), {"none": "1"})
    site.refresh_from_db()
    assert site.sso_secret == ""


def test_a_secret_without_issuer_is_refused_with_a_sentence() -> None:
    site = make.site()
    answer = somebody(site, "owner").post(page(site, "secret"))
    assert answer.status_code == 422
    assert "write the issuer" in answer.content.decode()
    site.refresh_from_db()
    assert site.sso_secret == ""


def test_sign_on_is_changed_by_owners() -> None:
    site = make.site(sso_issuer="i", sso_audience="a", sso_secret=SECRET)
    browser = somebody(site, "owner")
    sent = sign_on(sso_algorithms=["HS256"], sso_required="on", sso_jwks_url="https://courier.example/keys")
    assert browser.post(page(site, "sign-on"), sent).status_code == 303
    site.refresh_from_db()
    assert (site.sso_issuer, site.sso_audience) == ("https://courier.example", "talk")
    assert (site.sso_algorithms, site.sso_required, site.sso_roles) == ("HS256", True, False)
    assert site.sso_secret == SECRET


@pytest.mark.parametrize("part", ["origins", "sign-on", "secret"])
def test_whoever_finds_a_browser_open_is_asked_who_they_are(part: str) -> None:
    site = make.site(sso_issuer="i", sso_audience="a")
    browser = make.signed_in(make.staff(site, "owner"))
    before = Site.objects.filter(pk=site.pk).values().get()
    answer = browser.post(page(site, part), sign_on(add="https://evil.example"))
    assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
    assert Site.objects.filter(pk=site.pk).values().get() == before
    assert site.origins.count() == 1


@pytest.mark.parametrize("part", ["origins", "sign-on", "secret"])
def test_what_is_an_owners_is_no_editors(part: str) -> None:
    site = make.site(sso_issuer="i", sso_audience="a")
    editor = somebody(site, "editor")
    before = Site.objects.filter(pk=site.pk).values().get()
    assert editor.post(page(site, part), sign_on(add="https://evil.example")).status_code == 404
    assert Site.objects.filter(pk=site.pk).values().get() == before
    assert site.origins.count() == 1
    shown = editor.get(page(site)).content.decode()
    assert page(site, part) not in shown


def test_nobody_else_learns_whether_there_is_such_a_site() -> None:
    site = make.site()
    stranger = make.signed_in(make.account())
    there, not_there = stranger.get(page(site)), stranger.get("/accounts/site/no-such-site/")
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert somebody(site, "moderator").get(page(site)).status_code == 404
    nobody = make.guest()
    assert nobody.get(page(site)).status_code == nobody.get("/accounts/site/no-such-site/").status_code == 302


def test_a_form_of_another_page_changes_nothing() -> None:
    site = make.site()
    owner: Commenter = make.staff(site, "owner")
    foreign = make.signed_in(owner, HTTP_SEC_FETCH_SITE="cross-site")
    for part, sent in (
        ("policies", policies(site, name="Evil")),
        ("origins", {"add": "https://evil.example"}),
    ):
        assert foreign.post(page(site, part), sent).status_code == 403
    site.refresh_from_db()
    assert site.name != "Evil" and site.origins.count() == 1


def test_columns_that_no_form_has_are_not_written() -> None:
    site = make.site()
    before = Site.objects.filter(pk=site.pk).values().get()
    more = {
        "key": "other",
        "edition": "9",
        "prior_up": "9",
        "sso_secret": SECRET,
        "sso_roles": "on",
        "id": "1",
    }
    somebody(site, "owner").post(page(site, "policies"), policies(site, **more))
    after = Site.objects.filter(pk=site.pk).values().get()
    assert {name for name in before if before[name] != after[name]} <= {"edition"}
    assert after["edition"] != 9


def test_the_lines_to_copy_name_this_server_and_site(settings: Any) -> None:
    settings.REJOINDER_URL = "https://talk.example.org"
    site = make.site()
    shown = somebody(site, "editor").get(page(site)).content.decode()
    assert "&lt;script src=&quot;https://talk.example.org/embed.js&quot;" in shown or (
        '&lt;script src="https://talk.example.org/embed.js" defer&gt;' in shown
    )


def test_my_sites_are_those_that_i_run() -> None:
    site, other = make.site(), make.site()
    shown = somebody(site, "editor").get(reverse("rejoinder:sites")).content.decode()
    assert page(site) in shown and page(other) not in shown
    assert somebody(site, "analyst").get(reverse("rejoinder:sites")).status_code == 404


WHOLE = {"sso_issuer": "i", "sso_audience": "a"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sso_secret": SECRET}, "sso_issuer"),
        ({"sso_secret": SECRET, "sso_issuer": "i"}, "sso_audience"),
        ({**WHOLE, "sso_secret": "s" * 31}, "sso_secret"),
        ({**WHOLE, "sso_secret": "s" * 301}, "sso_secret"),
        ({**WHOLE, "sso_secret": "with spaces " * 5}, "sso_secret"),
        ({**WHOLE, "sso_required": True}, "sso_required"),
        ({**WHOLE, "sso_algorithms": "HS256"}, "sso_algorithms"),
        ({**WHOLE, "sso_secret": SECRET, "sso_algorithms": "RS256"}, "sso_algorithms"),
        ({**WHOLE, "sso_secret": SECRET, "sso_algorithms": "none"}, "sso_algorithms"),
        ({**WHOLE, "sso_secret": SECRET, "sso_algorithms": "hs256"}, "sso_algorithms"),
        ({**WHOLE, "sso_jwks_url": "http://courier.example/keys"}, "sso_jwks_url"),
        ({**WHOLE, "sso_jwks_url": "file:///etc/passwd"}, "sso_jwks_url"),
        ({**WHOLE, "sso_jwks_url": "https://user@courier.example/keys"}, "sso_jwks_url"),
        ({**WHOLE, "sso_jwks_url": "https://courier.example/" + "k" * 500}, "sso_jwks_url"),
        ({"sso_issuer": "i" * 301}, "sso_issuer"),
        ({"sso_audience": "a b"}, "sso_audience"),
        ({"sso_roles": True}, "sso_issuer"),
        ({"guest_email": "sometimes"}, "guest_email"),
        ({"edit_window": -1}, "edit_window"),
        ({"edit_window": 86401}, "edit_window"),
        ({"name": " "}, "name"),
        ({"language": "Klingon!"}, "language"),
    ],
)  # fmt: skip
def test_half_a_change_is_none(changes: dict[str, Any], field: str) -> None:
    site = make.site()
    before = Site.objects.filter(pk=site.pk).values().get()
    with pytest.raises(InvalidInput) as caught:
        change_site(site=site, changes=Changes(**changes))
    assert caught.value.field == field
    assert Site.objects.filter(pk=site.pk).values().get() == before


def test_a_key_set_on_this_machine_may_be_unencrypted() -> None:
    site = make.site()
    change_site(site=site, changes=Changes(**WHOLE, sso_jwks_url="http://localhost:8080/keys"))  # type: ignore[arg-type]
    assert site.sso_jwks_url == "http://localhost:8080/keys"


def test_a_secret_of_a_site_is_in_no_log(caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    change_site(site=make.site(), changes=Changes(**WHOLE, sso_secret=SECRET))  # type: ignore[arg-type]
    out = capsys.readouterr()
    assert SECRET not in caplog.text + out.out + out.err
