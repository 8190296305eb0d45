from __future__ import annotations

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that rejoinder backup has written")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.epilog = (
        "The whole file is checked before anything is touched. What was there is kept beside it (SQLite, media); on "
        "PostgreSQL take a backup first. Stop the server before."
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.folder import data_folder, nobody_serving, preparing
    from rejoinder.project.terminal import note, say

    folder = data_folder()
    with nobody_serving(folder), preparing(folder):
        from rejoinder.project.boot import start_django

        start_django()
        from rejoinder.api.models import ApiToken
        from rejoinder.api.queries import tokens_of
        from rejoinder.assist.clients import clients_of
        from rejoinder.assist.models import Client
        from rejoinder.project.migrate import make_cache_table
        from rejoinder.transfer.backup import restore

        if not arguments.yes and not _agreed(folder):
            note("Nothing was changed.")
            return 1
        taken_back, keys = ApiToken.digests_ended(), Client.digests_ended()
        done = restore(file=arguments.file, secret=folder / "secret-key")
        make_cache_table()
        again, again_keys = ApiToken.end_again(taken_back), Client.end_again(keys)
        alive = sum(token.ended is None for token in tokens_of(None))
        alive_keys = sum(client.ended is None for client in clients_of(None))
    say(
        f"Restored {done.manifest.path.name} of {done.manifest.created[:19]} (version {done.manifest.version}): "
        f"{sum(done.manifest.rows.values()):,} rows, {len(done.manifest.members):,} members checked."
    )
    if done.erased:
        say(f"Erased again, because they asked to be after the backup was made: {done.erased}.")
    say("Everybody is signed out: sessions, codes and access tokens of before are not valid any more.")
    if again:
        say(f"Tokens of programs that were taken back after the backup was made, and are again: {again}.")
    if alive:
        say(f"Tokens of programs that are valid, as they were then (rejoinder token list): {alive}.")
    if again_keys:
        say(f"Keys of Perspective's clients that were taken back since, and are again: {again_keys}.")
    if alive_keys:
        say(f"Keys that are valid, as they were then (rejoinder assist key --list): {alive_keys}.")
    for kept in done.kept:
        say(f"What was there before is kept: {kept}")
    say(f"It took {done.seconds:.1f} seconds.")
    return 0


def _agreed(folder: Path) -> bool:
    from rejoinder.project.terminal import note

    if not sys.stdin.isatty():
        note("Say --yes to put the backup in the place of what is there.")
        return False
    note(f"This replaces the database and the media of {folder}. Go on? [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
