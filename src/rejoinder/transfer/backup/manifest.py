"""The list of what a backup holds: the last member of the file, so a file without it is not complete."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rejoinder.transfer.backup.errors import Damaged

NAME = "manifest.json"
FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes; a million media files take about that


@dataclass(frozen=True, slots=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of PostgreSQL as it was copied: its columns in order, and where its sequences stood."""

    columns: list[str]
    sequences: dict[str, int]


@dataclass(slots=True)
class Manifest:
    """`schema` names the applied migrations as "app.name"; `rows` counts by table; `path` is where the file lies."""

    version: str
    created: str
    engine: str
    schema: list[str]
    rows: dict[str, int]
    members: dict[str, Member] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    path: Path = Path()

    def as_bytes(self) -> bytes:
        content = {"format": FORMAT, **asdict(self)}
        del content["path"]
        content["digest"] = digest(content)
        return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False).encode()


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of everything else in the manifest."""
    plain = json.dumps({key: value for key, value in content.items() if key != "digest"}, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def parse(data: bytes, name: str) -> Manifest:
    """Read a manifest. Raises Damaged when it is none of ours or does not have the digest it states."""
    try:
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise Damaged(
                f"{name} has the backup format {content['format']}; this version reads format {FORMAT}."
            )
        if content["digest"] != digest(content):
            raise Damaged(f"{name} is damaged: its manifest has been changed. Use another backup.")
        return Manifest(
            version=str(content["version"]),
            created=str(content["created"]),
            engine=str(content["engine"]),
            schema=[str(entry) for entry in content["schema"]],
            rows={str(table): int(count) for table, count in content["rows"].items()},
            members={str(key): Member(**value) for key, value in content["members"].items()},
            tables={str(key): Table(**value) for key, value in content["tables"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(f"{name} is no backup of Rejoinder: its manifest cannot be read.") from error
