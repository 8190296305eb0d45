"""Who was erased, beside the database: what a backup brings back is erased again.

A line a person, appended before anything is erased: {"number", "made", "keeps_words", "asked"}. The file holds nothing
of a person but the number of a row.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from rejoinder.accounts.models import Erasure


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is emptied, named by its number and when it was made. Moments are ISO 8601."""

    number: int
    made: str
    keeps_words: bool
    asked: str


def entry_of(row: Erasure) -> Entry:
    return Entry(row.number, row.made.isoformat(), row.keeps_words, row.asked.isoformat())


def path() -> Path | None:
    """The file, or None in a host project that names none (REJOINDER_ERASURES)."""
    named = getattr(settings, "REJOINDER_ERASURES", None)
    return Path(named) if named else None


def append(entry: Entry) -> None:
    """Write one down, on disk when this returns. Twice does no harm."""
    file = path()
    if file is None:
        return
    with file.open("a", encoding="ascii") as to:
        to.write(json.dumps(asdict(entry)) + "\n")
        to.flush()
        os.fsync(to.fileno())


def _written() -> list[Entry]:
    file = path()
    if file is None or not file.is_file():
        return []
    found = []
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            entry = Entry(**json.loads(line))
            datetime.fromisoformat(entry.made), datetime.fromisoformat(entry.asked)
        except (ValueError, TypeError):  # the last line of a power cut: what it names is in the database
            continue
        found.append(entry)
    return found


def known() -> list[Entry]:
    """All that were erased as far as the file and the present database tell; a database that is away tells nothing."""
    try:
        stored = [entry_of(row) for row in Erasure.objects.order_by("id")]
    except DatabaseError:
        stored = []
    return list(dict.fromkeys([*_written(), *stored]))
