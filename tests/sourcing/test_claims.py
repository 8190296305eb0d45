"""Sources, claims and corrections at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.ports import exportables
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Conflict, InvalidInput, NotFound
from rejoinder.sourcing import actions
from rejoinder.sourcing.actions import ClaimWish, SourceWish
from rejoinder.sourcing.errors import ChangedMeanwhile, SourceInUse
from rejoinder.sourcing.figures import parse
from rejoinder.sourcing.models import Claim, Correction, Document, Matter, Source, SourceName
from rejoinder.sourcing.people import erase_person
from rejoinder.sourcing.queries import claims_of, find_sources, of_source, rests_on
from tests import factories
from tests.sourcing import desks

pytestmark = pytest.mark.django_db

STORY = "The army says 20 died. The rebels say 200 died. A nurse counted 30 of them. Nobody asked the mayor."


@pytest.fixture
def site() -> Site:
    return factories.site()


@pytest.fixture
def desk(site: Site) -> Viewer:
    return desks.desk(site)


@pytest.fixture
def document(site: Site) -> Document:
    return actions.publish_document(site=site, key="story-7", text=STORY, language="en").document


def test_only_owners_and_editors_say_what_a_story_rests_on(site: Site, document: Document) -> None:
    for role in Role.Kind.values:
        viewer = desks.desk(site, role)
        if role in {"owner", "editor"}:
            desks.source(viewer)
        else:
            with pytest.raises(NotFound):
                desks.source(viewer)
    with pytest.raises(NotFound):
        desks.claim(factories.viewer(site), document, "The army says 20 died.")
    elsewhere = desks.desk(factories.site())
    with pytest.raises(NotFound):
        desks.claim(elsewhere, document, "The army says 20 died.")


def test_claim_keeps_its_sources_its_figure_and_its_history(desk: Viewer, document: Document) -> None:
    army = desks.source(desk, "The army", Source.Kind.PARTY, side="government")
    figure = parse("20 died", "en")
    claim = desks.claim(
        desk,
        document,
        "The army says 20 died.",
        army,
        manner="claims",
        said_on=date(2026, 11, 2),
        figure=figure,
    )
    actions.set_status(
        viewer=desk,
        claim=claim,
        status="disputed",
        reason="The rebels say 200.",
        link="https://x.example/",
        seen=1,
    )
    (shown,) = claims_of(document)
    assert shown.figure == replace(figure, low=Decimal(20), high=Decimal(20)) if figure else False
    assert (shown.claim.status, shown.claim.revision, shown.sources) == ("disputed", 2, (army,))
    assert [(step.status, step.reason) for step in shown.history] == [
        ("reported", ""),
        ("disputed", "The rebels say 200."),
    ]
    with pytest.raises(InvalidInput):
        actions.set_status(viewer=desk, claim=claim, status="false", reason=" ", seen=2)
    with pytest.raises(InvalidInput):
        actions.set_status(viewer=desk, claim=claim, status="false", reason="x", link="javascript:1", seen=2)


def test_second_editor_is_told_what_the_first_one_changed(desk: Viewer, document: Document) -> None:
    army, rebels = desks.source(desk, "The army"), desks.source(desk, "The rebels")
    claim = desks.claim(desk, document, "The army says 20 died.", army)
    wish = ClaimWish(sources=[rebels], manner="denies", of_place="Arda")
    changed = actions.change_claim(viewer=desk, claim=claim, wish=wish, seen=1)
    assert (changed.revision, changed.of_place) == (2, "Arda")
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.change_claim(
            viewer=desk, claim=claim, wish=replace(wish, manner="says", sources=[army]), seen=1
        )
    assert refused.value.fields == ("manner", "sources")
    with pytest.raises(ChangedMeanwhile):
        actions.set_status(viewer=desk, claim=claim, status="false", reason="A count.", seen=1)
    with pytest.raises(ChangedMeanwhile):
        actions.withdraw_claim(viewer=desk, claim=claim, seen=1)
    actions.withdraw_claim(viewer=desk, claim=claim, seen=2)
    assert claims_of(document) == []
    wish_of_source = SourceWish(name="The army", kind="official", side="state")
    actions.change_source(viewer=desk, source=army, wish=wish_of_source, seen=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.change_source(viewer=desk, source=army, wish=replace(wish_of_source, side="x"), seen=1)
    assert refused.value.fields == ("side",)


def test_name_belongs_to_one_source(desk: Viewer) -> None:
    army = desks.source(desk, "The Army", aliases=("General staff", "GENERAL  staff"))
    assert set(SourceName.objects.values_list("name", flat=True)) == {"The Army", "General staff"}
    for taken in ("the  army", "ＧＥＮＥＲＡＬ staff"):
        with pytest.raises(Conflict) as refused:
            desks.source(desk, taken)
        assert refused.value.code == "source-exists"
    assert find_sources(desk.site, "general") == [army]
    desks.source(desks.desk(factories.site()), "The Army")


def test_merge_moves_what_was_said_and_can_be_taken_back(desk: Viewer, document: Document) -> None:
    army, staff = desks.source(desk, "The army"), desks.source(desk, "General staff")
    alone = desks.claim(desk, document, "The army says 20 died.", staff)
    both = desks.claim(desk, document, "The rebels say 200 died.", army, staff)
    merge = actions.merge_sources(viewer=desk, source=staff, into=army)
    assert {shown.claim.pk: shown.sources for shown in claims_of(document)} == {
        alone.pk: (army,),
        both.pk: (army,),
    }
    staff.refresh_from_db()
    said = of_source(staff)
    assert (said.source, said.manners, len(said.claims)) == (army, {"says": 2}, 2)
    assert find_sources(desk.site, "general staff") == [army]
    later = desks.claim(desk, document, "A nurse counted 30 of them.", staff)
    assert claims_of(document)[-1].sources == (army,)
    with pytest.raises(Conflict):
        actions.merge_sources(viewer=desk, source=staff, into=army)

    actions.undo_merge(viewer=desk, merge=merge)
    named = {shown.claim.pk: {source.name for source in shown.sources} for shown in claims_of(document)}
    assert named == {
        alone.pk: {"General staff"},
        both.pk: {"General staff", "The army"},
        later.pk: {"The army"},
    }
    assert [source.name for source in find_sources(desk.site, "general")] == ["General staff"]
    with pytest.raises(Conflict):
        actions.undo_merge(viewer=desk, merge=merge)


def test_source_is_not_merged_into_itself_nor_deleted_while_used(desk: Viewer, document: Document) -> None:
    army, spare = desks.source(desk, "The army"), desks.source(desk, "Nobody")
    claim = desks.claim(desk, document, "The army says 20 died.", army)
    with pytest.raises(InvalidInput):
        actions.merge_sources(viewer=desk, source=army, into=army)
    with pytest.raises(SourceInUse) as refused:
        actions.delete_source(viewer=desk, source=army)
    assert (refused.value.claims, refused.value.count) == ((claim.pk,), 1)
    actions.delete_source(viewer=desk, source=spare)
    with pytest.raises(Conflict):
        desks.claim(desk, document, "The rebels say 200 died.", spare)


def test_story_rests_on_sources_by_their_share_of_the_statements(desk: Viewer, document: Document) -> None:
    army = desks.source(desk, "The army", Source.Kind.PARTY, side="government")
    rebels = desks.source(desk, "The rebels", Source.Kind.PARTY, side="rebels")
    nurse = desks.source(desk, "A nurse", Source.Kind.WITNESS)
    desks.claim(desk, document, "The army says 20 died.", army)
    desks.claim(desk, document, "The rebels say 200 died.", rebels, army)
    desks.claim(desk, document, "A nurse counted 30 of them.", nurse)
    desks.claim(desk, document, "Nobody asked the mayor.")
    shares = {(share.kind, share.side): share for share in rests_on(document)}
    assert sum(share.share for share in shares.values()) == pytest.approx(1)
    assert shares["party", "government"].share == pytest.approx(1.5 / 3)
    assert (shares["party", "government"].statements, shares["witness", ""].sources) == (2, (nurse,))


def test_claims_about_one_matter_stand_together_and_an_empty_matter_goes(
    desk: Viewer, document: Document
) -> None:
    claims = [desks.claim(desk, document, f"The {who} died.") for who in ("army says 20", "rebels say 200")]
    matter = actions.add_matter(viewer=desk, title="How many died", claims=claims)
    assert {shown.claim.matter for shown in claims_of(document)} == {matter}
    for claim in claims:
        actions.put_in_matter(viewer=desk, claim=claim, matter=None)
    assert not Matter.objects.exists()


def test_400_claims_are_read_in_three_statements(
    desk: Viewer, site: Site, django_assert_num_queries: Any
) -> None:
    sentences = [f"Witness {number} saw {number + 7} boats." for number in range(40)]
    document = actions.publish_document(site=site, key="long", text=" ".join(sentences)).document
    sources = [desks.source(desk) for _ in range(4)]
    claims = [desks.claim(desk, document, said, *sources[:2]) for said in sentences]
    with django_assert_num_queries(3):
        shown = claims_of(document)
        assert len(shown) == len(claims) and all(len(one.sources) == 2 for one in shown)
        assert [one.passage.begin for one in shown] == sorted(one.passage.begin for one in shown)
        rests_on(shown)
    with django_assert_num_queries(4):
        of_source(sources[0])


def test_correction_tells_what_was_wrong_and_thanks_who_wishes_it(
    desk: Viewer, document: Document, site: Site
) -> None:
    claim = desks.claim(desk, document, "The army says 20 died.")
    reader = factories.account("Nadia")
    correction = actions.publish_correction(
        viewer=desk,
        document=document,
        passage=claim.passage,
        before="20",
        after="25",
        note="The army said 25.",
        reporter=reader,
        thanked="Nadia",
    )
    assert (correction.version, correction.thanked) == (1, "Nadia")
    with pytest.raises(InvalidInput):
        actions.publish_correction(viewer=desk, document=document, note=" \n")
    draft = actions.open_document(site=site, key="draft")
    with pytest.raises(InvalidInput):
        actions.publish_correction(viewer=desk, document=draft, note="x")
    with pytest.raises(NotFound):
        actions.publish_correction(viewer=desks.moderator(site), document=document, note="x")


def test_person_takes_along_what_they_did_and_is_named_no_more(desk: Viewer, document: Document) -> None:
    reader = factories.account("Nadia")
    claim = desks.claim(desk, document, "The army says 20 died.")
    actions.publish_correction(
        viewer=desk, document=document, note="It was 25.", reporter=reader, thanked="Nadia"
    )
    assert desk.commenter is not None
    kinds = {line["type"] for line in exportables["rejoinder_sourcing"](desk.commenter)}
    assert kinds == {"claim", "status of a claim", "correction made"}
    (told,) = exportables["rejoinder_sourcing"](reader)
    assert (told["type"], told["thanked"]) == ("correction reported", "Nadia")
    erase_person(reader, True)
    correction = Correction.objects.get()
    assert (correction.reporter, correction.thanked, correction.note) == (None, "", "It was 25.")
    assert Claim.objects.get() == claim
