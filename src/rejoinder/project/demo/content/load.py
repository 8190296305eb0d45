"""Reads the publication from its TOML files and refuses what does not hang together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.project.demo.content.model import (
    Author,
    Block,
    CorrectionBlock,
    HeadingBlock,
    ImageBlock,
    LinkBlock,
    Publication,
    PulloutBlock,
    QuoteBlock,
    Removal,
    Section,
    Story,
    TextBlock,
    ThreadComment,
)

FOLDER = Path(__file__).parent
PICTURES = FOLDER / "pictures"

BLOCKS: Mapping[str, type[Block]] = {
    block.kind: block
    for block in (TextBlock, HeadingBlock, QuoteBlock, ImageBlock, PulloutBlock, LinkBlock, CorrectionBlock)
}


class ContentError(ValueError):
    """A file says something that another file, or the model, does not know."""


def load_publication(folder: Path = FOLDER) -> Publication:
    """The whole publication, checked; ContentError names the file and what is wrong with it."""
    about = read(folder / "publication.toml")
    publication = Publication(
        key=about["key"],
        name=about["name"],
        strapline=about["strapline"],
        language=about["language"],
        sections=tuple(Section(**section) for section in about["sections"]),
        authors=tuple(Author(**author) for author in about["authors"]),
    )
    stories = [load_story(path) for path in sorted((folder / "stories").glob("*.toml"))]
    for story in stories:
        check_story(story, publication=publication, pictures=folder / "pictures")
    return replace(publication, stories=tuple(sorted(stories, key=lambda story: story.hours_ago)))


def read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def load_story(path: Path) -> Story:
    data = read(path)
    thread = path.parent.parent / "threads" / path.name
    try:
        blocks = tuple(make_block(block) for block in data.pop("blocks"))
        comments = tuple(make_comment(one) for one in read(thread)["comments"]) if thread.exists() else ()
        return Story(
            slug=path.stem,
            authors=tuple(data.pop("authors")),
            blocks=blocks,
            thread=comments,
            **stripped(data),
        )
    except (TypeError, KeyError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def make_block(data: Mapping[str, Any]) -> Block:
    fields = stripped(data)
    return BLOCKS[fields.pop("kind")](**fields)


def make_comment(data: Mapping[str, Any]) -> ThreadComment:
    fields = stripped(data)
    removed = fields.pop("removed", None)
    return ThreadComment(**fields, removal=Removal(**removed) if removed else None)


def stripped(data: Mapping[str, Any]) -> dict[str, Any]:
    """Long strings in TOML end in a line break; nobody means it."""
    return {key: value.strip() if isinstance(value, str) else value for key, value in data.items()}


def check_story(story: Story, *, publication: Publication, pictures: Path) -> None:
    """ContentError where a story names a section, author, picture or comment that does not exist."""
    authors = {author.slug for author in publication.authors}
    require(story, story.section in {section.slug for section in publication.sections}, "unknown section")
    require(story, bool(story.authors) and set(story.authors) <= authors, "unknown author")
    for image in story.images:
        require(story, (pictures / image.file).is_file(), f"no picture {image.file}")
        require(story, len(image.alt) > 20, f"{image.file} has no alternative text")
    for correction in story.corrections:
        require(story, correction.hours_ago < story.hours_ago, "corrected before it was published")
    check_thread(story, authors=authors)


def check_thread(story: Story, *, authors: Iterable[str]) -> None:
    seen: dict[str, ThreadComment] = {}
    for comment in story.thread:
        where = f"comment {comment.id}"
        require(story, comment.id not in seen, f"{where} stands there twice")
        require(story, bool(comment.body), f"{where} is empty")
        require(story, 0 < comment.minutes < story.hours_ago * 60, f"{where} is not between then and now")
        require(story, not comment.author or comment.author in authors, f"{where}: unknown author")
        if comment.parent:
            parent = seen.get(comment.parent)
            require(story, parent is not None, f"{where} answers nobody")
            require(story, bool(parent and parent.minutes < comment.minutes), f"{where} is too early")
        seen[comment.id] = comment


def require(story: Story, condition: bool, complaint: str) -> None:
    if not condition:
        raise ContentError(f"{story.slug}: {complaint}")
