"""Comments about a passage: tied to it, told what became of it, and read by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.errors import Conflict
from rejoinder.discussion.actions import post_comment
from rejoinder.discussion.actions.change import set_comment_state
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import ORDERS
from rejoinder.discussion.people import erase_person, export_person
from rejoinder.discussion.ports import Writing
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.cursor import parse
from rejoinder.sourcing.actions import keep_passage, publish_correction, publish_document
from rejoinder.sourcing.models import Document, Passage
from rejoinder.sourcing.passages import Anchor
from rejoinder.sourcing.queries import passages_to_look_at
from rejoinder.sourcing.talk.notes import notes_of, talked_about
from rejoinder.transfer.exporters.jsonl import export
from tests import factories
from tests.discussion.walking import cursors_of, drawn_in
from tests.sourcing import desks

pytestmark = pytest.mark.django_db

STORY = (
    "The quay was closed on Monday.\n\n"
    "According to the harbour office, 20 ships wait outside. The union puts it at 40.\n\n"
    "Nobody was hurt, the office said."
)
CLAIM = "The union puts it at 40."


@pytest.fixture
def site() -> Site:
    return factories.site()


@pytest.fixture
def thread(site: Site) -> Thread:
    publish_document(site=site, key="story-1", text=STORY)
    return factories.thread(site, "story-1", url=f"https://{site.key}.example/story-1")


def passage_of(thread: Thread, words: str = CLAIM) -> Passage:
    document = Document.objects.get(site=thread.site, key=thread.key)
    return keep_passage(document=document, anchor=Anchor(words))


def say(thread: Thread, passage: Passage, body: str = "", **more: Any) -> Comment:
    number = factories.a_number()
    typed = Writing(
        body=body or f"Thought number {number}.",
        name="Reader",
        guest_token=ids.secret(),
        place={"passage": ids.encode(passage.pk)},
        **more,
    )
    return post_comment(viewer=factories.viewer(thread.site), thread=thread, writing_=typed).comment


def page(thread: Thread, **asked: str) -> str:
    answer = Client().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key, **asked})
    return str(answer.content.decode())


def test_selected_words_become_the_quote_above_a_comment_and_its_replies_are_about_them_too(
    thread: Thread,
) -> None:
    reader = factories.guest()
    sent = {"quote": "union puts\u00a0it at 40", "before": "outside. The ", "after": ".", "position": "x"}
    answer = reader.write(thread, "Where is that from?", **sent)
    assert answer.status_code == 201, answer.content
    first = Comment.objects.get()
    passage = Passage.objects.get()
    assert (first.anchor, passage.quote, passage.talked) == (
        ids.encode(passage.pk),
        "union puts it at 40",
        True,
    )
    assert f'story-1#p-{first.anchor}">union puts it at 40</a>' in answer.json()["html"]
    factories.comment(thread, "From the union.", parent=first)
    again = reader.write(thread, "Where is that from?", **sent | {"quote": "20 ships wait outside"})
    assert again.json()["id"] != first.public_id, "the same words at another place are another comment"
    assert list(Comment.objects.order_by("pk").values_list("anchor", flat=True))[:2] == [first.anchor] * 2
    html = page(thread)
    assert html.count('<div class="about">') == 2, "once each, not above the reply"


def test_words_that_the_text_does_not_have_are_refused_with_the_text_kept(thread: Thread) -> None:
    sent = {
        "key": thread.key,
        "body": "My long thought.",
        "name": "Reader",
        "quote": "Nobody said <b>this</b>.",
    }
    answer = factories.guest().post(reverse("rejoinder:comments", args=[thread.site.key]), sent)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "My long thought." in html
    assert 'name="quote" value="Nobody said &lt;b&gt;this&lt;/b&gt;."' in html
    assert not Comment.objects.exists()
    assert not Passage.objects.exists()


def test_words_of_a_draft_and_of_another_text_are_nobodys_to_comment_on(site: Site, thread: Thread) -> None:
    document = Document.objects.get(site=site)
    draft = keep_passage(document=document, anchor=Anchor("Nobody may know."), waits=True)
    publish_document(site=site, key="other", text="The mill burns tonight again.")
    other = passage_of(factories.thread(site, "other"), "The mill burns tonight again.")
    for passage in (draft, other):
        with pytest.raises(Conflict):
            say(thread, passage)
        asked = {"key": thread.key, "passage": ids.encode(passage.pk)}
        answer = Client().get(reverse("rejoinder:thread", args=[site.key]), asked)
        assert answer.status_code == 404
        assert passage.quote not in answer.content.decode()


def test_quote_says_what_became_of_its_words(site: Site, thread: Thread) -> None:
    passage = passage_of(thread)
    say(thread, passage)
    assert "about" in page(thread)
    assert "no longer" not in page(thread)
    publish_document(site=site, key="story-1", text=STORY.replace("puts it at 40", "puts it at 45"))
    html = page(thread)
    assert CLAIM in html
    assert "<q>The union puts it at 45.</q>" in html
    publish_document(site=site, key="story-1", text="Another story. Entirely.")
    html = page(thread)
    assert CLAIM in html
    assert "These words are no longer in the text." in html
    assert f"#p-{ids.encode(passage.pk)}" not in html, "there is no such place to lead to"
    assert list(passages_to_look_at(site)) == [passage]
    say(thread, passage, "Still about what you have deleted.")


def test_page_of_a_passage_has_its_comments_alone_and_a_form_without_scripts(thread: Thread) -> None:
    passage = passage_of(thread)
    anchor = ids.encode(passage.pk)
    say(thread, passage, "About the union.")
    factories.comment(thread, "About the weather.")
    html = page(thread, passage=anchor)
    assert "About the union." in html
    assert "About the weather." not in html
    assert f'<input type="hidden" name="passage" value="{anchor}">' in html
    assert html.count(CLAIM) == 1, "said at its head, not above each"
    note = notes_of(thread.site, [passage])[passage.pk]
    assert "1 comment on this passage" in note
    assert f"passage={anchor}#discussion" in note
    assert talked_about(passage.document) == [passage]


def test_staff_answer_stands_in_the_note_of_the_passage(thread: Thread) -> None:
    passage, other = passage_of(thread), passage_of(thread, "20 ships wait")
    asked = say(thread, passage, "Says who?")
    say(thread, other, "And these?")
    factories.comment(
        thread, "The union, in *writing*.", parent=asked, by=factories.staff(thread.site, name="Ada Desk")
    )
    notes = notes_of(thread.site, [passage, other])
    assert "Ada Desk" in notes[passage.pk]
    assert "The union, in <em>writing</em>." in notes[passage.pk]
    assert "Says who?" not in notes[passage.pk]
    assert "note-answer" not in notes[other.pk]


def test_comments_written_before_a_correction_say_so(thread: Thread) -> None:
    document = Document.objects.get(site=thread.site)
    factories.comment(thread, "Forty? Really?")
    page(thread)  # what is asked once an edition of the site
    with CaptureQueriesContext(connection) as plain:
        assert "before the correction" not in page(thread)
    publish_correction(viewer=desks.desk(thread.site), document=document, note="The union says 45.")
    factories.comment(thread, "Thanks for putting it right.")
    page(thread)
    with CaptureQueriesContext(connection) as corrected:
        html = page(thread)
    older, newer = html.index("Forty? Really?"), html.index("Thanks for putting it right.")
    assert html.count("before the correction of") == 1
    assert newer < html.index("before the correction of") < older, (
        "newest first: in the head of the older one"
    )
    assert len(corrected) == len(plain) + 1


def test_passage_that_only_removed_comments_are_about_has_no_mark(thread: Thread) -> None:
    passage = passage_of(thread)
    set_comment_state(comment=say(thread, passage), state="removed")
    assert talked_about(passage.document) == []


@settings(max_examples=10, deadline=None)
@given(sizes=st.tuples(st.integers(0, 70), st.integers(0, 30)), gone=st.sets(st.integers(0, 99), max_size=6))
def test_reading_by_passage_visits_each_of_its_comments_once(sizes: tuple[int, int], gone: set[int]) -> None:
    site = factories.site()
    publish_document(site=site, key="story", text=STORY)
    thread = factories.thread(site, "story")
    mine, other = passage_of(thread), passage_of(thread, "20 ships wait")
    rows = factories.rows_of(thread, [None] * (sizes[0] + 9) + [number % 5 for number in range(sizes[1])])
    for number, row in enumerate(rows):
        tied = mine if row.parent_id or number % 9 < 6 else other
        anchor = rows[number].anchor = ids.encode(tied.pk)
        Comment.objects.filter(pk=row.pk).update(anchor=anchor)
    for number in gone & set(range(len(rows))):
        set_comment_state(comment=Comment.objects.get(pk=rows[number].pk), state="removed")
    thread.refresh_from_db()
    wanted = Comment.objects.filter(anchor=ids.encode(mine.pk), listed=True)
    for order in ORDERS:
        window = build.first(site, thread, order, anchor=ids.encode(mine.pk))
        seen, waiting = drawn_in(window), cursors_of(window)
        while waiting:
            window = build.further(site, thread, parse(waiting.pop(0), thread=thread.pk, order=order))
            seen += drawn_in(window)
            waiting += cursors_of(window)
        assert len(seen) == len(set(seen))
        assert set(seen) == set(wanted.values_list("pk", flat=True))


def test_thread_without_passages_costs_no_query_more(thread: Thread) -> None:
    factories.comment(thread)
    page(thread)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            page(thread)
        return [query["sql"] for query in captured.captured_queries]

    before = asked()
    assert not any("rejoinder_passage" in sql or "rejoinder_document" in sql for sql in before)
    for words in (CLAIM, "20 ships wait", "Nobody was hurt"):
        say(thread, passage_of(thread, words))
    assert len(asked()) == len(before) + 1


def test_erasing_and_exporting_keep_what_a_comment_is_about(thread: Thread) -> None:
    passage = passage_of(thread)
    comment = say(thread, passage)
    assert f'"passage":"{ids.encode(passage.pk)}"' in "".join(export(site=thread.site))
    assert comment.author is not None
    assert next(export_person(comment.author))["passage"] == comment.anchor
    erase_person(comment.author, True)
    assert factories.again(comment).anchor == ids.encode(passage.pk)
    assert CLAIM in page(thread)
