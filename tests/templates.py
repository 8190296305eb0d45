"""A migrated SQLite file, kept from run to run: the migrations of a newsroom take longer than most tests.

The file is named by everything that shapes it; `migrate` still runs on the copy and finds nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from tests.shared import ROOT

SHAPING = (
    "src/rejoinder/*/migrations/*.py",
    "src/rejoinder/*/apps.py",
    "src/rejoinder/project/*.py",
    "requirements/dev.txt",
)
KEEP = 3


def template_path(base: Path) -> Path:
    """Where in `base` the template for the repository as it is now lies, or will lie."""
    digest = hashlib.sha256()
    for pattern in SHAPING:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return base / f"template-{digest.hexdigest()[:16]}.sqlite3"


def copy_template(base: Path, target: Path) -> bool:
    """Copy the template to `target`. False where there is none yet."""
    try:
        shutil.copyfile(template_path(base), target)
    except FileNotFoundError:
        return False
    return True


def save_template(base: Path, source: Path) -> None:
    """Keep a migrated file, whose connections are closed, for the next run; the oldest ones go."""
    path = template_path(base)
    draft = path.with_suffix(f".{os.getpid()}")
    shutil.copyfile(source, draft)
    draft.replace(path)
    for old in sorted(base.glob("template-*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEEP]:
        old.unlink(missing_ok=True)
