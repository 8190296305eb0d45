from __future__ import annotations

import argparse
import json
from pathlib import Path

LARGEST = 32 * 1024 * 1024  # bytes; a saved page with a thousand comments has two million


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="page", required=True)
    page = what.add_parser(
        "page",
        help="a text page or a saved HTML page",
        description="Take in a story and its comments from one page, saved as text or HTML.",
        epilog="The same page twice adds nothing that is there already.",
    )
    page.add_argument("file", type=Path, metavar="FILE", help="the saved page")
    page.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    page.add_argument(
        "--publish", action="store_true", help="publish the story (default: it becomes a draft)"
    )
    page.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    page.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.terminal import say

    data = read(arguments.file)
    from rejoinder.project.boot import start_on_database

    start_on_database()
    from rejoinder.project.sites import access_site
    from rejoinder.transfer.apply import import_page

    report = import_page(
        site=access_site(arguments.site),
        data=data,
        name=arguments.file.name,
        publish=arguments.publish,
        dry_run=arguments.dry_run,
    )
    if arguments.json:
        say(json.dumps(report.as_dict(), ensure_ascii=False, indent=2, default=str))
    else:
        for line in report.lines():
            say(line)
    return 0


def read(path: Path) -> bytes:
    """The file's bytes. Raises InvalidInput for one that is too large, before it is read."""
    from rejoinder.core.errors import InvalidInput

    with path.open("rb") as source:
        data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"{path} has more than {LARGEST // 1024 // 1024} MiB; no page is that large. Nothing was imported."
        raise InvalidInput(code="page-too-large", message=message, field="file")
    return data
