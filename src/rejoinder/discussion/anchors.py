"""Places of the discussed text to which comments are tied: a port, which the app that knows texts fills.

An anchor is the public id of a place. Here it is stored, and comments are found by it; what it stands for is known
above.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django.utils.safestring import SafeString

from rejoinder.discussion.models import Comment, Thread

# What may be sent of a place, as text: its id, or words that were selected with what stands around them.
PLACE: Final = ("passage", "quote", "before", "after", "position", "version")
_LONGEST: Final = 4000  # characters of any of these that are looked at


@dataclass(frozen=True, slots=True)
class About:
    """A place of the text, for the head of the page of its comments."""

    anchor: str
    quote: SafeString


class Anchors(Protocol):
    """`words`: the words of the place that was sent, "" for none; it stores nothing and raises nothing.

    `keep` comes within the comment's transaction and gives the anchor, "" where no place was sent; raises InvalidInput
    and Conflict. `draw`: quotes by anchor, in one statement, in the language that is active. `find`: a place of this
    thread's text; None where there is no such one. `corrections`: when that text was corrected, oldest first, in one
    statement; asked for threads that are marked as corrected.
    """

    def words(self, thread: Thread, sent: Mapping[str, str]) -> str: ...

    def keep(self, thread: Thread, sent: Mapping[str, str]) -> str: ...

    def draw(self, site: int, anchors: Collection[str]) -> Mapping[str, SafeString]: ...

    def find(self, thread: Thread, anchor: str) -> About | None: ...

    def corrections(self, thread: Thread) -> Sequence[datetime]: ...


class WholeTexts:
    """The default: comments are about the whole of a text, whatever is sent."""

    def words(self, thread: Thread, sent: Mapping[str, str]) -> str:
        return ""

    def keep(self, thread: Thread, sent: Mapping[str, str]) -> str:
        return ""

    def draw(self, site: int, anchors: Collection[str]) -> Mapping[str, SafeString]:
        return {}

    def find(self, thread: Thread, anchor: str) -> About | None:
        return None

    def corrections(self, thread: Thread) -> Sequence[datetime]:
        return ()


_anchors: Anchors = WholeTexts()


def anchors() -> Anchors:
    return _anchors


def register_anchors(new: Anchors) -> None:
    global _anchors  # noqa: PLW0603
    _anchors = new


def sent_of(data: Mapping[str, str]) -> dict[str, str]:
    """What a form or a program sent of a place: nothing but the names of PLACE, and only what is not empty."""
    return {name: data[name][:_LONGEST] for name in PLACE if data.get(name)}


def words_for(thread: Thread, place: Mapping[str, str]) -> str:
    """The words that a comment is about."""
    return _anchors.words(thread, place) if place else ""


def anchor_for(thread: Thread, parent: Comment | None, place: Mapping[str, str]) -> str:
    """The place that a comment is about: a reply's is that of what it answers. Within the comment's transaction."""
    if parent is not None:
        return parent.anchor or ""
    return _anchors.keep(thread, place) if place else ""
