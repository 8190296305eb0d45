from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="as rejoinder assist export writes it")
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument(
        "--language", default="", metavar="CODE", help="of the model (default: the one for all)"
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.assist import available
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.terminal import note, say

    start_on_database()
    from rejoinder.assist.judging import missing
    from rejoinder.assist.taking import take
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    if not available():
        note(str(missing()))
        return 1
    row = take(site=site, path=Path(arguments.file), language=arguments.language)
    say(f"It is version {row.number} here, and active. What is decided here is learned on top of it.")
    return 0
