"""A story as readers and machines get it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from lxml import html

from rejoinder.core import clock
from rejoinder.newsroom.composing import Lead
from rejoinder.newsroom.models import FrontPage, StoryPage
from tests import factories
from tests.newsroom import papers

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def get(page: StoryPage, **more: Any) -> Any:
    return Client().get(page.address, **more)


def facts(response: Any) -> dict[str, Any]:
    """The JSON-LD of a page by type, read as a browser's parser finds it."""
    (script,) = html.fromstring(response.content).xpath("//script[@type='application/ld+json']")
    return {node["@type"]: node for node in json.loads(script.text)["@graph"]}


def test_story_shows_headline_standfirst_byline_and_dateline(front: FrontPage) -> None:
    ada = papers.author(front)
    page = papers.story(
        front,
        "The quay moved",
        standfirst="Nobody pushed.",
        section=papers.section(front),
        authors=[(ada, ada.title), (None, "A Stringer")],
        place="Brennick",
        day=date(2026, 3, 14),
    )
    tree = html.fromstring(get(page).content)
    assert tree.xpath("//article//h1/text()") == ["The quay moved"]
    assert tree.xpath("//p[@class='standfirst']/text()") == ["Nobody pushed."]
    assert tree.xpath("//a[@rel='author']/@href") == [ada.address]
    assert "A Stringer" in "".join(tree.xpath("//span[@class='by']//text()"))
    assert tree.xpath("//p[@class='dateline']//text()") == ["Brennick", ", ", "14 March"]
    assert tree.xpath("//p[@class='kicker']/a/@href") == ["/sections/harbour/"]


def test_story_shows_every_kind_of_block(front: FrontPage) -> None:
    image = {"image": papers.drawing().pk, "alt_text": "A quay", "decorative": False}
    body = [
        ("text", "<h2>Who measured</h2><p>Some <b>bold</b> words.</p>"),
        ("quote", {"text": "It was the tide.", "attribution": "The harbour office"}),
        ("picture", {"image": image, "caption": "The quay", "credit": "Ada Brook"}),
        ("pull_out", {"text": "Nobody looked again."}),
        (
            "link_card",
            {"url": "https://example.org/report", "title": "The report", "description": "Four pages"},
        ),
        ("correction", {"corrected": "2026-03-15T09:12:00+00:00", "text": "It was eleven, not twelve."}),
    ]
    tree = html.fromstring(get(papers.story(front, body=body)).content)
    for path, words in {
        "//div[@class='prose']/h2": "Who measured",
        "//div[@class='prose']//b": "bold",
        "//figure[@class='quoted']/blockquote/p": "It was the tide.",
        "//figure[@class='quoted']/figcaption": "The harbour office",
        "//figure[@class='shown']/figcaption/span[1]": "The quay",
        "//span[@class='credit']": "Ada Brook",
        "//p[@class='pull-out']": "Nobody looked again.",
        "//aside[@class='link-card']/a": "The report",
        "//section[@class='correction']/p": "It was eleven, not twelve.",
    }.items():
        assert words in tree.xpath(path)[0].text_content(), path
    assert tree.xpath("//figure[@class='shown']/img/@alt") == ["A quay"]


def test_arabic_story_keeps_the_english_masthead(front: FrontPage) -> None:
    tree = html.fromstring(get(papers.story(front, "ليلة البوابة", language="ar")).content)
    article = tree.xpath("//article[@aria-labelledby='headline']")[0]
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")


def test_first_window_of_the_discussion_stands_in_the_html(front: FrontPage) -> None:
    page = papers.story(front)
    thread = papers.thread_of(page, front)
    root = factories.comment(thread, "By whose chart?", name="Leena")
    factories.comment(thread, "By the **new** one.", parent=root)
    text = get(page).content.decode()
    assert "By whose chart?" in text
    assert "<strong>new</strong>" in text
    assert html.fromstring(text).xpath("//section[@id='discussion']//h2")[0].text_content() == "2 comments"


def test_comments_are_told_to_machines_nested(front: FrontPage) -> None:
    page = papers.story(front, "The quay moved", published=clock.now() - timedelta(days=1))
    thread = papers.thread_of(page, front)
    root = factories.comment(thread, "By whose chart?", name="Leena")
    factories.comment(thread, "By the **new** one.", parent=root)
    told = facts(get(page))
    article, talk = told["NewsArticle"], told["DiscussionForumPosting"]
    assert article["headline"] == "The quay moved"
    assert article["commentCount"] == 2
    assert article["url"] == f"http://testserver{page.address}"
    (first,) = talk["comment"]
    assert first["author"]["name"] == "Leena"
    assert first["comment"][0]["text"] == "By the new one."


def test_removed_comment_is_nowhere_on_the_page(front: FrontPage) -> None:
    page = papers.story(front)
    root = factories.comment(papers.thread_of(page, front), "Secret insult", name="Boor")
    factories.comment(papers.thread_of(page, front), "An answer", parent=root)
    factories.decide(root, "remove")
    response = get(page)
    assert "Secret insult" not in response.content.decode()
    assert "Boor" not in response.content.decode()
    (gone,) = facts(response)["DiscussionForumPosting"]["comment"]
    assert gone["creativeWorkStatus"] == "Deleted"
    assert gone["comment"][0]["text"] == "An answer"


BREAKOUT = "</script><script>alert(1)</script><!-- \u2028 & ]]>"


def test_nothing_breaks_out_of_the_machines_data(front: FrontPage) -> None:
    page = papers.story(front, BREAKOUT, standfirst=BREAKOUT, authors=[(None, BREAKOUT[:40])])
    factories.comment(papers.thread_of(page, front), BREAKOUT.replace("\u2028", ""), name="Ada")
    response = get(page)
    told = facts(response)
    assert told["NewsArticle"]["headline"] == BREAKOUT
    text = response.content.decode()
    assert "<script>alert" not in text
    block = text.split('application/ld+json">')[1].split("</script>")[0]
    assert not set(block) & set("<>&\u2028\u2029")
    assert escape(BREAKOUT) in text


def test_stored_markup_is_cleaned_on_the_way_out(front: FrontPage) -> None:
    bad = (
        '<p onclick="x()">One<script>x()</script><a href="javascript:x()">two</a><img src=x onerror=x()></p>'
    )
    text = get(papers.story(front, body=[("text", bad)])).content.decode()
    assert "onclick" not in text
    assert "javascript:" not in text
    assert "onerror" not in text


def test_links_between_stories_follow_a_new_slug_in_one_look_up(front: FrontPage) -> None:
    target = papers.story(front, "Where it leads")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    page = papers.story(front, body=[("text", link), ("pull_out", {"text": "x"}), ("text", link)])
    target.slug = "led-elsewhere"
    target.save_revision().publish()
    assert get(page).content.count(b'href="/stories/led-elsewhere/"') == 2


def test_reading_sets_no_cookie_and_holds_no_token(front: FrontPage) -> None:
    page = papers.story(front)
    for address in (page.address, front.address):
        response = Client().get(address)
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
        assert "Cookie" not in response.get("Vary", "")
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=2"


def test_staff_read_the_same_bytes_as_everybody(front: FrontPage) -> None:
    page = papers.story(front)
    editor = factories.staff(front.publication, "editor")
    assert factories.signed_in(editor).get(page.address).content == get(page).content
    assert get(page, headers={"accept-language": "de"}).content == get(page).content


def test_page_that_did_not_change_is_not_sent_again(front: FrontPage) -> None:
    page = papers.story(front)
    tag = get(page)["ETag"]
    assert get(page, headers={"if-none-match": tag}).status_code == 304
    factories.comment(papers.thread_of(page, front))
    assert get(page, headers={"if-none-match": tag}).status_code == 200


def test_address_of_a_page_does_not_come_from_the_request(front: FrontPage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    response = get(papers.story(front), headers={"host": "evil.example"})
    assert b"evil.example" not in response.content


def test_draft_is_not_there(front: FrontPage) -> None:
    assert get(papers.story(front, publish=False)).status_code == 404


def test_story_of_one_site_is_not_on_the_other(front: FrontPage) -> None:
    other = papers.newsroom(hostname="other.example")
    page = papers.story(other)
    assert get(page).status_code == 404


def test_former_address_leads_to_the_new_one(
    front: FrontPage, django_capture_on_commit_callbacks: Any
) -> None:
    page = papers.story(front, "The quay moved")
    before = page.address
    page.slug = "the-quay-moved-twice"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = Client().get(before)
    assert (response.status_code, response["Location"]) == (301, "/stories/the-quay-moved-twice/")


def test_story_with_a_photograph_costs_a_fixed_number_of_queries(
    front: FrontPage, django_assert_max_num_queries: Any
) -> None:
    ada = papers.author(front)
    image = {"image": papers.photograph().pk, "alt_text": "A quay", "decorative": False}
    page = papers.story(
        front,
        section=papers.section(front),
        authors=[(ada, ada.title)],
        lead=Lead(papers.photograph(), "A quay"),
        body=[("text", "<p>One</p>"), *[("picture", {"image": image})] * 4, ("text", "<p>Two</p>")],
    )
    get(page)  # makes the renditions, as a job does after publication
    with django_assert_max_num_queries(12 + 3):  # and those of the thread and its window
        assert get(page).status_code == 200


def test_pages_without_a_site_of_their_own_bear_the_publications_name(front: FrontPage) -> None:
    for path in ("/nowhere/", "/accounts/login/", "/threads/absent/?key=x"):
        html = Client().get(path).content.decode()
        assert f'<p class="title"><a href="/">{front.title}</a></p>' in html, path


def test_pages_of_a_discussion_lead_to_the_sections(front: FrontPage) -> None:
    papers.section(front, "Harbour")
    comment = factories.comment(papers.thread_of(papers.story(front), front))
    for path in (f"/comments/{comment.public_id}/", f"/comments/{comment.public_id}/reply/"):
        assert '<a href="/sections/harbour/">Harbour</a>' in Client().get(path, follow=True).content.decode()
