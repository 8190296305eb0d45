from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="KEY", help="of this site only")


def run(arguments: argparse.Namespace) -> int:
    """A line a site: key, number of decisions, digest. Exit code 1 where a chain does not fit."""
    from rejoinder.accounts.models import Site
    from rejoinder.moderation.decisions.chain import head_of, seal, verify
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.chain_check import WHY
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import note, say

    start_on_database()
    sites = [access_site(arguments.site)] if arguments.site else list(Site.objects.order_by("key"))
    broken = 0
    for site in sites:
        seal(site.pk)
        position, digest = head_of(site)
        say(f"{site.key}\t{position}\t{digest or '-'}")
        found = verify(site)
        if found is not None:
            broken += 1
            note(f"{site.key}: place {found.position}, decision {found.decision or '-'}: {WHY[found.why]}.")
    return 1 if broken else 0
