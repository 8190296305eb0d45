"""Comments about words of a text, through the API."""

from __future__ import annotations

import pytest

from rejoinder.core import ids
from rejoinder.sourcing.actions import publish_correction, publish_document
from rejoinder.sourcing.models import Passage
from tests import factories as make
from tests.api.asking import Asker, origin
from tests.sourcing import desks

pytestmark = pytest.mark.django_db

TEXT = "Twenty ships wait.\n\nThe union says that twenty ships wait, the office says ten."


def test_selected_words_become_the_passage_of_a_comment_which_says_when_the_text_was_corrected() -> None:
    site = make.site()
    document = publish_document(site=site, key="story", text=TEXT).document
    make.thread(site, "story")
    page = Asker(origin=origin(site))
    words = {"quote": "twenty\u00a0ships wait", "before": "The union says that ", "after": ", the office"}
    said = page.post_comment(site, key="story", **words)
    assert said.status_code == 201, said.content
    passage = Passage.objects.get()
    assert (passage.quote, passage.begin) == ("twenty ships wait", TEXT.index("twenty"))
    assert (said.json()["comment"]["passage"], said.json()["comment"]["corrected"]) == (
        ids.encode(passage.pk),
        None,
    )
    done = publish_correction(viewer=desks.desk(site), document=document, note="Ten, says the union.")
    (listed,) = page.ask(f"/sites/{site.key}/comments", "key=story").json()["comments"]
    assert listed["passage"] == ids.encode(passage.pk)
    assert listed["corrected"][:19] == done.created.isoformat()[:19]


def test_words_that_name_no_place_are_refused_and_nothing_is_stored() -> None:
    site = make.site()
    publish_document(site=site, key="story", text=TEXT)
    make.thread(site, "story")
    make.thread(site, "unknown")
    page = Asker(origin=origin(site))
    for status, code, sent in (
        (409, "gone", {"quote": "forty ships sank"}),
        (409, "gone", {"quote": "Twenty ships wait", "key": "unknown"}),
        (422, "passage-nothing", {"quote": "   "}),
        (422, "place", {"quote": "Twenty ships", "passage": "abc"}),
        (422, "missing", {"before": "The union"}),
        (422, "empty", {"quote": ""}),
        (422, "out-of-range", {"quote": "a" * 20_000}),
    ):
        answer = page.post_comment(site, **{"key": "story", **sent})
        assert (answer.status_code, answer.json()["code"]) == (status, code), sent
    assert not Passage.objects.exists()
