from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rejoinder.accounts.models import Site


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="transparency", required=True)
    made = what.add_parser(
        "transparency",
        help="what was decided in a year",
        description="Count what was decided, reported and appealed against in a year (UTC), from the log.",
    )
    made.add_argument("--year", type=int, required=True, help="such as 2026")
    made.add_argument("--site", metavar="KEY", help="of this site only (default: all of them together)")
    made.add_argument("--format", choices=("json", "csv", "html"), default="json", help="default: json")
    made.add_argument("-o", "--output", metavar="FILE", help="write it there, not to the terminal")
    shown = made.add_mutually_exclusive_group()
    shown.add_argument("--publish", action="store_true", help="show it to everybody on a page of the site")
    shown.add_argument("--withdraw", action="store_true", help="take that page away again")


def run(arguments: argparse.Namespace) -> int:
    """The report to the output, or to a file; or a page that comes or goes."""
    from rejoinder.moderation.reports.figures import figures
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.sites import access_site

    start_on_database()
    site = access_site(arguments.site) if arguments.site else None
    if arguments.publish or arguments.withdraw:
        return _page(site, arguments.year, arguments.publish)
    text = _written(figures(site, arguments.year), site, arguments.format)
    if arguments.output:
        Path(arguments.output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _written(found: dict[str, Any], site: Site | None, how: str) -> str:
    from rejoinder.moderation.reports import written

    if how == "csv":
        return written.as_csv(found)
    if how == "html":
        name, language = (site.name, site.language) if site is not None else ("", "en")
        return written.as_page(found, site_name=name, language=language)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _page(site: Site | None, year: int, publishes: bool) -> int:
    from rejoinder.moderation.reports.publishing import publish, withdraw
    from rejoinder.project.terminal import note, say

    if site is None:
        note("A page belongs to one site: name it with --site KEY.")
        return 2
    if publishes:
        publish(site=site, year=year)
        say(f"Published: /threads/{site.key}/transparency/{year}")
    elif withdraw(site=site, year=year):
        say("Withdrawn.")
    else:
        note("There is no such page.")
        return 1
    return 0
