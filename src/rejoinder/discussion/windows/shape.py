"""What a window is made of: plain values that the templates draw, the same for every reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from rejoinder.accounts.badges import Badge

INDENTED = 4  # replies indent to this depth (roots are 0), then go on flat: five levels fit a phone at 390 px


@dataclass(slots=True, frozen=True)
class More:
    """That there is more: how many where it is known, and the cursor that leads there."""

    cursor: str
    count: int | None = None


@dataclass(slots=True)
class Shown:
    """One comment as it is shown. `html` comes from the one renderer and is empty when the comment is gone."""

    number: int
    id: str
    state: str
    name: str
    badges: tuple[Badge, ...]
    html: SafeString
    created: datetime | None
    edited: datetime | None
    ups: int
    downs: int
    depth: int
    reply_count: int
    branch_count: int
    parent_number: int | None
    # Set where the parent is not drawn directly above: "in reply to NAME".
    parent_id: str = ""
    parent_name: str = ""
    replies: list[Shown] = field(default_factory=list)  # indented beneath
    more: More | None = None  # further replies
    flat: list[Shown] = field(default_factory=list)  # the conversation going on, not indented further
    flat_more: More | None = None  # "continue this conversation"
    continued: bool = False  # it goes on beneath, on its own page: lead there
    # "pinned", "featured": lifted out by staff; "answer": by who was invited, where not everybody may answer.
    highlights: tuple[str, ...] = ()
    target: bool = False  # the one that a permalink asked for
    # The words of the discussed text that it is about, drawn: "" for most, and for replies.
    quote: SafeString = field(default_factory=SafeString)
    anchor: str = ""
    # When the text was corrected first after this was written.
    corrected: datetime | None = None

    @property
    def gone(self) -> bool:
        return self.state != "public"


@dataclass(slots=True)
class Window:
    """A part of a thread: some roots, some replies of each, and cursors for the rest."""

    site: str
    key: str
    order: str
    revision: int
    comment_count: int
    closed: bool
    roots: list[Shown]
    more: More | None = None
    # What stands above when the window is not the first: ancestors, outermost first, drawn short.
    above: list[Shown] = field(default_factory=list)
    kind: str = "first"  # first | roots | replies | branch | context
    # Not everybody may answer here: the links to answer are shown to those who may, by what is theirs.
    invited: bool = False
    # Of the comments about one place of the text alone: its anchor.
    anchor: str = ""

    @property
    def size(self) -> int:
        """How many comments it holds."""
        waiting, count = [*self.roots], 0
        while waiting:
            shown = waiting.pop()
            count += 1
            waiting += [*shown.replies, *shown.flat]
        return count
