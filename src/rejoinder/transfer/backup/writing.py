"""Write a backup."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from django.conf import settings

from rejoinder.core import clock
from rejoinder.core.errors import Conflict
from rejoinder.transfer.backup.archive import Writer, written
from rejoinder.transfer.backup.engines import engine
from rejoinder.transfer.backup.manifest import Manifest


def back_up(*, target: Path, secret: Path | None = None) -> Manifest:
    """Write database and media into one file and return its manifest; `path` in it says where.

    `target` is a folder, where the file is named by the time, or a file that does not exist yet. `secret` is the file
    of the secret key, if that is to be in it. The server may run meanwhile: it is the state of one moment.
    Raises Conflict when the file exists, Unavailable when there is no room.
    """
    path = _free_name(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as work, written(path) as writer:
        listing = engine().dump(writer, Path(work))
        _add_media(writer, Path(settings.MEDIA_ROOT))
        if secret is not None:
            writer.add("secret/secret-key", secret)
        writer.finish(listing)
    listing.path = path
    return listing


def _free_name(target: Path) -> Path:
    if not target.is_dir():
        if target.exists():
            raise Conflict(f"{target} exists already. Name another file.")
        return target
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    names = (
        target / f"rejoinder-{stamp}{suffix}.tar.gz" for suffix in ("", *(f"-{n}" for n in range(2, 1000)))
    )
    return next(name for name in names if not name.exists())


def _add_media(writer: Writer, root: Path) -> None:
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = Path(folder, name)
            try:
                # Links are left out: they would lead outside.
                if stat.S_ISREG(path.lstat().st_mode):
                    writer.add(f"media/{path.relative_to(root).as_posix()}", path)
            except FileNotFoundError:
                continue  # deleted in between
