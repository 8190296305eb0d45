"""Texts and statements of pages that are published elsewhere: sent by programs, exactly as often as one likes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from rejoinder.accounts.models import Site
from rejoinder.api.actions import add_token
from rejoinder.sourcing.actions import add_claim, keep_passage
from rejoinder.sourcing.models import Claim, ClaimStatus, Document, Matter, Passage, Source
from rejoinder.sourcing.passages import Anchor
from tests import factories as make
from tests.api.asking import Asker, speaking
from tests.sourcing import desks

pytestmark = pytest.mark.django_db

KEY = "https://courier.example/harbour"
TEXT = (
    "The quay was closed on Monday.\n\n"
    "According to the harbour office, 20 ships wait outside. The union puts it at 40.\n\n"
    "Nobody was hurt, the office said."
)
OFFICE = {"name": "Harbour office", "kind": "official", "side": "the port"}
UNION = {"name": "The union", "kind": "party"}


def said(words: str, *sources: Any, manner: str = "says", **more: Any) -> dict[str, Any]:
    return {"passage": {"quote": words}, "sources": list(sources), "manner": manner, **more}


SHIPS = said(
    "20 ships wait outside", OFFICE, figure={"low": "20", "high": "20", "unit": "ships"}, matter="Ships"
)
FORTY = said("The union puts it at 40.", UNION, manner="estimates", said_on="2026-03-14", matter="Ships")


class Sender:
    """A site's own server, with a token of the scope `source`."""

    def __init__(self, site: Site, *, bearer: str = "") -> None:
        token = bearer or add_token(site=site, name="Our pages", scopes=["source"])[1]
        self.site, self.asker = site, Asker(bearer=token)

    def text(self, text: str = TEXT, **more: Any) -> Any:
        return self.asker.send("POST", f"/sites/{self.site.key}/documents", {"key": KEY, "text": text} | more)

    def put(self, *claims: Any, **more: Any) -> Any:
        path = f"/sites/{self.site.key}/claims?key={quote(KEY, safe='')}"
        return self.asker.send("PUT", path, {"claims": list(claims), **more})

    def read(self) -> Any:
        return Asker().ask(f"/sites/{self.site.key}/claims", f"key={quote(KEY, safe='')}").json()


@pytest.fixture
def sender() -> Sender:
    return Sender(make.site())


def test_text_and_claims_are_read_as_they_were_sent_and_sent_again_change_nothing(sender: Sender) -> None:
    first, again = sender.text(language="en"), sender.text()
    assert (first.status_code, again.status_code, again.json()["version"]) == (201, 200, 1)
    answer = sender.put(SHIPS, FORTY)
    assert answer.status_code == 200, answer.content
    taken = answer.json()
    assert (taken["unplaced"], taken["otherwise"]) == ([], [])
    told = sender.read()
    assert told == {name: value for name, value in taken.items() if name in told}
    ships, forty = told["claims"]
    assert (ships["passage"]["quote"], ships["passage"]["before"][-8:]) == (
        "20 ships wait outside",
        "office, ",
    )
    assert (ships["sources"][0]["side"], ships["figure"]["low"]) == ("the port", "20")
    assert (forty["manner"], forty["said_on"], forty["matter"]["title"]) == (
        "estimates",
        "2026-03-14",
        "Ships",
    )
    before = list(Claim.objects.values()), list(ClaimStatus.objects.values())
    same = sender.put(SHIPS, FORTY)
    assert (same.status_code, same.json()["revision"]) == (200, taken["revision"])
    assert (list(Claim.objects.values()), list(ClaimStatus.objects.values())) == before
    assert Source.objects.count() == 2


def test_what_is_not_sent_is_withdrawn_and_what_changed_keeps_its_history(sender: Sender) -> None:
    sender.text()
    seen = sender.put(SHIPS, FORTY).json()["revision"]
    known = {"status": "disputed", "reason": "The log has 18."}
    changed = sender.put({**SHIPS, **known, "manner": "claims"}, revision=seen)
    assert changed.status_code == 200, changed.content
    (one,) = changed.json()["claims"]
    assert (one["manner"], one["status"]) == ("claims", "disputed")
    assert [step["status"] for step in one["history"]] == ["reported", "disputed"]
    assert Claim.objects.exclude(withdrawn=None).count() == 1
    # What is known stays known where nothing is said of it.
    kept = sender.put({**SHIPS, "manner": "claims"}).json()
    assert kept["claims"] == changed.json()["claims"]


def test_who_did_not_see_what_stands_there_overwrites_nothing(sender: Sender) -> None:
    sender.text()
    sender.put(SHIPS)
    document = Document.objects.get()
    desk = desks.desk(sender.site)
    seen = sender.read()["revision"]
    passage = keep_passage(document=document, anchor=Anchor("Nobody was hurt"))
    add_claim(viewer=desk, passage=passage, wish=_wish(desks.source(desk)))
    for more in ({}, {"revision": seen}):
        late = sender.put(FORTY, **more)
        assert (late.status_code, late.json()["code"]) == (409, "changed-meanwhile")
    assert Claim.objects.filter(withdrawn=None).count() == 2
    assert not Source.objects.filter(name="The union").exists()
    assert sender.put(FORTY, revision=sender.read()["revision"]).status_code == 200


def _wish(source: Source) -> Any:
    from rejoinder.sourcing.actions import ClaimWish

    return ClaimWish(sources=[source], manner="says")


def test_words_that_are_not_in_the_text_are_kept_told_and_found_in_a_later_one(sender: Sender) -> None:
    sender.text()
    lost = said("A crane fell into the water at noon.", UNION)
    twice = said("the", OFFICE)
    answer = sender.put(SHIPS, lost, twice).json()
    assert [(one["claim"], one["quote"]) for one in answer["unplaced"]] == [
        (1, "A crane fell into the water at noon."),
        (2, "the"),
    ]
    assert len(answer["claims"]) == 1
    again = sender.put(SHIPS, lost, twice)
    assert again.json()["revision"] == answer["revision"]
    # What tells one from the other makes it a mark; the claim is the one that there was.
    told = {**twice, "passage": {"quote": "the", "before": "According to "}}
    found = sender.put(SHIPS, lost, told).json()
    assert ([one["claim"] for one in found["unplaced"]], found["revision"]) == ([1], answer["revision"])
    text = sender.text(TEXT + "\n\nA crane fell into the water at noon.").json()
    assert text["lost"] == []
    assert [one["passage"]["quote"] for one in sender.read()["claims"]][-1].startswith("A crane")


def test_the_register_stands_unless_it_is_to_be_changed(sender: Sender) -> None:
    sender.text()
    desk = desks.desk(sender.site)
    desks.source(desk, "Harbour office", side="the city", aliases=("The port",))
    other = said("20 ships wait outside", {"name": "The Port", "side": "the port"})
    told = sender.put(other).json()
    assert [(one["name"], one["side"]) for one in told["otherwise"]] == [("Harbour office", "the city")]
    changed = sender.put(other, known_sources="change").json()
    assert changed["otherwise"] == []
    source = Source.objects.get()
    assert (source.name, source.side, source.kind) == ("Harbour office", "the port", "official")
    assert sorted(source.names.values_list("name", flat=True)) == ["Harbour office", "The port"]


def test_a_set_with_one_fault_is_refused_whole_and_says_where(sender: Sender) -> None:
    assert (sender.put(SHIPS).status_code, sender.text().status_code) == (404, 201)
    for status, field, fault in (
        (422, "claims.1.quote", said("– … –", OFFICE)),
        (422, "claims.1.passage.quote", said("", OFFICE)),
        (422, "claims.1.quote", said("x" * 1600, OFFICE)),
        (422, "claims.1.manner", said("The quay", OFFICE, manner="shouts")),
        (422, "claims.1.said_on", said("The quay", OFFICE, said_on="2026-02-31")),
        (422, "claims.1.figure.low", said("The quay", OFFICE, figure={"unit": "ships"})),
        (422, "claims.1.figure", said("The quay", OFFICE, figure={"low": "9", "high": "2"})),
        (422, "claims.1.status", said("The quay", OFFICE, reason="Why")),
        (422, "claims.1.reason", said("The quay", OFFICE, status="false")),
        (422, "kind", said("The quay", {"name": "Nobody knows"})),
        (422, "sources", said("The quay", {"name": "Harbour Office", "kind": "expert"})),
        (422, "claims.1.sources.0.rank", said("The quay", {"name": "Harbour Office", "rank": 1})),
    ):
        answer = sender.put(SHIPS, fault)
        assert (answer.status_code, answer.json().get("field")) == (status, field), answer.content
    assert not Claim.objects.exists() and not Passage.objects.exists() and not Source.objects.exists()
    assert not Matter.objects.exists()


def test_only_owners_editors_and_programs_that_may_send_anything() -> None:
    site = make.site()
    Sender(site).text()
    editor = speaking(make.staff(site, "editor"), site)
    body = {"key": KEY, "text": TEXT + " More."}
    assert editor.send("POST", f"/sites/{site.key}/documents", body).status_code == 201
    writing = add_token(site=site, name="Comments", scopes=["read", "write", "flag"])[1]
    elsewhere = add_token(site=make.site(), name="Another", scopes=["source"])[1]
    for bearer in (writing, elsewhere):
        sender = Sender(site, bearer=bearer)
        assert sender.text("Other words.").status_code in {401, 403}
        assert sender.put(SHIPS).status_code in {401, 403}
    assert (
        speaking(make.staff(site, "moderator"), site)
        .send("POST", f"/sites/{site.key}/documents", body)
        .status_code
        == 404
    )
    # A program that sends texts moderates nothing.
    held = make.comment(make.thread(site))
    type(held).objects.filter(pk=held.pk).update(state="held", listed=False)
    assert Sender(site).asker.ask(f"/comments/{held.public_id}").status_code in {403, 404}
    assert not Claim.objects.exists()
