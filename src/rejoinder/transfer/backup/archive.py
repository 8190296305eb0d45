"""The file itself: a gzipped tar, written under another name until it is complete."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from rejoinder.core import clock
from rejoinder.core.errors import Unavailable
from rejoinder.transfer.backup import manifest
from rejoinder.transfer.backup.errors import Damaged
from rejoinder.transfer.backup.manifest import Manifest, Member

PIECE = 1024 * 1024
RESERVE = 16 * 1024 * 1024  # bytes of disk that stay free for the server
COMPRESSION = 3  # 9 takes five times as long for a tenth less
TOP = ("database", "media", "secret")


class _Hashing:
    """Reads a file of known size, hashing what goes by. A file that has shrunk meanwhile is filled up with zeros."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self.source, self.left = source, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        piece = self.source.read(wanted)
        piece += b"\0" * (wanted - len(piece))
        self.left -= len(piece)
        self.digest.update(piece)
        return piece


class Writer:
    """Adds members to an archive and notes their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            self.add_stream(name, source, os.fstat(source.fileno()).st_size)

    def add_stream(self, name: str, source: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(clock.now().timestamp())
        reader = _Hashing(source, size)
        self.tar.addfile(entry, reader)
        self.members[name] = Member(size, reader.digest.hexdigest())

    def finish(self, listing: Manifest) -> None:
        """The manifest comes last: a file that was cut off has none."""
        listing.members = dict(self.members)
        data = listing.as_bytes()
        self.add_stream(manifest.NAME, io.BytesIO(data), len(data))


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A new archive: at `path` when all is well and on disk, else nowhere. Readable by its owner only."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=COMPRESSION) as tar:
                yield Writer(tar)
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in the folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack an archive into an empty folder and compare everything with its manifest.

    Raises Damaged for a file that is cut off, changed, foreign, or that names places outside the folder.
    """
    try:
        with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unzipped:
            found, data = _members(unzipped, into, path.name)
            while unzipped.read(PIECE):  # to the end, where the checksum of the whole is
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeError) as error:
        raise Damaged(
            f"{path.name} is no backup of Rejoinder, or it is cut off or damaged ({error})."
        ) from error
    if data is None:
        raise Damaged(f"{path.name} is no complete backup of Rejoinder: it has no manifest.")
    listing = manifest.parse(data, path.name)
    listing.path = path
    _compare(listing, found)
    return listing


def _members(unzipped: gzip.GzipFile, into: Path, name: str) -> tuple[dict[str, Member], bytes | None]:
    found: dict[str, Member] = {}
    with tarfile.open(fileobj=unzipped, mode="r|") as tar:
        for entry in tar:
            _check_entry(entry, found, name)
            source = tar.extractfile(entry)
            assert source is not None, "a regular file"
            if entry.name == manifest.NAME:
                if entry.size > manifest.LARGEST:
                    raise Damaged(f"{name} is damaged: its manifest is too long.")
                return found, source.read()
            found[entry.name] = _unpack_one(source, into, entry)
    return found, None


def _check_entry(entry: tarfile.TarInfo, found: dict[str, Member], name: str) -> None:
    parts = PurePosixPath(entry.name).parts
    plain = entry.name == "/".join(parts) and ".." not in parts and not entry.name.startswith("/")
    if not plain or "\0" in entry.name or "\\" in entry.name:
        raise Damaged(
            f"{name} is refused: it names a place outside of the backup ({ascii(entry.name)[:80]})."
        )
    if not entry.isreg():
        raise Damaged(f"{name} is refused: {ascii(entry.name)[:80]} is no plain file.")
    if entry.name in found or not (entry.name == manifest.NAME or (len(parts) > 1 and parts[0] in TOP)):
        raise Damaged(f"{name} is no backup of Rejoinder: it holds {ascii(entry.name)[:80]}.")


def _unpack_one(source: IO[bytes], into: Path, entry: tarfile.TarInfo) -> Member:
    target, size = into / entry.name, entry.size
    target.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(target.parent).free < size + RESERVE:
        raise Unavailable(
            f"There is no room on the disk to unpack the backup: {size:,} bytes more are needed."
        )
    digest, length = hashlib.sha256(), 0
    # Media may be read by a web server of another user; the rest by nobody else.
    mode = 0o644 if target.is_relative_to(into / "media") else 0o600
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as out:
        while piece := source.read(PIECE):
            digest.update(piece)
            length += len(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return Member(length, digest.hexdigest())


def _compare(listing: Manifest, found: dict[str, Member]) -> None:
    name = listing.path.name
    for member in sorted(set(listing.members) ^ set(found)):
        raise Damaged(f"{name} is damaged: {ascii(member)[:80]} is not in both the file and its manifest.")
    for member, seen in found.items():
        if listing.members[member] != seen:
            raise Damaged(
                f"{name} is damaged: {ascii(member)[:80]} does not have its checksum. Use another backup."
            )
