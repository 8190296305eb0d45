"""The log as a file: CSV for a spreadsheet, JSON lines for programs. The words that were decided on are in neither."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO

from rejoinder.core import ids
from rejoinder.moderation.models import Decision

COLUMNS = (
    "id", "created", "action", "code", "reason", "by", "rule", "machine",
    "comment", "thread", "person", "seconds", "undoes", "position", "digest",
)  # fmt: skip
# A cell that begins like this is a formula to a spreadsheet, whoever wrote it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def line_of(row: Decision) -> dict[str, str | int]:
    """One decision as plain values, in the order of COLUMNS."""
    about = row.comment.author_id if row.comment is not None else row.person_id
    return {
        "id": ids.encode(row.pk),
        "created": row.created.isoformat(),
        "action": row.action,
        "code": row.code,
        "reason": row.reason,
        "by": row.actor.name if row.actor else "",
        "rule": row.rule,
        "machine": row.machine,
        "comment": ids.encode(row.comment_id) if row.comment_id else "",
        "thread": row.thread.key if row.thread else "",
        "person": ids.encode(about) if about else "",
        "seconds": row.seconds or "",
        "undoes": ids.encode(row.undoes_id) if row.undoes_id else "",
        "position": row.position or "",
        "digest": row.digest,
    }


def as_csv(rows: Iterable[Decision]) -> Iterator[str]:
    """With a line of names first; cells that a spreadsheet would calculate begin with an apostrophe."""
    yield _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([_harmless(str(value)) for value in line_of(row).values()])


def _csv_line(values: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def as_json_lines(rows: Iterable[Decision]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(line_of(row), ensure_ascii=False) + "\n"
