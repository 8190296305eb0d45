"""Who speaks, from pages of other origins: the page's own token, or a window of ours; out again in all tabs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rejoinder.accounts.models import Session, Site
from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.accounts import tokens
from tests.browser.asking import heard
from tests.embed.test_reading import read
from tests.embed.test_writing import form, state, write

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.embed.places import Place

pytestmark = pytest.mark.browser


def who(page: Page) -> Locator:
    return page.locator("rejoinder-thread [data-who]")


@pytest.fixture
def signing(discussed: Place) -> Place:
    """A publication that signs tokens for its readers."""
    rules = {"sso_issuer": tokens.ISSUER, "sso_audience": tokens.AUDIENCE, "sso_secret": tokens.SECRET}
    Site.objects.filter(pk=discussed.site.pk).update(**rules)
    return discussed


def test_a_reader_of_the_publication_is_signed_in_silently(signing: Place) -> None:
    page = signing.open(signing.article(tag=signing.tag(token=tokens.signed(badges=["subscriber"]))))
    read(page)
    expect(who(page)).to_contain_text("You write as Ines Varga.")
    expect(form(page).locator("[name=name]")).to_have_value("Ines Varga")
    form(page).locator("textarea").fill("As myself.")
    form(page).locator(".primary").click()
    expect(state(page)).to_have_text("Posted.")
    assert Comment.objects.get(body="As myself.").author_name == "Ines Varga"


def test_a_token_may_come_later_by_the_one_global_name(signing: Place) -> None:
    page = signing.open(signing.article())
    read(page)
    page.evaluate("token => rejoinder.signIn(token)", tokens.signed())
    expect(who(page)).to_contain_text("You write as Ines Varga.")
    page.evaluate("rejoinder.signOut()")
    expect(who(page)).to_have_text("Sign in")
    assert not Session.objects.filter(ended=None).exists()


@pytest.mark.parametrize("wrong", [{"exp": 1}, {"aud": "somebody else"}, {"jti": None}])
def test_a_token_that_is_not_taken_is_told_to_the_developer_alone(
    signing: Place, wrong: dict[str, Any]
) -> None:
    page = signing.open(signing.article(tag=signing.tag(token=tokens.signed(**wrong))))
    read(page)
    sentence = "rejoinder: the token was not taken"
    heard(page, lambda: [said for said in signing.said if said.startswith(sentence)])
    expect(who(page)).to_have_text("Sign in")
    write(page, "As a guest, then.")
    expect(state(page)).to_have_text("Posted.")
    assert len([said for said in signing.said if said.startswith(sentence)]) == 1


def test_where_only_the_publications_readers_speak_its_own_sign_in_is_asked(signing: Place) -> None:
    Site.objects.filter(pk=signing.site.pk).update(sso_required=True)
    page = signing.open(signing.article())
    read(page)
    page.evaluate(
        "addEventListener('rejoinder-sign-in', event => { event.preventDefault(); "
        "document.body.dataset.asked = 1 })"
    )
    page.get_by_role("button", name="Sign in on this website to write.").click()
    expect(page.locator("body")).to_have_attribute("data-asked", "1")
    write(page, "Nobody I know.")
    expect(form(page)).to_contain_text("Sign in there")
    expect(form(page).locator("textarea")).to_have_value("Nobody I know.")


def signed_in_at_ours(place: Place, context: BrowserContext) -> str:
    """Somebody who has signed in on our own pages; their name."""
    account = make.account("Noor Haddad")
    cookie = make.signed_in(account).cookies["rejoinder_session"].value
    context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": place.home}])
    return account.name


def through_the_window(page: Page) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in").click()
    opened.value.get_by_role("button", name="Continue as").click()


def test_signing_in_goes_through_a_window_of_ours_and_comes_back(discussed: Place) -> None:
    context = discussed.context()
    name = signed_in_at_ours(discussed, context)
    page = discussed.open(discussed.article(), context=context)
    read(page)
    through_the_window(page)
    expect(who(page)).to_contain_text(f"You write as {name}.")
    expect(who(page)).to_contain_text("does not keep this sign-in")
    form(page).locator("textarea").fill("From the account.")
    form(page).locator(".primary").click()
    expect(state(page)).to_have_text("Posted.")
    assert Comment.objects.get(body="From the account.").author_name == name
    assert "code" not in page.url and "code" not in json.dumps(page.evaluate("({...localStorage})"))


def test_signing_out_reaches_the_other_tabs(discussed: Place) -> None:
    discussed.article()
    context = discussed.context()
    signed_in_at_ours(discussed, context)
    one = discussed.open(discussed.host.near + "/story", context=context)
    read(one)
    through_the_window(one)
    expect(who(one)).to_contain_text("You write as")
    other = discussed.open(discussed.host.near + "/story", context=context)
    read(other)
    expect(who(other)).to_contain_text("You write as")
    one.get_by_role("button", name="Sign out").click()
    expect(who(one)).to_have_text("Sign in")
    expect(who(other)).to_have_text("Sign in")


def test_a_session_that_ended_elsewhere_keeps_the_text(signing: Place) -> None:
    page = signing.open(signing.article(tag=signing.tag(token=tokens.signed())))
    read(page)
    expect(who(page)).to_contain_text("You write as Ines Varga.")
    Session.objects.update(ended="2026-01-01T00:00:00Z", secret=None)
    form(page).locator("textarea").fill("A moment too late.")
    form(page).locator(".primary").click()
    expect(state(page)).to_contain_text("not signed in any more")
    expect(form(page).locator("textarea")).to_have_value("A moment too late.")


def test_messages_of_others_sign_nobody_in(discussed: Place) -> None:
    """Codes that nobody asked for, of other windows, with another state."""
    asked: list[str] = []
    page = discussed.open(discussed.article())
    read(page)
    with page.expect_popup():
        page.get_by_role("button", name="Sign in").click()
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        """() => { const odd = [{ rejoinder: "code", code: "c".repeat(22), state: "s".repeat(32) }, null, "code",
        { rejoinder: "code" }]; for (let n = 0; n < 1000; n++) window.postMessage(odd[n % 4], "*") }"""
    )
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/session" in url]
    expect(who(page)).to_have_text("Sign in")
