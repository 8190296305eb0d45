"""A newsroom's history from a file: CSV with a head, JSON lines or one JSON list; a decision an entry."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rejoinder.assist.learning import Example, Text
from rejoinder.core.errors import InvalidInput

REJECTED = {
    "1",
    "1.0",
    "true",
    "yes",
    "rejected",
    "reject",
    "removed",
    "remove",
    "deleted",
    "spam",
    "hidden",
    "toxic",
}
APPROVED = {
    "0",
    "0.0",
    "false",
    "no",
    "approved",
    "approve",
    "public",
    "published",
    "kept",
    "ham",
    "accepted",
    "ok",
}
LONGEST = 20_000  # characters of a text; the rest says nothing more
LARGEST = 1024**3  # bytes of a file


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called in the file. Without a time the order of the file is that of time."""

    text: str = "text"
    label: str = "label"
    time: str = "time"
    author: str = "author"
    parent: str = "parent"
    rejected: frozenset[str] = (
        frozenset()
    )  # values of label that mean rejected; all others then mean approved
    language: str = ""


@dataclass(slots=True)
class History:
    """Decisions in the order of time. `empty`: entries without a text, which were left out."""

    examples: list[Example] = field(default_factory=list)
    empty: int = 0
    timed: bool = False
    authors: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime | None
    author: str
    body: str
    parent: str
    label: int


def read(path: Path, columns: Columns) -> History:
    """Raises InvalidInput with the line and what to do, OSError where the file cannot be read."""
    if path.stat().st_size > LARGEST:
        raise _wrong(f"{path} is larger than 1 GB. Try it with the newest part of it.")
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8 and try again.") from error
    history = History()
    entries = []
    for number, row in _rows(path, content):
        entry = _entry(number, row, columns)
        if entry.body.strip():
            entries.append(entry)
        else:
            history.empty += 1
    if not entries:
        raise _wrong(f"{path} has no decision with a text in it.")
    history.timed = all(entry.at is not None for entry in entries)
    if history.timed:
        entries.sort(key=lambda entry: entry.at or datetime.min.replace(tzinfo=UTC))
    history.authors = len({entry.author for entry in entries if entry.author})
    history.examples = list(_with_records(entries, columns.language))
    return history


def _with_records(entries: list[_Entry], language: str) -> Iterator[Example]:
    """Each with what had become of its author's texts before it: never with what came after."""
    before: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        rejected, decided = before[entry.author]
        record = (rejected, decided) if entry.author else None
        yield Example(Text(entry.body, language, entry.parent, entry.at, record), entry.label)
        before[entry.author][0] += entry.label
        before[entry.author][1] += 1


def _rows(path: Path, content: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Number of the line (or of the entry) and what it says by column."""
    begin = content.lstrip()[:1]
    if begin == "[":
        yield from _of_list(path, content)
    elif begin == "{":
        yield from _of_lines(path, content)
    else:
        csv.field_size_limit(50 * 1024 * 1024)
        head = content.split("\n", 1)[0]
        delimiter = max(",;\t", key=head.count)
        reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
        try:
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            raise _wrong(f"{path}, line {reader.line_num}: {error}.") from error


def _of_list(path: Path, content: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _wrong(f"{path} is not JSON: {str(error)[:200]}.") from error
    for number, row in enumerate(rows, 1):
        yield number, _object(path, number, row)


def _of_lines(path: Path, content: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _wrong(f"{path}, line {number} is not JSON: {str(error)[:200]}.") from error
        yield number, _object(path, number, row)


def _object(path: Path, number: int, row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise _wrong(f"{path}, entry {number} is no object with {{text, label}}.")
    return row


def _entry(number: int, row: Mapping[str, Any], columns: Columns) -> _Entry:
    for option, name in (("--text", columns.text), ("--label", columns.label)):
        if name not in row:
            there = ", ".join(str(key) for key in list(row)[:12])
            raise _wrong(
                f"There is no column “{name}” (line {number}); there are: {there}. Name yours with {option}."
            )
    return _Entry(
        at=_time(number, row.get(columns.time)),
        author=_said(row.get(columns.author)),
        body=_said(row[columns.text])[:LONGEST],
        parent=_said(row.get(columns.parent))[:LONGEST],
        label=_label(number, row[columns.label], columns.rejected),
    )


def _said(value: Any) -> str:
    return "" if value is None else str(value).replace("\x00", "")


def _label(number: int, value: Any, rejected: frozenset[str]) -> int:
    said = _said(value).strip().lower()
    if rejected:
        return int(said in rejected)
    if said in REJECTED:
        return 1
    if said in APPROVED:
        return 0
    raise _wrong(
        f"Line {number}: the label “{said[:40]}” is neither 1 nor 0. Say which ones mean rejected: --rejected VALUE."
    )


def _time(number: int, value: Any) -> datetime | None:
    """ISO 8601, or seconds (or milliseconds) since 1970."""
    said = _said(value).strip()
    if not said:
        return None
    try:
        seconds = float(said)
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        try:
            moment = datetime.fromisoformat(said)
        except ValueError as error:
            raise _wrong(f"Line {number}: the time “{said[:40]}” is not like 2026-03-01T12:00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wrong(message: str) -> InvalidInput:
    return InvalidInput(code="file", message=message)
