from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR|FILE",
        help="where to (default: DATA/backups, named by the time)",
    )
    parser.add_argument(
        "--with-secret",
        action="store_true",
        help="put the secret key in too; without it, links and codes sent end",
    )
    parser.epilog = (
        "The file holds everything, e-mail addresses included: keep it where nobody else reads it. "
        "Sessions are not in it, and the secret key only on request."
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.core.errors import NotFound
    from rejoinder.project.boot import start_django
    from rejoinder.project.folder import data_folder
    from rejoinder.project.terminal import say

    folder = data_folder()
    start_django()
    from rejoinder.transfer.backup import back_up

    target = arguments.output
    if target is None:
        target = folder / "backups"
        target.mkdir(exist_ok=True)
    secret = folder / "secret-key" if arguments.with_secret else None
    if secret is not None and not secret.is_file():
        raise NotFound(
            f"There is no {secret}: the secret key comes from REJOINDER_SECRET_KEY. Keep it yourself."
        )
    listing = back_up(target=target, secret=secret)
    size = listing.path.stat().st_size
    say(
        f"{listing.path} ({size:,} bytes): {sum(listing.rows.values()):,} rows, {_files(listing.members)} files."
    )
    return 0


def _files(members: dict[str, object] | object) -> int:
    assert isinstance(members, dict)
    return sum(name.startswith("media/") for name in members)
