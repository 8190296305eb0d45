"""What belongs to a reader whom the site's token names: from the page of the site, without a page of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rejoinder.accounts.models import Erasure, Mute, Site
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Appeal
from tests import factories as make
from tests.accounts import tokens
from tests.embed.test_reading import read
from tests.embed.test_signing_in import who
from tests.embed.test_writing import comments, form, state, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.embed.places import Place

pytestmark = pytest.mark.browser


@pytest.fixture
def page(discussed: Place) -> Page:
    """A German page of a publication that signs tokens, as one of its readers sees it."""
    rules = {"sso_issuer": tokens.ISSUER, "sso_audience": tokens.AUDIENCE, "sso_secret": tokens.SECRET}
    Site.objects.filter(pk=discussed.site.pk).update(**rules)
    tag = discussed.tag(token=tokens.signed())
    opened = discussed.open(discussed.article(tag=tag, lang="de"), width=390)
    read(opened)
    expect(who(opened)).to_contain_text("Ines Varga")
    return opened


def _open(page: Page) -> Any:
    who(page).get_by_text("Was Ihnen gehört").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Was Ihnen gehört")).to_be_visible()
    return dialog


def test_somebody_is_muted_folded_opened_and_shown_again(page: Page) -> None:
    loud = Comment.objects.get(author_name="Maren")
    article = page.locator(f"#c-{loud.public_id}")
    article.locator("footer a[data-actions]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Ausblenden").click()
    page.get_by_role("dialog").get_by_role("button", name="Schließen").click()
    expect(page.get_by_role("dialog")).to_have_count(0)  # the comment stands in it too
    words = article.get_by_text("Who says that it left")
    expect(words).to_be_hidden()
    article.locator("button.muted").first.click()
    expect(words).to_be_visible()
    assert Mute.objects.get().muted_id == loud.author_id

    dialog = _open(page)
    assert violations(page) == []
    dialog.locator("form", has_text="Maren").get_by_role("button").click()
    expect(dialog).to_contain_text("Wird wieder angezeigt")
    assert not Mute.objects.exists()


def test_what_is_mine_is_taken_along_and_i_am_erased(page: Page, tmp_path: Path) -> None:
    expect(form(page).locator("[data-told]")).to_be_hidden()  # the publication's token names no address
    form(page).locator("textarea").fill("Words of mine.")
    form(page).locator(".primary").click()
    # In the language of the page, though the site's is another.
    expect(state(page)).to_have_text("Veröffentlicht.")
    expect(comments(page).filter(has_text="Words of mine.").get_by_text("Antworten")).to_be_visible()

    dialog = _open(page)
    with page.expect_download() as saved:
        dialog.locator("form").first.get_by_role("button").click()
    kept = tmp_path / "mine.jsonl"
    saved.value.save_as(kept)
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [line["body"] for line in lines if line["type"] == "comment"] == ["Words of mine."]
    dialog.get_by_role("button", name="Schließen").click()

    dialog = _open(page)
    dialog.locator("[name=comments][value=remove]").check()
    dialog.locator(".danger").click()
    assert not Erasure.objects.exists(), "not without having said that it is meant"
    dialog.locator("[name=confirm]").check()
    dialog.locator(".danger").click()
    expect(dialog).to_contain_text("überall abgemeldet")
    assert not Erasure.objects.get().keeps_words
    expect(who(page)).not_to_contain_text("Ines Varga")


def test_author_reads_why_a_comment_was_removed_and_appeals_in_the_dialog(page: Page) -> None:
    form(page).locator("textarea").fill("Words of mine.")
    form(page).locator(".primary").click()
    expect(state(page)).to_have_text("Veröffentlicht.")
    make.decide(Comment.objects.get(body="Words of mine."), "remove", reason="Das war kein Zitat.")
    comments(page).filter(has_text="Words of mine.").locator("footer a[data-actions]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Das war kein Zitat.")
    dialog.locator("[name=words]").fill("Doch, aus dem Bericht.")
    dialog.locator("[name=words]").locator("xpath=ancestor::form").locator(".primary").click()
    expect(dialog.locator("form")).to_have_count(0)
    assert Appeal.objects.get().body == "Doch, aus dem Bericht."
