from __future__ import annotations

import argparse

QUOTA = 600
NAME = "Perspective's client"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site",
        metavar="KEY",
        help="the site whose model answers and learns; with --list, of this site only",
    )
    parser.add_argument(
        "--client", metavar="NAME", default=NAME, help="what the key is for, to know it again in the list"
    )
    parser.add_argument(
        "--quota", type=int, default=QUOTA, metavar="N", help=f"requests a minute (default {QUOTA})"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the keys, one a line, without themselves")
    what.add_argument(
        "--end", type=int, metavar="NUMBER", help="take back the key with this number of the list"
    )
    what.add_argument(
        "--forget", type=int, metavar="NUMBER", help="take it back, and unlearn all that it told of decisions"
    )
    parser.epilog = "The key is shown once. docs/perspective.md says where Coral and others want it."


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.core.conf import ConfigurationError
    from rejoinder.project.boot import start_on_database

    start_on_database()
    if arguments.list:
        return _list(arguments.site)
    if arguments.end is not None:
        return _end(arguments.end)
    if arguments.forget is not None:
        return _forget(arguments.forget)
    if not arguments.site:
        raise ConfigurationError("Say for which site: --site KEY")
    return _add(arguments)


def _add(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from rejoinder.assist.clients import add_client
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    site = access_site(arguments.site)
    row, key = add_client(site=site, name=arguments.client, quota=arguments.quota)
    address = (settings.REJOINDER_URL or "http://localhost:8000").rstrip("/")
    say(f"Key {row.pk} of {site.key} for {row.name}, {row.quota:,} requests a minute.")
    say(key)
    say(f"It is shown this once. The endpoint to go with it: {address}/v1alpha1")
    return 0


def _list(key: str | None) -> int:
    from rejoinder.assist.clients import clients_of
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    for row in clients_of(access_site(key) if key is not None else None):
        used = f"used {row.used:%Y-%m-%d}" if row.used else "never used"
        ended = f"ended {row.ended:%Y-%m-%d}" if row.ended else used
        made = f"made {row.created:%Y-%m-%d}"
        say("\t".join([str(row.pk), row.site.key, row.name, f"{row.quota} a minute", made, ended]))
    return 0


def _end(number: int) -> int:
    from rejoinder.assist.clients import access_client
    from rejoinder.project.terminal import say

    found = access_client(number)
    found.end()
    say(
        f"Key {found.pk} ({found.name}, {found.site.key}) is refused from now on; what it told stays learned."
    )
    return 0


def _forget(number: int) -> int:
    from rejoinder.assist.clients import access_client, forget_client
    from rejoinder.project.terminal import say

    found = access_client(number)
    told = forget_client(client=found)
    say(
        f"Key {found.pk} ({found.name}, {found.site.key}) is refused from now on; {told:,} decisions are unlearned."
    )
    return 0
