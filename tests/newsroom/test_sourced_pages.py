"""Who says so, on the pages of a newsroom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from lxml import etree, html

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.newsroom.jobs import keep_texts
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.sourcing import actions
from rejoinder.sourcing.figures import parse
from rejoinder.sourcing.models import Claim, Document, Source
from tests.newsroom import papers
from tests.sourcing import desks

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]

BODY = [
    (
        "text",
        '<p>The army says <a href="https://example.org/">20 soldiers</a> died.</p><p>Nothing else is known.</p>'
        "<ul><li>The rebels say 200 died.</li></ul>",
    ),
    ("quote", {"text": "I counted 30 of them.", "attribution": "A nurse"}),
]


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


@pytest.fixture
def desk(front: FrontPage) -> Viewer:
    return desks.desk(front.publication)


@pytest.fixture
def page(front: FrontPage) -> StoryPage:
    return papers.story(front, "Who died at the ford", body=BODY, standfirst="The mayor denies it.")


def document_of(page: StoryPage) -> Document:
    return Document.objects.get(key=page.thread_key)


def sourced(page: StoryPage, desk: Viewer) -> dict[str, Claim]:
    """Claims of three sources about one matter, and the mayor's."""
    document = document_of(page)
    army = desks.source(desk, "The army", Source.Kind.PARTY, side="the government's")
    rebels = desks.source(desk, "The rebels", Source.Kind.PARTY, side="the rebels'")
    nurse = desks.source(desk, "A nurse", Source.Kind.WITNESS)
    mayor = desks.source(desk, "The mayor", Source.Kind.OFFICIAL)
    matter = actions.add_matter(viewer=desk, title="How many died at the ford")

    def figure(words: str) -> Any:
        return {"figure": parse(words, "en"), "matter": matter}

    return {
        "army": desks.claim(desk, document, "20 soldiers", army, **figure("20 soldiers")),
        "rebels": desks.claim(desk, document, "The rebels say 200 died", rebels, **figure("200 soldiers")),
        "nurse": desks.claim(desk, document, "I counted 30 of them", nurse, **figure("30 soldiers")),
        "mayor": desks.claim(desk, document, "The mayor denies it", mayor, manner="denies"),
    }


def tree_of(page: StoryPage) -> Any:
    response = Client().get(page.address)
    assert response.status_code == 200
    return html.fromstring(response.content)


def test_each_passage_has_its_mark_and_its_note(page: StoryPage, desk: Viewer) -> None:
    sourced(page, desk)
    tree = tree_of(page)
    words = [span.text_content() for span in tree.xpath("//span[@class='passage']")]
    assert words == ["The mayor denies it", "20 soldiers", "The rebels say 200 died", "I counted 30 of them"]
    marks = [name.removeprefix("p-") for name in tree.xpath("//span[@class='passage']/@id")]
    assert tree.xpath("//@data-note") == marks
    assert tree.xpath("//sup[@class='ref']/a/@href") == [f"#n-{name}" for name in marks]
    notes = [" ".join(note.text_content().split()) for note in tree.xpath("//details[@data-note]/summary")]
    assert notes == [
        "1 The mayor denies",
        "2 The army says: 20 soldiers",
        "3 The rebels says: 200 soldiers",
        "4 A nurse says: 30 soldiers",
    ]
    assert not tree.xpath("//a//a")


def test_what_a_story_rests_on_stands_in_one_line_and_a_table(page: StoryPage, desk: Viewer) -> None:
    sourced(page, desk)
    tree = tree_of(page)
    (rests,) = tree.xpath("//section[@class='rests']")
    assert "4 statements, 4 sources" in rests.text_content()
    shares = [" ".join(row.itertext()).split() for row in rests.xpath(".//tbody/tr")]
    assert [row for row in shares if "witness" in row] == [["witness", "25%", "1", "A", "nurse"]]
    assert len(rests.xpath(".//rect")) == 4


def test_accounts_of_one_matter_stand_side_by_side_with_what_cannot_both_be_right(
    page: StoryPage, desk: Viewer
) -> None:
    sourced(page, desk)
    (accounts,) = tree_of(page).xpath("//section[@class='accounts']")
    assert accounts.xpath(".//tbody/tr/th/a/text()") == ["The army", "The rebels", "A nurse"]
    assert "The figures of The army and The rebels cannot both be right." in accounts.text_content()
    begins = [float(at) for at in accounts.xpath(".//rect/@x")]
    assert begins[0] < begins[2] < begins[1]


def test_what_becomes_of_a_claim_shows_at_once_with_reason_and_time(page: StoryPage, desk: Viewer) -> None:
    claim = sourced(page, desk)["rebels"]
    actions.set_status(
        viewer=desk,
        claim=claim,
        status="disputed",
        reason="A film shows twelve graves.",
        link="https://example.org/film",
        seen=claim.revision,
    )
    tree = tree_of(page)
    (note,) = tree.xpath("//details[contains(@class, 'contested')]")
    assert "disputed" in note.xpath("./summary")[0].text_content()
    assert "A film shows twelve graves." in note.text_content()
    assert note.xpath(".//a[@href='https://example.org/film']")
    assert tree.xpath("//span[@class='passage contested']")


def test_marks_follow_an_edit_and_a_deleted_sentence_leaves_none(page: StoryPage, desk: Viewer) -> None:
    sourced(page, desk)
    page.body = [("text", "<p>The rebels say 200 died.</p><p>On Monday the army says 20 soldiers died.</p>")]
    page.save_revision().publish()
    words = [span.text_content() for span in tree_of(page).xpath("//span[@class='passage']")]
    assert words == ["The mayor denies it", "The rebels say 200 died", "20 soldiers"]


def test_a_story_that_changed_without_being_published_has_no_mark_in_a_wrong_place(
    page: StoryPage, desk: Viewer
) -> None:
    sourced(page, desk)
    page.body = [("text", "<p>Before all this: 20 soldiers died.</p>")]
    page.save()
    words = [span.text_content() for span in tree_of(page).xpath("//span[@class='passage']")]
    assert words == ["The mayor denies it", "20 soldiers"]


def test_a_story_costs_few_statements_more_for_its_sources(
    front: FrontPage, page: StoryPage, desk: Viewer, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as bare:
        tree_of(page)
    sourced(page, desk)
    with django_assert_max_num_queries(len(bare) + 5):
        tree_of(page)


def test_correction_stands_on_its_story_with_before_after_and_time(page: StoryPage, desk: Viewer) -> None:
    passage = sourced(page, desk)["army"].passage
    actions.publish_correction(
        viewer=desk,
        document=document_of(page),
        note="We had it wrong.",
        before="25 soldiers",
        after="20 soldiers",
        passage=passage,
    )
    tree = tree_of(page)
    (section,) = tree.xpath("//section[@id='corrections']")
    for words in ("We had it wrong.", "25 soldiers", "20 soldiers"):
        assert words in section.text_content()
    assert tree.xpath("//p[@class='meta']/a[@href='#corrections']")
    assert "We had it wrong." in tree.xpath("//details[@data-note]")[1].text_content()


def test_corrections_of_all_stories_stand_on_a_page_and_in_a_feed(page: StoryPage, desk: Viewer) -> None:
    assert "Nothing has been corrected yet." in Client().get("/corrections/").content.decode()
    actions.publish_correction(viewer=desk, document=document_of(page), note="It was eleven.", before="12")
    for address in ("/corrections/", "/corrections/feed/"):
        text = Client().get(address).content.decode()
        for words in ("It was eleven.", "12", "Who died at the ford", f"{page.address}#corrections"):
            assert words in text, (address, words)
    page.unpublish()
    assert "eleven" not in Client().get("/corrections/").content.decode()


def test_a_story_without_a_kept_text_gets_one(page: StoryPage) -> None:
    Document.objects.all().delete()
    keep_texts()
    assert document_of(page).version == 1


def test_machines_are_told_who_says_what_and_what_was_corrected(page: StoryPage, desk: Viewer) -> None:
    sourced(page, desk)
    actions.publish_correction(viewer=desk, document=document_of(page), note="It was <eleven>.")
    (script,) = tree_of(page).xpath("//script[@type='application/ld+json']")
    nodes = json.loads(script.text)["@graph"]
    (article,) = [node for node in nodes if node["@type"] == "NewsArticle"]
    assert [one["text"] for one in article["correction"]] == ["It was <eleven>."]
    claims = [node for node in nodes if node["@type"] == "Claim"]
    assert [claim["author"][0]["name"] for claim in claims] == [
        "The mayor",
        "The army",
        "The rebels",
        "A nurse",
    ]
    assert claims[1]["appearance"]["@id"] == article["@id"]
    entry = etree.fromstring(Client().get("/feed/").content)
    names = {"s": "https://schema.org/"}
    assert entry.xpath("//s:Claim/s:author/text()", namespaces=names) == [
        c["author"][0]["name"] for c in claims
    ]
    assert entry.xpath("//s:Claim/s:url/text()", namespaces=names) == [claim["url"] for claim in claims]
    assert entry.xpath("//s:correction/text()", namespaces=names) == ["It was <eleven>."]


def test_programs_get_claims_with_their_history_and_see_changes_at_once(
    front: FrontPage, page: StoryPage, desk: Viewer
) -> None:
    site, claim = front.publication.key, sourced(page, desk)["rebels"]
    address = f"/api/v1/sites/{site}/claims?key={page.thread_key}"
    actions.set_status(viewer=desk, claim=claim, status="false", reason="A drill.", seen=claim.revision)
    told = Client().get(address).json()
    assert [one["sources"][0]["name"] for one in told["claims"]] == [
        "The mayor",
        "The army",
        "The rebels",
        "A nurse",
    ]
    rebels = told["claims"][2]
    assert rebels["passage"]["quote"] == "The rebels say 200 died"
    assert [step["status"] for step in rebels["history"]] == ["reported", "false"]
    assert rebels["figure"]["low"] == "200"
    assert rebels["matter"]["title"] == "How many died at the ford"
    page.unpublish()
    assert Client().get(address).json()["claims"] == []
    assert Client().get(f"/api/v1/sites/{site}/claims?key=nowhere").status_code == 404


def test_a_sources_page_says_what_it_said_and_what_became_of_it(
    front: FrontPage, page: StoryPage, desk: Viewer
) -> None:
    claim = sourced(page, desk)["army"]
    (source,) = claim.sources.all()
    actions.set_status(
        viewer=desk, claim=claim, status="false", reason="It was a drill.", seen=claim.revision
    )
    address = f"/sources/{ids.encode(source.pk)}/"
    tree = html.fromstring(Client().get(address).content)
    assert tree.xpath("//h1/text()") == ["The army"]
    (row,) = tree.xpath("//ol/li")
    for words in ("20 soldiers", "says", "false", "It was a drill."):
        assert words in row.text_content()
    assert row.xpath(".//a/@href")[0] == f"{page.address}#p-{ids.encode(claim.passage_id)}"
    later = papers.story(front, "The ford, a week on", body=[("text", "<p>It was 50, says the clinic.</p>")])
    clinic = desks.source(desk, "The clinic")
    more = {"figure": parse("50 soldiers", "en"), "matter": claim.matter}
    desks.claim(desk, document_of(later), "It was 50", clinic, **more)
    (table,) = html.fromstring(Client().get(address).content).xpath("//section[@class='accounts']/table")
    assert len(table.xpath(".//tbody/tr")) == 4, "all that is said of the matter, in both stories"
    assert any(href.startswith(f"{later.address}#p-") for href in table.xpath(".//td/a/@href"))
    unused = desks.source(desk, "Nobody's")
    for absent in (f"/sources/{ids.encode(unused.pk)}/", "/sources/0/", f"{address}?before=zzz!"):
        assert Client().get(absent).status_code == 404


def test_a_source_that_was_merged_leads_to_the_other(page: StoryPage, desk: Viewer) -> None:
    source = sourced(page, desk)["army"].sources.get()
    into = desks.source(desk, "The general staff")
    actions.merge_sources(viewer=desk, source=source, into=into)
    response = Client().get(f"/sources/{ids.encode(source.pk)}/")
    assert (response.status_code, response["Location"]) == (301, f"/sources/{ids.encode(into.pk)}/")


def test_what_a_story_said_that_was_taken_back_is_told_nowhere(page: StoryPage, desk: Viewer) -> None:
    source = sourced(page, desk)["army"].sources.get()
    page.unpublish()
    assert Client().get(f"/sources/{ids.encode(source.pk)}/").status_code == 404
    page.save_revision().publish()
    assert Client().get(f"/sources/{ids.encode(source.pk)}/").status_code == 200
