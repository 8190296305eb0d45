"""Texts as they are published, and the passages that go along."""

from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from rejoinder.accounts.models import Site
from rejoinder.core.errors import Conflict, InvalidInput, NotFound
from rejoinder.sourcing.actions import (
    confirm_passage,
    keep_passage,
    move_passage,
    open_document,
    publish_document,
)
from rejoinder.sourcing.models import Document, DocumentVersion, Passage
from rejoinder.sourcing.passages import Anchor
from rejoinder.sourcing.queries import marked_in, passages_to_look_at, text_of
from tests import factories
from tests.sourcing import desks

pytestmark = pytest.mark.django_db

STORY = (
    "The quay was closed on Monday.\n\n"
    "According to the harbour office, 20 ships wait outside. The union puts it at 40.\n\n"
    "Nobody was hurt, the office said."
)
CLAIM = "The union puts it at 40."


def words_of(passage: Passage) -> str:
    passage.refresh_from_db()
    return text_of(passage.document, passage.stood_in)[passage.begin : passage.end]


@pytest.fixture
def site() -> Site:
    return factories.site()


def published(site: Site, text: str = STORY) -> Document:
    return publish_document(site=site, key="story-1", text=text).document


def test_same_words_are_no_new_version(site: Site) -> None:
    first = publish_document(
        site=site, key="a", text="A cafe\u0301  opened.\r\n\r\n\r\nIt closed.", language="fr"
    )
    again = publish_document(site=site, key="a", text="A café opened.\n\nIt closed.")
    assert first.version is not None
    assert (first.version.number, first.version.text) == (1, "A café opened.\n\nIt closed.")
    assert again.version is None
    assert (again.document.language, DocumentVersion.objects.count()) == ("fr", 1)


def test_passage_goes_along_with_every_version_and_comes_back_when_its_sentence_does(site: Site) -> None:
    document = published(site)
    passage = keep_passage(document=document, anchor=desks.anchor(STORY, CLAIM))
    published(site, "A storm came.\n\n" + STORY.replace("puts it at", "puts them at"))
    assert words_of(passage) == "The union puts them at 40."
    assert (passage.state, passage.how, passage.stood_in) == ("placed", "diff", 2)
    document = published(site, STORY.replace(f" {CLAIM}", ""))
    assert words_of(passage) == "The union puts them at 40."
    assert (passage.state, passage.stood_in) == ("detached", 2)
    published(site, "It rained.\n\n" + STORY)
    assert words_of(passage) == CLAIM
    assert (passage.state, passage.stood_in, passage.quote) == ("placed", 4, CLAIM)


def test_rewritten_passage_stays_changed_until_somebody_has_looked(site: Site) -> None:
    desk = desks.desk(site)
    document = published(site)
    claim = desks.claim(desk, document, CLAIM)
    published(site, STORY.replace(CLAIM, "The union, which counted again at noon, puts it at 40 or so."))
    passage = claim.passage
    passage.refresh_from_db()
    assert passage.state == "changed"
    published(site, "It rained.\n\n" + text_of(Document.objects.get()))
    passage.refresh_from_db()
    assert passage.state == "changed"
    assert list(passages_to_look_at(site)) == [passage]
    assert confirm_passage(viewer=desk, passage=passage).state == "placed"
    assert not passages_to_look_at(site).exists()


def test_detached_passage_is_put_in_its_place_by_hand(site: Site) -> None:
    desk = desks.desk(site)
    document = published(site)
    claim = desks.claim(desk, document, CLAIM)
    text = STORY.replace(CLAIM, "Forty, says organised labour.")
    published(site, text)
    assert [passage.state for passage in passages_to_look_at(site)] == ["detached"]
    begin = text.index("Forty")
    with pytest.raises(Conflict):
        move_passage(viewer=desk, passage=claim.passage, begin=begin, end=begin + 6, version=1)
    moved = move_passage(viewer=desk, passage=claim.passage, begin=begin, end=begin + 29, version=2)
    assert (moved.state, moved.how, words_of(moved)) == ("placed", "hand", "Forty, says organised labour.")
    with pytest.raises(NotFound):
        move_passage(viewer=desks.moderator(site), passage=moved, begin=0, end=9, version=2)


def test_passage_of_a_draft_waits_until_it_is_published(site: Site) -> None:
    document = open_document(site=site, key="story-1")
    with pytest.raises(Conflict):
        keep_passage(document=document, anchor=Anchor(CLAIM))
    passage = keep_passage(document=document, anchor=desks.anchor(STORY, CLAIM), waits=True)
    assert passage.state == "waiting"
    assert keep_passage(document=document, anchor=desks.anchor(STORY, CLAIM), waits=True).pk == passage.pk
    published(site, "Another text.")
    passage.refresh_from_db()
    assert passage.state == "waiting"
    published(site)
    assert words_of(passage) == CLAIM
    assert passage.state == "placed"


def test_selection_in_an_older_version_is_kept_in_the_present_one(site: Site) -> None:
    published(site)
    document = published(site, "It rained.\n\n" + STORY.replace("puts it", "puts this"))
    passage = keep_passage(document=document, anchor=desks.anchor(STORY, CLAIM, version=1))
    assert (passage.quote, passage.chosen_in) == ("The union puts this at 40.", 2)
    shown = Anchor("outside.\u00a0The union\n puts this", "", "", 3, 2)
    assert keep_passage(document=document, anchor=shown).quote == "outside. The union puts this"


@pytest.mark.parametrize(
    ("quote", "refused"),
    [(" \n ", InvalidInput), ("…", InvalidInput), ("words of no text at all", Conflict), ("", InvalidInput)],
)
def test_selection_that_is_no_passage_is_refused(site: Site, quote: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        keep_passage(document=published(site, STORY + " …"), anchor=Anchor(quote))
    with pytest.raises(InvalidInput):
        keep_passage(document=published(site, STORY * 20), anchor=Anchor(STORY * 20))


def test_passages_in_a_draft_are_told_and_nothing_is_stored(
    site: Site, django_assert_num_queries: Any
) -> None:
    document = published(site)
    keep_passage(document=document, anchor=desks.anchor(STORY, CLAIM))
    with django_assert_num_queries(2):
        marked = marked_in(document, "New.\n\n" + STORY)
    assert getattr(marked[0].place, "begin", None) == STORY.index(CLAIM) + 6
    assert marked[0].passage.begin == Passage.objects.get().begin == STORY.index(CLAIM)


def test_publication_with_many_passages_takes_few_statements(site: Site) -> None:
    from django.db import connection

    sentences = [f"Witness number {number} saw {number + 7} boats at the pier." for number in range(150)]
    text = "\n\n".join(sentences)
    document = published(site, text)
    for sentence in sentences:
        keep_passage(document=document, anchor=desks.anchor(text, sentence))
    with CaptureQueriesContext(connection) as asked:
        published(site, "It was a clear night.\n\n" + text)
    assert len(asked) < 25
    assert Passage.objects.filter(state="placed", stood_in=2).count() == 150
