from __future__ import annotations

import argparse
from typing import Any


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument(
        "--mode", choices=("off", "log", "hold", "hold-and-approve"), help="what it may do by itself"
    )
    parser.add_argument(
        "--miss", type=float, metavar="SHARE", help="of what it approves, how much it may miss: 0.02"
    )
    parser.add_argument(
        "--through",
        type=float,
        metavar="SHARE",
        help="of what should be rejected, how much it may approve: 0.1",
    )
    parser.add_argument("--record", choices=("on", "off"), help="whether an author's record counts")
    parser.add_argument("--clear-alarm", action="store_true", help="you have looked: automation may go on")
    parser.add_argument(
        "--version", type=int, metavar="NUMBER", help="go back to this version; learning then rests"
    )
    parser.add_argument(
        "--language", default="", metavar="CODE", help="of --version (default: the one for all)"
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.terminal import note, say

    start_on_database()
    from rejoinder.assist.actions import change_policy, clear_alarm
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    changes = _changes(arguments)
    if not changes and not arguments.clear_alarm and arguments.version is None:
        note("Say what to change: rejoinder assist change --help lists it.")
        return 2
    if changes:
        change_policy(site=site, **changes)
    if arguments.clear_alarm:
        clear_alarm(site=site)
    if arguments.version is not None:
        _go_back(site, arguments.version, arguments.language)
    say(f"Changed. rejoinder assist show --site {site.key} shows it.")
    return 0


def _changes(arguments: argparse.Namespace) -> dict[str, Any]:
    named = {name: getattr(arguments, name) for name in ("mode", "miss", "through")}
    changes = {name: value for name, value in named.items() if value is not None}
    if arguments.record:
        changes["use_record"] = arguments.record == "on"
    return changes


def _go_back(site: Any, number: int, language: str) -> None:
    from rejoinder.assist.actions import revert
    from rejoinder.assist.models import Version
    from rejoinder.core.errors import NotFound
    from rejoinder.project.terminal import say

    row = Version.objects.filter(site=site, language=language, number=number).first()
    if row is None:
        raise NotFound(f"There is no version {number}; rejoinder assist show --site {site.key} lists them.")
    revert(version=row)
    say(f"Back at version {number}. Learning rests until: rejoinder assist train --site {site.key}")
