"""Saved pages: the article and its comments, each whole, neither in the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rejoinder.core.text.render import plain
from rejoinder.transfer.importers.found import Page
from rejoinder.transfer.importers.page import read_page
from tests.shared import shared_path
from tests.transfer.importers.pages import ARTICLE, ARTICLE_TEXTS, html, saved, thread, wordpress_comment

CET = timezone(timedelta(hours=1))
MAKES = ["wordpress", "microdata", "rdfa", "jsonld", "lists"]


def shape(page: Page) -> list[tuple[str, str | None, str]]:
    return [(one.key, one.parent, one.author) for one in page.comments]


@pytest.mark.parametrize("make", MAKES)
def test_the_article_is_the_same_whatever_the_comments_make(make: str) -> None:
    page = saved(make)
    assert page.title == "Ferry timetable halved from May"
    assert page.byline == ("Ida Brekke", "Noor Hakim")
    assert [block.kind for block in page.blocks] == [
        *("paragraph", "heading", "paragraph", "quote", "list", "image", "paragraph")
    ]
    assert page.blocks[0].text.startswith(
        "The harbour council voted on Monday to **halve the ferry timetable**"
    )
    assert page.blocks[4].text == "- Eleven crossings a day until April\n- Six from May"
    assert (page.blocks[5].text, page.blocks[5].credit) == ("The old quay", "Photo: Sven Aas")


@pytest.mark.parametrize("make", MAKES)
def test_comments_and_article_do_not_leak_into_each_other(make: str) -> None:
    page = saved(make)
    article = "\n".join(plain(block.text) for block in page.blocks if block.kind != "image")
    for comment in page.comments:
        assert plain(comment.body).split("\n")[0] not in article
        assert "council voted" not in comment.body
    for word in ("Reply", "Antworten", "Pingback", "Kommentare", "Imprint", "email"):
        assert word not in article
        assert not any(
            word in comment.body and "by reference" not in comment.body for comment in page.comments
        )


def test_wordpress_comments_keep_their_tree_their_numbers_and_their_dates() -> None:
    page = saved("wordpress")
    assert shape(page) == [
        ("41", None, "Sven Aas"),
        ("42", "41", "Per & Kari"),
        ("45", "42", "Ida Brekke"),
        ("46", None, "Sven Aas"),
    ]
    assert page.comments[0].created == datetime(2031, 3, 4, 8, 5, tzinfo=CET)
    assert page.comments[0].url == "https://gazette.example/2031/ferry/#comment-41"
    assert (page.people, page.depth, len(page.roots)) == (3, 3, 2)


def test_the_page_says_when_where_and_in_what_language_it_appeared() -> None:
    page = saved("wordpress")
    assert page.published == datetime(2031, 3, 4, 6, 30, tzinfo=CET)
    assert (page.section, page.language) == ("Harbour", "en-GB")
    assert page.canonical_url == "https://gazette.example/2031/ferry/"


def test_a_date_like_yesterday_is_unknown() -> None:
    assert saved("wordpress").comments[2].created is None
    assert saved("lists").comments[2].created is None


def test_a_body_keeps_its_markup_and_nothing_typed_becomes_markup() -> None:
    first, second, third, _ = saved("wordpress").comments
    assert first.body == (
        "Who was in the room? *Two members* of eleven.\nThat is not the council.\n\n"
        r"5 \* 3 \* 2 &lt;b> is \[not\] \_markup\_."
    )
    assert second.body == (
        "> not the council\n\nSee [the minutes](https://council.example/minutes?item=4):\n\n- item 4\n- item 9"
    )
    assert third.body == "Thank you, added. 🙂"


def test_pingbacks_held_comments_and_other_pages_comments_are_reported_not_published() -> None:
    page = saved("wordpress")
    assert [(one.where.split(",")[0], one.why.split()[0]) for one in page.unplaced] == [
        ("comment 43", "a"),
        ("comment 44", "was"),
        ("comment 12", "stands"),
    ]
    assert "Nobody has read this yet." not in str(page.comments)


def test_replies_to_what_is_not_published_stand_one_level_up() -> None:
    reply = wordpress_comment(3, "<p>Seen.</p>", name="Noor Hakim").replace("depth-1", "depth-2")
    held = wordpress_comment(2, "<p>Hidden.</p>", kind="comment unapproved")
    page = html(ARTICLE + thread(held.replace("</li>", f'<ul class="children">{reply}</ul></li>')))
    assert shape(page) == [("3", None, "Noor Hakim")]


def test_microdata_gives_names_votes_and_replies() -> None:
    page = saved("microdata")
    assert shape(page) == [
        ("c-1", None, "Sven Aas"),
        ("c-2", "c-1", "Noor Hakim"),
        ("c-3", None, "Kari Lie"),
    ]
    assert [one.up for one in page.comments] == [7, None, None]
    assert page.comments[0].created == datetime(2031, 3, 4, 8, 5, tzinfo=UTC)
    assert page.comments[2].body == r"Plain \*text\* here"


def test_a_day_takes_its_hour_from_what_the_page_shows() -> None:
    assert saved("microdata").comments[1].created == datetime(2031, 3, 4, 9, 10)  # noqa: DTZ001


def test_rdfa_names_what_a_reply_answers() -> None:
    assert shape(saved("rdfa")) == [("#one", None, "Sven Aas"), ("#two", "#one", "Kari Lie")]


def test_json_ld_is_followed_through_nesting_and_references() -> None:
    page = saved("jsonld")
    assert shape(page) == [
        ("#k1", None, "Sven Aas"),
        ("#k2", "#k1", "Noor Hakim"),
        ("#k3", None, "Kari Lie"),
        ("#k4", "#k3", "Noor Hakim"),
    ]
    assert [one.up for one in page.comments] == [3, None, 12, None]
    assert page.comments[0].body == r"Who was in the room? 1 &lt; 2 & \*so\* on"
    assert page.comments[1].body == "Two of **eleven**.\n\nSee above."
    assert [one.why for one in page.unplaced] == ["JSON-LD that cannot be read"]


def test_lists_of_unknown_make_are_read_by_what_their_parts_are_called() -> None:
    page = saved("lists")
    assert shape(page) == [
        ("9001", None, "Sven Aas"),
        ("9002", "9001", "Kari Lie"),
        ("9003", None, "Noor Hakim"),
    ]
    assert page.comments[0].body == "Who was in the room?\n\nAll of it."
    assert page.comments[0].created == datetime(2031, 3, 4, 8, 5)  # noqa: DTZ001 (the page names no zone)
    assert page.comments[0].up == 4


def test_the_fullest_reading_wins_and_what_only_another_holds_is_reported() -> None:
    first = '{"@type":"Comment","text":"One.","author":"Ida Brekke"}'
    third = '{"@type":"Comment","text":"Only here.","author":"Kari Lie"}'
    script = f'<script type="application/ld+json">[{first},{third}]</script>'
    three = thread(
        *(wordpress_comment(number, f"<p>{word}.</p>") for number, word in enumerate(["One", "Two", "Three"]))
    )
    page = html(script + ARTICLE + three)
    assert [one.body for one in page.comments] == ["One.", "Two.", "Three."]
    assert [one.text for one in page.unplaced] == ["Kari Lie: Only here."]


def test_a_comment_that_stands_twice_is_taken_once() -> None:
    twice = thread(wordpress_comment(1, "<p>One.</p>")) * 2
    page = html(ARTICLE + twice)
    assert [one.key for one in page.comments] == ["1"]
    assert [one.why for one in page.unplaced] == ["the same comment stands on the page twice"]


def test_two_comments_with_one_number_keep_apart() -> None:
    page = html(ARTICLE + thread(wordpress_comment(1, "<p>One.</p>"), wordpress_comment(1, "<p>Two.</p>")))
    assert [(one.key, one.body) for one in page.comments] == [("1", "One."), ("2", "Two.")]


def test_an_id_that_looks_like_a_place_does_not_collide() -> None:
    comments = thread(
        *(
            wordpress_comment(number, f"<p>{word}.</p>")
            for number, word in [(2, "One"), (2, "Two"), (3, "Three")]
        )
    )
    keys = [one.key for one in html(ARTICLE + comments).comments]
    assert len(set(keys)) == 3


def test_a_circle_of_replies_is_opened_and_reported() -> None:
    nodes = ",".join(
        f'{{"@type":"Comment","@id":"#{one}","text":"I am {one}.","parentItem":{{"@id":"#{other}"}}}}'
        for one, other in [("a", "b"), ("b", "c"), ("c", "a")]
    )
    page = html(f'<script type="application/ld+json">[{nodes}]</script>{ARTICLE}')
    assert len(page.comments) == 3
    assert len(page.roots) == 1
    assert [one.why.split(";")[0] for one in page.unplaced] == ["replies in a circle"]


def test_what_a_commenter_typed_does_not_pass_for_a_name_or_a_date() -> None:
    typed = '<p>Well. <b class="fn">The Editor</b> <time datetime="2001-01-01">x</time></p>'
    page = html(ARTICLE + thread(wordpress_comment(1, typed)))
    assert (page.comments[0].author, page.comments[0].created) == ("Ida Brekke", None)


def test_a_page_without_comments_is_a_page() -> None:
    page = html(ARTICLE)
    assert (page.comments, page.depth, page.people) == ((), 0, 0)
    assert tuple(block.text for block in page.blocks) == ARTICLE_TEXTS


def test_comments_without_an_article_are_read_and_the_lack_is_reported() -> None:
    page = html(thread(wordpress_comment(1, "<p>One.</p>")))
    assert len(page.comments) == 1
    assert [one.where for one in page.unplaced] == ["the page"]


def test_short_articles_are_not_mixed_with_the_menu() -> None:
    page = html(
        "<header>Home Harbour</header><article><h1>Fog</h1><p>No boats.</p></article><footer>Imprint</footer>"
    )
    assert [block.text for block in page.blocks] == ["No boats."]


REAL = {
    # Of the 59 elements that look like comments, 5 stand in the sidebar and belong to other pages.
    "trafilatura__tests__cache__spektrum.de.engelbart.html": (54, 5),
    "trafilatura__tests__eval__foxyfolksy.com.buttercream.html": (80, 0),
    "trafilatura__tests__eval__golfpost.de-premiere.html": (33, 0),
    # 45 entries: 40 comments and 5 pingbacks.
    "trafilatura__tests__eval__gormulus.wordpress.com.durfen.html": (40, 5),
}


@pytest.mark.parametrize("name", REAL)
def test_real_pages_give_each_comment_once_with_name_text_and_date(name: str) -> None:
    path = shared_path(f"data/pages/{name}")
    page = read_page(path.read_bytes(), name=path.name)
    assert (len(page.comments), len(page.unplaced)) == REAL[name]
    assert all(one.author and one.body and one.created and one.url for one in page.comments)
    assert page.title and page.published and page.canonical_url and page.language
    article = "\n".join(plain(block.text) for block in page.blocks)
    assert len(article) > 1000
    assert not any(plain(one.body) in article for one in page.comments if len(one.body) > 30)
