"""Static files: collected under names that hold their hash, compressed, our comments stripped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as Collect
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

import rejoinder
from rejoinder.core.scripts import without_comments

OURS = "rejoinder/"
STAMP = ".collected"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with hashes where files have been collected, plain names where they have not (tests, a host project)."""

    # What a module imports is addressed by its hash too, so that all of it is kept for a year.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name  # a page without one picture is better than no page

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in paths if not dry_run else ():
            if name.startswith(OURS) and name.endswith((".js", ".css")):
                text = Path(self.path(name)).read_text(encoding="utf-8")
                self.delete(name)
                self._save(name, ContentFile(without_comments(text, lines=name.endswith(".js")).encode()))
        yield from super().post_process({name: (self, name) for name in paths}, dry_run, **options)


class _Fresh(Collect):
    """Copies every file, whatever the times of the two say: a package's files may be older than the last copy."""

    def delete_file(self, path: str, prefixed_path: str, source_storage: Any) -> bool:
        if self.storage.exists(prefixed_path):
            self.storage.delete(prefixed_path)
        return True


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{rejoinder.__version__} {Path(__file__).stat().st_mtime_ns}".encode())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect() -> bool:
    """Collect static files where they have changed since the last time. Returns whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / STAMP, _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    root.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    from django.core.management import call_command

    call_command(_Fresh(), interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True
