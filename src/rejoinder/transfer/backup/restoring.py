"""Put a backup back: check all of it beside what is there, then swap."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import F

from rejoinder.accounts.models import UsedToken
from rejoinder.accounts.people import ledger
from rejoinder.accounts.people.erasure import erase_again
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import NotFound
from rejoinder.discussion.models import Thread
from rejoinder.transfer.backup.archive import sync_folder, unpack
from rejoinder.transfer.backup.engines import SESSIONS, engine
from rejoinder.transfer.backup.errors import NotForHere
from rejoinder.transfer.backup.manifest import Manifest


@dataclass(slots=True)
class Restored:
    """What was put back, how long it took, and where what was there before is kept."""

    manifest: Manifest
    seconds: float = 0.0
    kept: list[str] = field(default_factory=list)
    # People who were erased after the backup was made, and have been again.
    erased: int = 0


def restore(*, file: Path, secret: Path | None = None) -> Restored:
    """Check the file in full, then put it in the place of database and media. Run it while no server runs.

    `secret` is where the secret key belongs, should one be in the file. Raises NotFound, Damaged or NotForHere before
    anything is touched.
    """
    began = time.monotonic()
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    erased, used = ledger.known(), _used_tokens()
    # Beside the media, so that swapping is renaming.
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=media.parent) as work:
        staging = Path(work)
        listing = unpack(file, staging)
        check_fits(listing)
        engine().check(listing, staging)
        done = Restored(listing)
        done.kept += filter(None, [engine().put(listing, staging), _swap(staging / "media", media)])
        if secret is not None and (staging / "secret/secret-key").is_file():
            done.kept += filter(None, [_swap(staging / "secret/secret-key", secret)])
    connections.close_all()
    call_command("migrate", interactive=False, verbosity=0)
    _sign_out_everybody(used)
    done.erased = erase_again(erased)
    _outdate_caches()
    done.seconds = time.monotonic() - began
    return done


def check_fits(listing: Manifest) -> None:
    """Raises NotForHere when this server cannot take that backup."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if listing.engine != connection.vendor:
        raise NotForHere(
            f"{listing.path.name} was made on {names.get(listing.engine, listing.engine)}, and this server runs on "
            f"{names[connection.vendor]}. Set DATABASE_URL to a database of that kind, then restore."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [entry for entry in listing.schema if entry not in known]
    if not unknown:
        return
    app = unknown[0].split(".")[0]
    if app not in {entry.split(".")[0] for entry in known}:
        raise NotForHere(
            f"{listing.path.name} holds data of a part that is not installed here ({app}). "
            "Install the same extras as where it was made (newsroom), then restore."
        )
    raise NotForHere(
        f"{listing.path.name} was made by a newer version, {listing.version} (it has {unknown[0]}). "
        "Install that version, then restore."
    )


def _swap(new: Path, old: Path) -> str:
    """Rename `new` to `old`; what was there goes on under another name, which is returned."""
    if not new.exists():
        new.mkdir()  # a backup without media: there were none
    kept = ""
    if old.exists():
        if old.is_dir() and not any(old.iterdir()):
            old.rmdir()
        else:
            stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
            kept = str(old.rename(old.with_name(f"{old.name}.before-restore-{stamp}")))
    new.rename(old)
    sync_folder(old.parent)
    return kept


def _used_tokens() -> list[UsedToken]:
    """The sites' tokens that were taken already and have not expired: they are not to be taken again."""
    try:
        return list(UsedToken.objects.filter(expires__gt=clock.now()))
    except DatabaseError:  # it is away, or of before there were such
        return []


def _sign_out_everybody(used: list[UsedToken]) -> None:
    """End what an older backup holds of sessions and codes; these tokens of sites count as taken."""
    with writing(), connection.cursor() as cursor:
        for table in SESSIONS:
            if table in connection.introspection.table_names(cursor):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 (a constant)
        UsedToken.objects.bulk_create(used, ignore_conflicts=True)


def _outdate_caches() -> None:
    """Raise every revision past any it had before: a window cached under an old number must not be taken for new.

    Milliseconds since 1970 are added, so a second restore of the same file raises further than the first.
    """
    with writing():
        Thread.objects.update(revision=F("revision") + clock.micros(clock.now()) // 1000)
