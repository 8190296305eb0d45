"""Who says so, at the desk: words of a story become statements, without a script."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from rejoinder.core.middleware import CONTENT_SECURITY_POLICY
from rejoinder.sourcing.models import Claim, Correction, Document, Passage, Source
from tests import factories
from tests.newsroom import papers
from tests.newsroom.sourcing_desk import SHIPS, UNION, Desk, desk

pytestmark = pytest.mark.django_db

NEW = {"kind": Source.Kind.PARTY, "side": "dockers"}


def test_words_become_a_statement_with_its_figure_read_and_a_new_source() -> None:
    at = desk()
    form = at.post(f"stories/{at.page.pk}/claims/", quote=f"  {SHIPS} ")
    assert form.status_code == 200
    assert 'value="at least 20"' in form.content.decode()
    assert not Claim.objects.exists()
    dated = {"said_on": "2026-03-02", "of_place": "Brennick"}
    claim = at.add(SHIPS, "Harbour office", kind="official", figure="at least 20", unit="ships", **dated)
    assert (str(claim.figure_low), claim.figure_high, claim.figure_unit) == ("20.0000", None, "ships")
    assert (claim.said_on, claim.of_place, claim.manner) == (date(2026, 3, 2), "Brennick", "says")
    assert claim.passage.state == Passage.State.PLACED
    assert [source.kind for source in claim.sources.all()] == ["official"]
    assert f"<mark>{SHIPS}</mark>" in at.read()


def test_source_that_is_not_known_is_asked_for_and_nothing_is_stored() -> None:
    at = desk()
    answer = at.post(f"stories/{at.page.pk}/claims/", quote=UNION, manner="claims", source_0="The union")
    assert answer.status_code == 422
    assert "is not in the register yet" in answer.content.decode()
    assert not Claim.objects.exists()
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("", "Select some words"),
        (" … ", "Select some words"),
        ("The mayor resigned.", "are not in the story"),
        ("the", "more than once"),
        ("word " * 400, "Select less"),
    ],
)
def test_words_that_are_no_passage_are_refused_with_a_sentence(quote: str, sentence: str) -> None:
    at = desk()
    answer = at.post(f"stories/{at.page.pk}/claims/", quote=quote)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Passage.objects.exists()


def test_selection_across_blocks_and_other_quotes_is_found() -> None:
    at = desk(body=[("text", "<p>“It was us”, she said.</p><p>And: “not them”.</p>")])
    claim = at.add('"It was us", she said.\nAnd: "not them".')
    assert claim.passage.quote == "“It was us”, she said.\n\nAnd: “not them”."


def test_draft_is_sourced_before_anybody_reads_it() -> None:
    at = desk(publish=False)
    assert "None yet." in at.read()
    assert not Document.objects.exists()  # looking stores nothing
    claim = at.add(UNION, "The union", **NEW)
    assert (claim.passage.state, claim.document.version) == (Passage.State.WAITING, 0)
    assert f"<mark>{UNION}</mark>" in at.read()
    at.page.get_latest_revision().publish()
    claim.passage.refresh_from_db()
    assert claim.passage.state == Passage.State.PLACED


def test_words_only_like_those_that_readers_have_wait_for_their_publication() -> None:
    at = desk()
    at.rewrite("at least 20 ships", "at least 200 ships", publish=False)
    claim = at.add("at least 200 ships wait outside", figure="at least 200")
    assert claim.passage.state == Passage.State.WAITING
    at.rewrite("at least 20 ships", "at least 200 ships")
    claim.passage.refresh_from_db()
    assert claim.passage.state == Passage.State.PLACED


def test_second_of_two_editors_learns_what_stands_there_now() -> None:
    at = desk()
    claim = at.add(UNION, "The union", **NEW)
    said = {"quote": UNION, "source_0": "The union", "seen": "1"}
    assert at.post(f"claims/{claim.pk}/", **said, manner="denies").status_code == 303
    late = at.post(f"claims/{claim.pk}/", **said, manner="estimates")
    assert late.status_code == 409
    text = late.content.decode()
    assert "Somebody else changed this in between" in text
    assert "What stands otherwise there now: How it is said" in text
    assert 'value="1"' in text  # what they had before them: the same again is refused again
    claim.refresh_from_db()
    assert claim.manner == "denies"
    assert at.post(f"claims/{claim.pk}/withdrawal/", seen="1").status_code == 409
    assert at.post(f"claims/{claim.pk}/status/", seen="1", status="reported").status_code == 409
    assert at.post(f"claims/{claim.pk}/withdrawal/", seen="2").status_code == 303
    assert f"<mark>{UNION}</mark>" not in at.read()


def test_status_is_told_with_its_reason() -> None:
    at = desk()
    claim = at.add(UNION, "The union", **NEW)
    path = f"claims/{claim.pk}/status/"
    bare = at.post(path, status="disputed", seen="1")
    assert bare.status_code == 422
    assert "Please fill this in." in bare.content.decode()
    told = {"status": "disputed", "status_reason": "Two lists differ.", "seen": "1"}
    assert at.post(path, **told, status_link="javascript:alert(1)").status_code == 422
    assert at.post(path, **told, status_link="https://list.example/").status_code == 303
    claim.refresh_from_db()
    assert claim.status == "disputed"
    assert "Two lists differ." in at.read(f"/desk/sourcing/claims/{claim.pk}/")


def test_statements_about_one_matter_are_put_together() -> None:
    at = desk()
    first = at.add(UNION, "The union", matter_new="Ships outside", **NEW)
    matter = first.matter
    assert matter is not None
    second = at.add(SHIPS, "The union", matter=str(matter.pk))
    assert second.matter == matter


def test_checklist_tells_what_an_editor_may_want_to_know() -> None:
    at = desk()
    at.add(UNION)
    at.add(SHIPS, "A docker", kind="unnamed", side="dockers")
    at.add("Nobody was hurt", "The union", **NEW)
    text = at.read()
    for told in ("Nobody is named for:", "speaks here only once", "is not told", "rest on one side: dockers"):
        assert told in text
    at.rewrite("at least 20 ships", "at least 200 ships", publish=False)
    at.rewrite("Nobody was hurt, the office said.", "", publish=False)
    text = at.read()
    assert "Not in the text any more:" in text
    at.rewrite("at least 20 ships", "at least 200 ships", publish=False)
    assert "at least 200 ships wait outside</q>" in at.read()


def fields_of(text: str, word: str) -> dict[str, str]:
    """What the form of a suggestion would send."""
    form = next(form for form in text.split("<form")[1:] if 'name="key"' in form and word in form)
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def test_suggestion_is_taken_changed_first_or_left() -> None:
    at = desk()
    text = at.read()
    assert not Claim.objects.exists()
    sent = fields_of(text, "at least 20 ships")
    sent.pop("edit")
    assert (sent["source_0"], sent["figure"]) == ("the harbour office", "at least 20")
    changed = at.post(f"stories/{at.page.pk}/claims/", **sent, edit="1").content.decode()
    assert 'value="the harbour office"' in changed
    assert not Claim.objects.exists()
    asked = at.post(f"stories/{at.page.pk}/claims/", **{**sent, "kind": "official"})
    assert asked.status_code == 303
    claim = Claim.objects.get()
    assert (claim.sources.get().name, claim.figure_unit) == ("the harbour office", "ships")
    text = at.read()
    assert "at least 20 ships" not in text.split('id="offers"')[1].split("</section>")[0]
    other = fields_of(text, "Nobody was hurt")
    at.post(f"stories/{at.page.pk}/left/", key=other["key"])
    assert other["key"] not in at.read()


def stuck(at: Desk) -> Claim:
    claim = at.add("Nobody was hurt", "The union", **NEW)
    at.rewrite("Nobody was hurt, the office said.", "All is well again.")
    claim.passage.refresh_from_db()
    assert claim.passage.state == Passage.State.DETACHED
    return claim


def test_detached_passage_is_put_elsewhere_or_ended() -> None:
    at = desk()
    claim = stuck(at)
    assert "It is no longer in the text." in at.read()
    assert at.page.title in at.read(f"/desk/sourcing/sites/{at.front.publication.key}/look/")
    path = f"passages/{claim.passage_id}/"
    at.post(path, way="move", quote="Not there at all.")
    assert "It is no longer in the text." in at.read()
    at.post(path, way="move", quote="All is well again.")
    claim.passage.refresh_from_db()
    assert claim.passage.state == Passage.State.PLACED
    at.rewrite("All is well again.", "")
    at.post(path, way="end", claim=f"{claim.pk}:{claim.revision}")
    claim.refresh_from_db()
    assert claim.withdrawn is not None
    assert "no longer in the text" not in at.read()


def test_correction_is_published_with_the_words_that_readers_have() -> None:
    at = desk()
    claim = at.add(UNION, "The union", **NEW)
    at.rewrite("puts it at 40", "puts it at 14")
    asked = at.read(f"{at.address}corrections/?passage={claim.passage_id}")
    assert f">\n{UNION}</textarea>" in asked
    assert ">\nThe union puts it at 14.</textarea>" in asked
    path = f"stories/{at.page.pk}/corrections/"
    wrong = {"before": UNION, "after": "The union puts it at 15.", "note": "Misheard."}
    assert at.post(path, **wrong).status_code == 422
    assert at.post(path, **{**wrong, "after": "The union puts it at 14."}).status_code == 303
    correction = Correction.objects.get()
    assert (correction.before, correction.passage_id) == (UNION, claim.passage_id)
    assert "Misheard." in at.read()


def test_draft_has_nothing_to_correct() -> None:
    at = desk(publish=False)
    assert at.post(f"stories/{at.page.pk}/corrections/", note="Early.").status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize("role", ["moderator", "analyst"])
def test_sourcing_is_closed_to_other_roles(role: str) -> None:
    at = desk(role)
    assert at.browser.get(at.address).status_code in {302, 404}
    assert at.post(f"stories/{at.page.pk}/claims/", quote=UNION, manner="says").status_code in {302, 404}
    assert not Claim.objects.exists()


def test_editor_of_another_site_finds_nothing_here() -> None:
    at = desk()
    claim = at.add(UNION, "The union", **NEW)
    source = Source.objects.get()
    other = papers.newsroom(hostname="other.example")
    stranger = factories.signed_in(factories.staff(other.publication, "editor"))
    key = at.front.publication.key
    for path in (
        f"stories/{at.page.pk}/",
        f"stories/{at.page.pk}/corrections/",
        f"claims/{claim.pk}/",
        f"sites/{key}/",
        f"sites/{key}/names/",
        f"sites/{key}/look/",
        f"sites/{key}/sources/{source.pk}/",
        f"sites/{other.publication.key}/sources/{source.pk}/",
    ):
        assert stranger.get(f"/desk/sourcing/{path}").status_code == 404, path
    for path in (
        f"stories/{at.page.pk}/claims/",
        f"claims/{claim.pk}/",
        f"claims/{claim.pk}/status/",
        f"claims/{claim.pk}/withdrawal/",
        f"passages/{claim.passage_id}/",
        f"sites/{key}/",
        f"sites/{key}/sources/{source.pk}/deletion/",
        f"sites/{key}/sources/{source.pk}/merge/",
        f"sites/{key}/sources/{source.pk}/parting/",
    ):
        sent = {"quote": UNION, "manner": "says", "way": "confirm", "seen": "1"}
        assert stranger.post(f"/desk/sourcing/{path}", sent).status_code == 404, path
    assert Claim.objects.get().revision == 1


def test_panel_stands_beside_the_text_and_takes_parts_of_pages() -> None:
    at = desk()
    edit = at.browser.get(f"/desk/pages/{at.page.pk}/edit/").content.decode()
    assert 'data-side-panel="sourcing"' in edit
    # Forms within a form are none.
    assert edit.index("data-sourcing ") < edit.index('id="page-edit-form"')
    part = at.browser.get(at.address, headers={"X-Rejoinder-Panel": "1"})
    assert "<html" not in part.content.decode()
    assert part["X-Rejoinder-Panel"] == "1"
    assert part["Cache-Control"] == "no-store, private"
    assert part["Content-Security-Policy"] != CONTENT_SECURITY_POLICY
