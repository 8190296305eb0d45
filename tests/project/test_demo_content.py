"""The demo publication hangs together, and is worth showing to an editor."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rejoinder.project.demo.content import (
    PICTURES,
    ContentError,
    Publication,
    QuoteBlock,
    Story,
    TextBlock,
    load_publication,
)

FOLDER = PICTURES.parent


@pytest.fixture(scope="module")
def publication() -> Publication:
    return load_publication()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "content"))


def words(story: Story) -> int:
    return sum(len(block.text.split()) for block in story.blocks if isinstance(block, TextBlock | QuoteBlock))


def test_there_are_at_least_six_stories_newest_first(publication: Publication) -> None:
    ages = [story.hours_ago for story in publication.stories]
    assert len(ages) >= 6
    assert ages == sorted(set(ages))


def test_one_story_is_arabic_and_runs_from_right_to_left(publication: Publication) -> None:
    arabic = [story for story in publication.stories if story.direction == "rtl"]
    assert [story.language for story in arabic] == ["ar"]
    names = {author.slug: author.name for author in publication.authors}
    assert all(re.search("[؀-ۿ]", names[slug]) for slug in arabic[0].authors)
    assert len(arabic[0].thread) >= 15


def test_a_german_story_is_among_them(publication: Publication) -> None:
    assert any(story.language == "de" for story in publication.stories)


def test_one_story_carries_a_published_correction(publication: Publication) -> None:
    assert any(story.corrections for story in publication.stories)


def test_stories_are_of_all_lengths(publication: Publication) -> None:
    lengths = sorted(words(story) for story in publication.stories)
    assert lengths[0] < 150
    assert lengths[1] > 250
    assert 700 < lengths[-1] < 1_000


def test_every_section_has_a_story(publication: Publication) -> None:
    assert {story.section for story in publication.stories} == {each.slug for each in publication.sections}


def test_every_author_has_written_something_and_has_a_short_biography(publication: Publication) -> None:
    assert {slug for story in publication.stories for slug in story.authors} == {
        author.slug for author in publication.authors
    }
    for author in publication.authors:
        assert author.role
        assert author.biography.count(".") == 2


def test_threads_hold_an_argument_a_reporter_and_a_removal(publication: Publication) -> None:
    threads = [story.thread for story in publication.stories if story.thread]
    assert len([thread for thread in threads if len(thread) >= 15]) >= 4
    for thread in threads:
        assert any(comment.staff for comment in thread)
        assert any(comment.parent for comment in thread)
        assert len({comment.name for comment in thread}) >= 8
    removals = [comment.removal for thread in threads for comment in thread if comment.removal]
    assert len(removals) >= 3
    assert all(removal.reason and removal.explanation for removal in removals)


def test_staff_comment_under_the_name_of_an_author(publication: Publication) -> None:
    names = {author.slug: author.name for author in publication.authors}
    staff = [comment for story in publication.stories for comment in story.thread if comment.staff]
    assert all(comment.name == names[comment.author] for comment in staff)


def test_no_reply_comes_after_its_parent_was_removed(publication: Publication) -> None:
    for story in publication.stories:
        removed = {comment.id: comment.removal for comment in story.thread if comment.removal}
        for comment in story.thread:
            removal = removed.get(comment.parent)
            assert removal is None or comment.minutes < removal.minutes


def test_one_story_leaves_its_thread_to_the_generator(publication: Publication) -> None:
    assert [story.generated_comments for story in publication.stories if story.generated_comments] == [2_000]


def test_links_lead_to_example_addresses_only() -> None:
    for path in FOLDER.rglob("*.toml"):
        hosts = set(re.findall(r"https?://([^/\s)\"]+)", path.read_text(encoding="utf-8")))
        assert hosts <= {"example.org"}


def test_pictures_are_wide_opaque_and_harmless(publication: Publication) -> None:
    files = {image.file for story in publication.stories for image in story.images}
    assert files == {path.name for path in PICTURES.iterdir()}
    assert len(files) >= 5
    for name in sorted(files):
        source = (PICTURES / name).read_text(encoding="utf-8")
        root = ElementTree.fromstring(source)
        assert root.get("viewBox") == "0 0 1200 800"
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "g", "path", "rect", "circle", "ellipse", "polygon"}
        assert not re.search(r"href|url\(|\son\w+=|<!", source)
        ground = root[1]
        assert (ground.get("width"), ground.get("height")) == ("1200", "800")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("stories/night-market.toml", 'section = "harbour"', 'section = "racing"', "section"),
        ("stories/night-market.toml", '"ingrid-tollan"', '"nobody"', "author"),
        ("stories/night-market.toml", "night-market.svg", "absent.svg", "absent.svg"),
        ("stories/night-market.toml", 'kind = "text"', 'kind = "video"', "video"),
        ("stories/night-market.toml", "hours_ago = 4", "hours_ago = ", "night-market.toml"),
        ("stories/school-roof.toml", "hours_ago = 21", "hours_ago = 40", "corrected"),
        ("threads/budget-gap.toml", 'parent = "aunts"', 'parent = "uncles"', "answers nobody"),
        ("threads/budget-gap.toml", "minutes = 35\n", "minutes = 500\n", "too early"),
        ("threads/budget-gap.toml", 'id = "aunts-1"', 'id = "aunts"', "twice"),
    ],
)
def test_what_does_not_hang_together_is_refused(
    copy: Path, file: str, old: str, new: str, complaint: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=complaint):
        load_publication(copy)
