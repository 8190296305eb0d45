"""What transfer asks of the newsroom above it: to make a story of an imported page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rejoinder.accounts.models import Site
from rejoinder.transfer.importers.found import Page


@dataclass(frozen=True, slots=True)
class StoryWritten:
    """The story of a page. `key` names its thread, `made` is False when the story was there already."""

    key: str
    url: str
    title: str
    made: bool
    published: bool


class StoryWriter(Protocol):
    """Makes a story of a page: a draft unless `publish`. The same identity again finds the same story."""

    def write(self, *, site: Site, page: Page, identity: str, publish: bool) -> StoryWritten: ...


_writer: StoryWriter | None = None


def story_writer() -> StoryWriter | None:
    """The newsroom's writer, or None without a newsroom: then a page becomes a thread alone."""
    return _writer


def register_story_writer(writer: StoryWriter) -> None:
    global _writer  # noqa: PLW0603
    _writer = writer
