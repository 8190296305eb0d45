from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="add|list", required=True)
    add = what.add_parser("add", help="add a site", description="Add a publication.")
    add.add_argument("key", help="short name used in addresses: small letters, digits, hyphens")
    add.add_argument("--name", required=True, help="name that readers see")
    add.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="origin whose pages may have threads, such as https://www.example.org; may be given again",
    )
    add.add_argument("--language", default="en", help="en, de, ar ... (default: en)")
    what.add_parser("list", help="list the sites", description="List the sites, one a line.")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    return _add(arguments) if arguments.what == "add" else _list()


def _add(arguments: argparse.Namespace) -> int:
    from rejoinder.accounts.actions import add_site
    from rejoinder.project.sites import publish
    from rejoinder.project.terminal import say

    site = add_site(
        key=arguments.key, name=arguments.name, origins=arguments.origin, language=arguments.language
    )
    say(f"Added the site {site.key} ({site.name}).")
    for line in publish(site):
        say(line)
    say(f"Next: rejoinder staff add EMAIL --site {site.key} --role owner")
    return 0


def _list() -> int:
    from rejoinder.accounts.models import Site
    from rejoinder.project.terminal import say

    for site in Site.objects.order_by("key").prefetch_related("origins"):
        say("\t".join([site.key, site.name, *(origin.origin for origin in site.origins.all())]))
    return 0
