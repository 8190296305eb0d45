"""The demo publication, written into the newsroom: sections, authors, pictures, stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.utils.html import format_html
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.text.render import plain
from rejoinder.newsroom import access, composing
from rejoinder.newsroom.models import (
    AuthorIndex,
    AuthorPage,
    FrontPage,
    PublicPage,
    SectionIndex,
    SectionPage,
    StoryPage,
)

P = TypeVar("P", bound=PublicPage)


def load(publication: Any, *, site: Site, pictures: Path) -> dict[str, StoryPage]:
    """Write what is not there yet; returns the stories by slug. Runs twice without harm, then fast.

    `publication` is made of the plain values of the demo's content: name, strapline, sections, authors and
    stories, whose `hours_ago` may be negative for one that is still to come. `pictures` is their folder. The
    site must have a front page (`founding.ensure_newsroom`).
    """
    front = FrontPage.objects.select_related("publication").get(publication=site)
    with writing():
        _name(front, publication)
        present = {story.slug: story for story in StoryPage.objects.descendant_of(front)}
        missing = [story for story in publication.stories if story.slug not in present]
        sections = _sections(front, publication.sections)
        authors = _authors(front, publication.authors)
        shelf = Shelf(site, pictures)
        for story in sorted(missing, key=lambda story: -story.hours_ago):
            manuscript = _manuscript(story, sections, authors, shelf)
            present[story.slug] = composing.write(front, manuscript, publish=True)
    return present


class Shelf:
    """The demo's pictures, each brought in once."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.folder = folder
        self.collection = access.ensure_collection(site)

    def take(self, name: str) -> AbstractImage:
        """The picture of a file name."""
        model = get_image_model()
        found: AbstractImage | None = model.objects.filter(title=name, collection=self.collection).first()
        if found is None:
            content = ContentFile((self.folder / name).read_bytes(), name=name)
            found = model.objects.create(title=name, file=content, collection=self.collection)
        return found


def _name(front: FrontPage, publication: Any) -> None:
    if (front.title, front.strapline) != (publication.name, publication.strapline):
        front.title, front.strapline = publication.name, publication.strapline
        front.save_revision().publish()


def _children(index: PublicPage, kind: type[P], wanted: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, P]:
    present = {page.slug: page for page in kind.objects.child_of(index)}
    for slug, values in wanted:
        if slug not in present:
            present[slug] = index.add_child(instance=kind(slug=slug, **values))
    return present


def _sections(front: FrontPage, sections: Sequence[Any]) -> dict[str, SectionPage]:
    wanted = [(each.slug, {"title": each.name, "description": each.description}) for each in sections]
    return _children(SectionIndex.objects.child_of(front).get(), SectionPage, wanted)


def _authors(front: FrontPage, authors: Sequence[Any]) -> dict[str, AuthorPage]:
    wanted = [
        (each.slug, {"title": each.name, "role": each.role, "biography": each.biography}) for each in authors
    ]
    return _children(AuthorIndex.objects.child_of(front).get(), AuthorPage, wanted)


def _manuscript(
    story: Any, sections: dict[str, SectionPage], authors: dict[str, AuthorPage], shelf: Shelf
) -> composing.Manuscript:
    published = clock.now() - timedelta(hours=story.hours_ago)
    blocks = list(story.blocks)
    lead = None
    if blocks and blocks[0].kind == "image":
        first = blocks.pop(0)
        lead = composing.Lead(shelf.take(first.file), first.alt, plain(first.caption), first.credit)
    return composing.Manuscript(
        headline=story.headline,
        slug=story.slug,
        standfirst=plain(story.standfirst),
        section=sections[story.section],
        authors=[(authors[slug], authors[slug].title) for slug in story.authors],
        language=story.language,
        place=story.dateline,
        lead=lead,
        body=[_block(block, shelf) for block in blocks],
        published=published,
    )


def _block(block: Any, shelf: Shelf) -> tuple[str, Any]:
    """A block of the demo as blocks.Body stores it."""
    match block.kind:
        case "image":
            image = {"image": shelf.take(block.file).pk, "alt_text": block.alt, "decorative": False}
            return "picture", {"image": image, "caption": plain(block.caption), "credit": block.credit}
        case "correction":
            return "correction", {"corrected": _ago(block.hours_ago).isoformat(), "text": plain(block.text)}
        case kind:
            return _WORDS[kind](block)


_WORDS: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "text": lambda block: ("text", composing.prose(block.text)),
    "heading": lambda block: ("text", format_html("<h2>{}</h2>", block.text)),
    "quote": lambda block: ("quote", {"text": plain(block.text), "attribution": block.attribution}),
    "pullout": lambda block: ("pull_out", {"text": plain(block.text)}),
    "link": lambda block: (
        "link_card",
        {"url": block.url, "title": block.title, "description": plain(block.description)},
    ),
}


def _ago(hours: float) -> datetime:
    return clock.now() - timedelta(hours=hours)
