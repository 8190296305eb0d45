"""What an import found, did, and could not place."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_LINES = 20  # of what was not placed; all of it is in the JSON


@dataclass(slots=True)
class ImportReport:
    title: str
    kind: str
    paragraphs: int
    comments: int
    people: int
    roots: int
    levels: int
    added: int = 0
    already_there: int = 0
    story: str = ""  # made, found, or empty: no newsroom
    published: bool = False
    url: str = ""
    thread: str = ""
    dry_run: bool = False
    adjusted: list[str] = field(default_factory=list)
    unplaced: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[str]:
        """The report for people."""
        found = [
            f"Found: {f'“{self.title}”' if self.title else 'no title'}, {_count(self.paragraphs, 'paragraph')}, "
            f"{self._discussion()}.",
            self._done(),
            *self.adjusted,
        ]
        if self.unplaced:
            found.append(f"Not placed: {_count(len(self.unplaced), 'part')}.")
            found += [
                f"  {row['where']}: {row['why']} “{row['text'][:80]}”" for row in self.unplaced[:MOST_LINES]
            ]
            if len(self.unplaced) > MOST_LINES:
                found.append(f"  … and {len(self.unplaced) - MOST_LINES} more; --json lists them all.")
        return found

    def _discussion(self) -> str:
        if not self.comments:
            return "and no comments"
        return (
            f"{_count(self.comments, 'comment')} by {_count(self.people, 'person', 'people')}, "
            f"{self.roots} of them at the top, {_count(self.levels, 'level')}"
        )

    def _done(self) -> str:
        if self.dry_run:
            return f"Dry run: nothing was changed. It would add {self.added}; {self.already_there} are there already."
        story = {"made": "The story was made", "found": "The story was there already"}.get(
            self.story, "The thread stands alone"
        )
        state = (", published," if self.published else ", as a draft,") if self.story else ""
        where = f" at {self.url}" if self.url else ""
        state = state if where else state.rstrip(",")
        return (
            f"{story}{state}{where}. Added {_count(self.added, 'comment')}; "
            f"{self.already_there} were there already. Thread key: {self.thread}"
        )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
