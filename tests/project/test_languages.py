"""Pages in German and in Arabic: each of their words is in that language, and the page says which it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from lxml import html

from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Comment, Thread
from tests import factories
from tests.newsroom import papers

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]

# What people typed is Greek here, so that it is never taken for ours.
NAME, WORDS, TITLE, PAPER = "Ελένη", "Η παλίρροια ήρθε νωρίς.", "Το λιμάνι", "Η Εφημερίδα"
GREEK = re.compile(r"[\u0370-\u03ff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Words that are the same in English, each for a reason.
SAME = {
    "ar": {"Rejoinder", "Markdown"},  # names
    "de": {"Rejoinder", "Link", "Feed", "Name", "Text", "Spam"},  # names, and what German took over
}
# What scripts fill in.
FILLED_IN = re.compile(r"\{\w+\}")
SAID = ("aria-label", "title", "alt", "placeholder", "label")


@dataclass
class Scene:
    """A site in one language in which everything has happened once."""

    language: str
    site: Site = field(init=False)
    thread: Thread = field(init=False)
    reader: factories.Browser = field(init=False)
    editor: Commenter = field(init=False)
    paper: Any = None

    def __post_init__(self) -> None:
        self.site = factories.site(language=self.language, name=PAPER)
        self.thread = factories.thread(self.site, title=TITLE)
        self.editor = factories.staff(self.site, "editor", name="Νίκος")
        self.reader = factories.guest()
        for _number in range(3):
            root = self.comment()
            for _reply in range(2):
                self.comment(parent=root)
        factories.decide(self.comment(parent=root), "remove", by=self.editor, reason=WORDS)
        factories.decide(self.comment(parent=root), "hold", by=self.editor, reason=WORDS)
        self.mine = self.write(self.thread)

    def comment(self, **more: Any) -> Comment:
        return factories.comment(self.thread, f"{WORDS} {factories.a_number()}", name=NAME, **more)

    def write(self, thread: Thread) -> Comment:
        """The reader's own comment."""
        self.reader.write(thread, WORDS, name=NAME)
        return Comment.objects.select_related("thread__site").filter(thread=thread).latest("pk")

    def closed(self) -> Thread:
        thread = factories.thread(self.site, title=TITLE)
        factories.comment(thread, WORDS, name=NAME)
        Thread.objects.filter(pk=thread.pk).update(hold=True)
        Thread.objects.filter(pk=thread.pk).update(closed=thread.created)
        return thread

    def address(self, name: str, *, of: Any = None, **asked: str) -> str:
        return reverse(f"rejoinder:{name}", args=[of or self.site.key], query=asked or None)

    def staff(self) -> factories.Browser:
        return factories.signed_in(self.editor)


Page = Callable[[Scene], Any]


def discussion(scene: Scene) -> Any:
    return scene.reader.get(scene.address("thread", key=scene.thread.key))


def an_empty_discussion(scene: Scene) -> Any:
    return scene.reader.get(scene.address("thread", key=factories.thread(scene.site, title=TITLE).key))


def a_closed_discussion(scene: Scene) -> Any:
    return scene.reader.get(scene.address("thread", key=scene.closed().key))


def a_part_of_a_discussion(scene: Scene) -> Any:
    return scene.reader.get(scene.address("thread", key=scene.thread.key, at=scene.mine.public_id))


def the_reply_page(scene: Scene) -> Any:
    return scene.reader.get(scene.address("reply", of=scene.mine.public_id))


def a_comment_that_was_not_taken(scene: Scene) -> Any:
    data = {"key": scene.thread.key, "body": "", "name": "a@b.example"}
    return scene.reader.post(scene.address("comments"), data)


def what_a_guest_may_do(scene: Scene) -> Any:
    return scene.reader.get(scene.address("actions", of=scene.mine.public_id))


def what_another_reader_may_do(scene: Scene) -> Any:
    return factories.guest().get(scene.address("actions", of=scene.mine.public_id))


def what_staff_may_do(scene: Scene) -> Any:
    held = Comment.objects.exclude(decisions=None).filter(thread=scene.thread).latest("pk")
    return scene.staff().get(scene.address("actions", of=held.public_id))


def what_staff_may_do_with_a_discussion(scene: Scene) -> Any:
    return scene.staff().get(scene.address("thread-actions", key=scene.closed().key))


def the_search(scene: Scene) -> Any:
    return scene.staff().get(scene.address("search", state="held"))


def a_search_for_nothing(scene: Scene) -> Any:
    return scene.staff().get(scene.address("search", q="Ωμέγα"))


def a_form_of_an_unknown_page(scene: Scene) -> Any:
    browser = factories.Browser(enforce_csrf_checks=True)
    del browser.defaults["HTTP_SEC_FETCH_SITE"]
    with override_settings(LANGUAGE_CODE=scene.language):
        return browser.post(scene.address("comments"), {"key": scene.thread.key, "body": WORDS, "name": NAME})


def an_address_that_is_not_whole(scene: Scene) -> Any:
    return scene.reader.get(scene.address("thread", key=scene.thread.key, cursor="aaaa"))


def a_missing_page(scene: Scene) -> Any:
    with override_settings(LANGUAGE_CODE=scene.language):
        return scene.reader.get("/nothing/here/")


def sign_in(scene: Scene) -> Any:
    with override_settings(LANGUAGE_CODE=scene.language):
        return scene.reader.get(reverse("account_login"))


def a_failed_sign_in(scene: Scene) -> Any:
    with override_settings(LANGUAGE_CODE=scene.language):
        return scene.reader.post(reverse("account_login"), {"login": "nobody", "password": ""})


def sign_out(scene: Scene) -> Any:
    with override_settings(LANGUAGE_CODE=scene.language):
        return scene.staff().get(reverse("account_logout"))


def a_new_password(scene: Scene) -> Any:
    with override_settings(LANGUAGE_CODE=scene.language):
        return scene.staff().get(reverse("account_change_password"))


def _paper(scene: Scene) -> Any:
    if scene.paper:
        return scene.paper
    scene.paper = front = papers.newsroom(scene.site)
    section = papers.section(front, TITLE)
    ada = papers.author(front, NAME)
    ada.role = WORDS
    ada.save_revision().publish()
    image = {"image": papers.drawing(name="kima.svg").pk, "alt_text": WORDS, "decorative": False}
    body = [("text", f"<p>{WORDS}</p>"), ("picture", {"image": image, "caption": WORDS, "credit": NAME})]
    for _number in range(2):
        papers.story(
            front, TITLE, standfirst=WORDS, section=section, body=body, authors=[(ada, NAME)], place=TITLE
        )
    return front


def the_front_page(scene: Scene) -> Any:
    return scene.reader.get(_paper(scene).address)


def a_front_page_without_stories(scene: Scene) -> Any:
    return scene.reader.get(papers.newsroom(scene.site).address)


def a_story(scene: Scene) -> Any:
    front = _paper(scene)
    from rejoinder.newsroom.models import StoryPage

    story = StoryPage.objects.descendant_of(front).first()
    assert story is not None
    factories.comment(papers.thread_of(story, front), WORDS, name=NAME)
    return scene.reader.get(story.address)


def a_section(scene: Scene) -> Any:
    from rejoinder.newsroom.models import SectionPage

    return scene.reader.get(SectionPage.objects.descendant_of(_paper(scene)).get().address)


def an_author(scene: Scene) -> Any:
    from rejoinder.newsroom.models import AuthorPage

    return scene.reader.get(AuthorPage.objects.descendant_of(_paper(scene)).get().address)


def the_authors(scene: Scene) -> Any:
    return scene.reader.get(_paper(scene).address + "authors/")


# In this order: a front page has no stories before it has some.
PAGES: tuple[Page, ...] = (
    discussion, an_empty_discussion, a_closed_discussion, a_part_of_a_discussion, the_reply_page,
    a_comment_that_was_not_taken, what_a_guest_may_do, what_another_reader_may_do, what_staff_may_do,
    what_staff_may_do_with_a_discussion, the_search, a_search_for_nothing, a_form_of_an_unknown_page,
    an_address_that_is_not_whole, a_missing_page, sign_in, a_failed_sign_in, sign_out, a_new_password,
    a_front_page_without_stories, the_front_page, a_story, a_section, an_author, the_authors,
)  # fmt: skip


def said(response: Any) -> set[str]:
    """What a page says, to eyes and to screen readers; without what people typed."""
    tree = html.fromstring(response.content)
    texts = tree.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::textarea)]")
    spoken = " or ".join(f"name()={name!r}" for name in SAID)
    read_out = tree.xpath(f"//@*[{spoken} or starts-with(name(), 'data-text-')]")
    words = {" ".join(FILLED_IN.sub("", text).split()) for text in [*texts, *read_out]}
    return {text for text in words if re.search(r"[^\W\d_]", text)}


def all_pages(language: str) -> dict[str, Any]:
    """Every page of a site in that language, which is gone then: another has its address after it."""
    with transaction.atomic():
        scene = Scene(language)
        answers = {page.__name__: page(scene) for page in PAGES}
        transaction.set_rollback(True)
    return answers


def english(text: str, language: str) -> bool:
    return any(word not in SAME[language] for word in LATIN.findall(text))


def test_arabic_pages_say_nothing_in_latin_letters() -> None:
    for name, response in all_pages("ar").items():
        assert not {text for text in said(response) if english(text, "ar")}, name
        root = html.fromstring(response.content)
        assert (root.get("lang"), root.get("dir")) == ("ar", "rtl"), name


def test_german_pages_say_nothing_that_the_english_ones_say() -> None:
    in_english = all_pages("en")
    for name, response in all_pages("de").items():
        common = said(response) & said(in_english[name])
        assert not {text for text in common if not GREEK.search(text) and english(text, "de")}, name
        root = html.fromstring(response.content)
        assert (root.get("lang"), root.get("dir")) == ("de", "ltr"), name


def test_a_german_answer_does_not_make_the_next_one_german() -> None:
    scene = Scene("de")
    discussion(scene)
    assert "Sign in" in said(scene.reader.get(reverse("account_login")))
