from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument(
        "--language", default="", metavar="CODE", help="of the model (default: the one for all)"
    )
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="where to write it")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.core.errors import NotFound
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.terminal import say

    start_on_database()
    from rejoinder.assist.queries import active_version
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    row = active_version(site, arguments.language)
    if row is None or not row.blob:
        raise NotFound("This site has no model of its own yet: it has decided too little.")
    content = bytes(row.blob)
    Path(arguments.output).write_bytes(content)
    say(
        f"Version {row.number}, from {row.examples:,} decisions: {arguments.output} ({len(content):,} bytes)."
    )
    say("It holds weights and no text. Who has the file can ask it what your moderators would reject.")
    return 0
