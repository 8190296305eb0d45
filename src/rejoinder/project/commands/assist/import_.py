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
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.commands.assist.needed import check_installed
    from rejoinder.project.terminal import say

    start_on_database()
    from rejoinder.assist.taking import take
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    check_installed()
    row = take(site=site, path=Path(arguments.file), language=arguments.language)
    say(f"It is version {row.number} here, and active. What is decided here is learned on top of it.")
    return 0
