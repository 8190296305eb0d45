"""A backup is the state of one moment, is checked in full before it is put back, and comes back whole."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignedIn

from rejoinder.accounts.models import OneTimeCode, Session
from rejoinder.accounts.sessions import open_session
from rejoinder.accounts.sessions.codes import issue
from rejoinder.accounts.sessions.rows import find_session
from rejoinder.transfer.backup import manifest
from rejoinder.transfer.backup.archive import unpack
from rejoinder.transfer.backup.engines import SESSIONS
from rejoinder.transfer.backup.errors import Damaged, NotForHere
from rejoinder.transfer.backup.restoring import _sign_out_everybody, check_fits
from tests import factories as make
from tests.ops.installations import Installation, Makers, go_back, take_a_token, tell_revision, tell_taken

pytestmark = pytest.mark.django_db


BACKUP = "one.tar.gz"


def picture(installation: Installation) -> Path:
    return installation.folder / "media" / "original_images" / "quay.svg"


def test_backup_comes_back_whole(filled: Installation) -> None:
    before = filled.export()
    filled.done("generate", "--site", "demo", "--key", "later", "--comments", "30")
    picture(filled).write_text("changed")
    assert "It took" in filled.done("restore", BACKUP, "--yes")
    assert filled.export() == before
    assert picture(filled).read_text().startswith("<svg")
    assert "failure" not in filled.done("doctor")
    # Numbers go on where they stood: what is written afterwards takes no number twice.
    filled.done("generate", "--site", "demo", "--key", "afterwards", "--comments", "30")
    assert len(filled.export()) == len(before) + 31


def test_backup_comes_back_on_a_new_machine(filled: Installation, empty: Installation) -> None:
    empty.done("restore", str(filled.folder / BACKUP), "--yes")
    assert empty.export() == filled.export()


def test_restored_windows_are_not_mistaken_for_older_ones(filled: Installation) -> None:
    """A reader's cache knows windows by the thread's revision: it never goes back, not by restoring twice either."""
    filled.done("restore", BACKUP, "--yes")
    once = int(filled.call(tell_revision))
    filled.done("restore", BACKUP, "--yes")
    assert int(filled.call(tell_revision)) > once > 1_000_000


def test_backup_holds_no_session_and_the_secret_only_on_request(filled: Installation) -> None:
    with tarfile.open(filled.folder / BACKUP) as plain:
        assert not [name for name in plain.getnames() if "secret" in name]
        listing = json.load(plain.extractfile("manifest.json") or io.BytesIO())
    assert not [table for table in SESSIONS if listing["rows"].get(table)]
    filled.done("backup", "-o", "two.tar.gz", "--with-secret")
    with tarfile.open(filled.folder / "two.tar.gz") as full:
        assert "secret/secret-key" in full.getnames()


def test_nobody_is_signed_in_by_a_backup() -> None:
    """One of before this rule holds sessions and codes, some of which were ended since."""
    site = make.site()
    who = make.account()
    opened = open_session(commenter=who, site=site, origin="https://paper.example", kind=Session.Kind.ACCOUNT)
    issue(commenter=who, site=site, origin="https://paper.example")
    make.signed_in(who)
    _sign_out_everybody([])
    assert find_session(opened.secret, site) is None
    assert not (OneTimeCode.objects.exists() or SignedIn.objects.exists())


def test_token_that_was_taken_back_stays_so_and_those_that_are_valid_are_told(filled: Installation) -> None:
    for name in ("Desk", "Archive"):
        filled.done("token", "add", name, "--site", "demo", "--scope", "read")
    filled.done("backup", "-o", "tokens.tar.gz")
    number = filled.done("token", "list").split()[0]
    filled.done("token", "end", number)
    filled.call(take_a_token)
    said = filled.done("restore", "tokens.tar.gz", "--yes")
    assert "Everybody is signed out" in said
    assert "taken back after the backup was made, and are again: 1." in said
    assert "valid, as they were then (rejoinder token list): 1." in said
    assert filled.done("token", "list").count("ended") == 1
    assert filled.call(tell_taken).split() == ["taken"], "nor does a site's token sign in a second time"


def test_backup_is_whole_under_its_name_and_read_by_its_owner_only(filled: Installation) -> None:
    assert (filled.folder / BACKUP).stat().st_mode & 0o077 == 0
    assert "exists already" in filled.refused("backup", "-o", BACKUP)
    assert not [path for path in filled.folder.iterdir() if path.name.startswith((".one", ".backup"))]


def truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def a_bit_flipped(data: bytes) -> bytes:
    """One that says something: in a run of equal bytes a bit may point to another of them, and all stays as it was."""
    content = gzip.decompress(data)
    for place in range(len(data) // 2, len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        try:
            if gzip.decompress(changed) != content:
                break
        except (EOFError, OSError, zlib.error):
            break
    return bytes(changed)


def repacked(change: Callable[[dict[str, bytes]], None]) -> Callable[[bytes], bytes]:
    """The same archive with members changed, all in order as an archive."""

    def repack(data: bytes) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(data)) as old:
            members = {entry.name: (old.extractfile(entry) or io.BytesIO()).read() for entry in old}
        change(members)
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as new:
            for name, content in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
        return out.getvalue()

    return repack


def database_changed(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("database/") and members[name])
    members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])


def manifest_changed(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"version": "', b'"version": "9', 1)


def member_missing(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("media/"))]


def member_outside(members: dict[str, bytes]) -> None:
    listing = members.pop("manifest.json")
    members["media/../../outside.txt"] = b"here"
    members["manifest.json"] = listing


def manifest_missing(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def something_else(members: dict[str, bytes]) -> None:
    members.clear()
    members["holiday/picture.jpg"] = b"sea"


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (truncated, "cut off or damaged"),
    "a bit flipped": (a_bit_flipped, "damaged"),
    "no archive": (lambda data: b"Dear diary", "no backup of Rejoinder"),
    "database changed": (repacked(database_changed), "checksum"),
    "manifest changed": (repacked(manifest_changed), "manifest has been changed"),
    "member missing": (repacked(member_missing), "not in both"),
    "member outside": (repacked(member_outside), "outside"),
    "no manifest": (repacked(manifest_missing), "no manifest"),
    "another archive": (repacked(something_else), "no backup of Rejoinder"),
}


@pytest.fixture(scope="session")
def sound(makers: Makers) -> bytes:
    """A backup with nothing wrong."""
    return (makers.filled().folder / BACKUP).read_bytes()


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_backup_is_told_from_a_sound_one(name: str, sound: bytes, tmp_path: Path) -> None:
    damage, sentence = DAMAGES[name]
    file, staging = tmp_path / "bad.tar.gz", tmp_path / "staging"
    for data in (sound, damage(sound)):
        file.write_bytes(data)
        staging.mkdir()
        if data is sound:
            assert unpack(file, staging).rows
        else:
            with pytest.raises(Damaged, match=sentence):
                unpack(file, staging)
        shutil.rmtree(staging)
    assert not (tmp_path / "outside.txt").exists()


def rows_miscounted(members: dict[str, bytes]) -> None:
    edit(members, lambda listing: listing["rows"].update(rejoinder_comment=119))


@pytest.mark.parametrize("damage", [truncated, a_bit_flipped, repacked(rows_miscounted)])
def test_damaged_backup_is_refused_before_anything_is_touched(
    filled: Installation, damage: Callable[[bytes], bytes]
) -> None:
    file = filled.folder / BACKUP
    file.write_bytes(damage(file.read_bytes()))
    before = sorted(path.name for path in filled.folder.iterdir())
    assert "damaged" in filled.refused("restore", BACKUP, "--yes")
    assert len(filled.export()) == 121
    assert picture(filled).exists()
    assert {path.name for path in filled.folder.iterdir()} - {*before} <= {"preparing.lock", "serving.lock"}


def newer(members: dict[str, bytes]) -> None:
    edit(members, lambda listing: listing["schema"].append("rejoinder_core.9999_to_come"))


def of_parts_not_here(members: dict[str, bytes]) -> None:
    edit(members, lambda listing: listing["schema"].append("gardening.0001_initial"))


def of_another_engine(members: dict[str, bytes]) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}
    edit(members, lambda listing: listing.update(engine=other[listing["engine"]]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (newer, "newer version"),
        (of_parts_not_here, "not installed here"),
        (of_another_engine, "Set DATABASE_URL"),
    ],
)
def test_backup_for_another_server_is_refused(
    change: Callable[[dict[str, bytes]], None], sentence: str, sound: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "other.tar.gz"
    file.write_bytes(repacked(change)(sound))
    with pytest.raises(NotForHere, match=sentence):
        check_fits(unpack(file, tmp_path / "staging"))


def edit(members: dict[str, bytes], change: Callable[[dict[str, Any]], object]) -> None:
    """Change a manifest and seal it again, as somebody would who knows how."""
    content = json.loads(members["manifest.json"])
    change(content)
    content["digest"] = manifest.digest(content)
    members["manifest.json"] = json.dumps(content).encode()


def test_backup_of_an_older_version_is_brought_to_this_one(filled: Installation) -> None:
    """The last migration of discussion undone, backed up, and restored where it is done: it is done again."""
    before = filled.export()
    filled.call(go_back, "rejoinder_discussion")
    filled.done("backup", "-o", "older.tar.gz")
    assert "failure   migrations" in filled.run("doctor").stdout
    filled.done("migrate")
    filled.done("restore", "older.tar.gz", "--yes")
    assert filled.export() == before
    assert "ok        migrations" in filled.done("doctor")


def test_update_makes_a_backup_first_and_keeps_the_last_five(filled: Installation) -> None:
    backups = filled.folder / "backups"
    backups.mkdir()
    for year in range(2010, 2016):
        (backups / f"rejoinder-{year}0101-000000.tar.gz").write_bytes(b"")
    filled.call(go_back, "rejoinder_discussion")
    filled.done("migrate")
    kept = sorted(path.name for path in backups.iterdir())
    assert len(kept) == 5
    with tarfile.open(backups / kept[-1]) as newest:
        assert "manifest.json" in newest.getnames()


def test_restore_is_refused_while_a_server_runs(filled: Installation) -> None:
    with filled.serving() as server:
        assert "Stop it first" in filled.refused("restore", BACKUP, "--yes")
        assert server.get("/healthz") == (200, "ok\n")


def test_restore_asks_before_it_replaces(filled: Installation) -> None:
    assert "Nothing was changed" in filled.refused("restore", BACKUP)


def test_bomb_in_a_backup_is_no_backup(tmp_path: Path) -> None:
    """A gigabyte of zeros where the manifest belongs is not read into memory."""
    entry = tarfile.TarInfo("manifest.json")
    entry.size = manifest.LARGEST + 1
    file = tmp_path / "bomb.tar.gz"
    with gzip.open(file, "wb") as out:
        out.write(entry.tobuf())
        out.write(bytes(2048))
    with pytest.raises(Damaged, match="too long"):
        unpack(file, tmp_path / "staging")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_in_a_backup_are_refused(tmp_path: Path, kind: bytes) -> None:
    entry = tarfile.TarInfo("media/innocent")
    entry.type, entry.linkname = kind, "/etc/passwd"
    file = tmp_path / "links.tar.gz"
    with tarfile.open(file, "w:gz") as out:
        out.addfile(entry)
    with pytest.raises(Damaged, match="no plain file"):
        unpack(file, tmp_path / "staging")
