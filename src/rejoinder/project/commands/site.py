from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.accounts.models import Site

# Policies by what they are called at the terminal: (option, field, what it says).
TEXTS = (
    ("--name", "name", "name that readers see"),
    ("--language", "language", "en, de, ar ..."),
    ("--guest-email", "guest_email", "none, optional, required or confirmed"),
    ("--sso-issuer", "sso_issuer", "what “iss” says in the site's own tokens"),
    ("--sso-audience", "sso_audience", "what “aud” says in them"),
    ("--sso-jwks-url", "sso_jwks_url", "address of the key set, for RS256, ES256 and EdDSA"),
    ("--sso-algorithms", "sso_algorithms", "such as HS256 or RS256,ES256 (default: all there is a key for)"),
)
SWITCHES = (
    ("--guests", "guests", "whether guests may write"),
    ("--hold-all", "hold_all", "whether every comment waits for a moderator"),
    ("--profiles", "profiles", "whether pages show what a person has written"),
    ("--sso-roles", "sso_roles", "whether tokens may give roles to staff"),
    ("--sso-required", "sso_required", "whether one takes part with an account of the publication only"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="add|list|show|change", required=True)
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
    show = what.add_parser("show", help="show a site's policies", description="Show a site, a policy a line.")
    show.add_argument("key", help="the site's key")
    _configure_change(
        what.add_parser("change", help="change a site", description="Change what is named, and nothing else.")
    )


def _configure_change(change: argparse.ArgumentParser) -> None:
    change.add_argument("key", help="the site's key")
    for option, field, meaning in TEXTS:
        change.add_argument(option, dest=field, metavar="TEXT", help=meaning)
    for option, field, meaning in SWITCHES:
        change.add_argument(option, dest=field, choices=("on", "off"), help=meaning)
    change.add_argument(
        "--edit-window", type=int, metavar="SECONDS", help="how long one's own comment can be changed"
    )
    change.add_argument("--add-origin", action="append", default=[], metavar="URL", help="may be given again")
    change.add_argument(
        "--remove-origin", action="append", default=[], metavar="URL", help="may be given again"
    )
    secret = change.add_mutually_exclusive_group()
    secret.add_argument(
        "--sso-secret-stdin", action="store_true", help="read the secret for HS256 from the input"
    )
    secret.add_argument(
        "--sso-secret-new", action="store_true", help="make a secret for HS256 and show it once"
    )
    secret.add_argument("--sso-secret-none", action="store_true", help="take the secret away")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    return {"add": _add, "list": _list, "show": _show, "change": _change}[arguments.what](arguments)


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
    for line in _lines(site) if arguments.origin else ():
        say(line)
    say(f"Next: rejoinder staff add EMAIL --site {site.key} --role owner")
    return 0


def _lines(site: Site) -> list[str]:
    """What brings a discussion into a page of an origin of the site."""
    from django.conf import settings

    home = (settings.REJOINDER_URL or "http://localhost:8000").rstrip("/")
    return [
        "Into a page, where its discussion belongs:",
        f'  <script src="{home}/embed.js" defer></script>',
        f'  <rejoinder-thread site="{site.key}"></rejoinder-thread>',
    ]


def _list(arguments: argparse.Namespace) -> int:
    from rejoinder.accounts.models import Site
    from rejoinder.project.terminal import say

    for site in Site.objects.order_by("key").prefetch_related("origins"):
        say("\t".join([site.key, site.name, *(origin.origin for origin in site.origins.all())]))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    site = access_site(arguments.key)
    say(f"key\t{site.key}")
    for option, field, _meaning in TEXTS:
        say(f"{option[2:]}\t{getattr(site, field)}")
    for option, field, _meaning in SWITCHES:
        say(f"{option[2:]}\t{'on' if getattr(site, field) else 'off'}")
    say(f"edit-window\t{site.edit_window}")
    say(f"sso-secret\t{'set' if site.sso_secret else 'none'}")
    for origin in site.origins.order_by("id"):
        say(f"origin\t{origin.origin}")
    return 0


def _change(arguments: argparse.Namespace) -> int:
    from rejoinder.accounts.sites import Changes, add_origin, change_site, remove_origin
    from rejoinder.core.db import writing
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import note, say

    site = access_site(arguments.key)
    texts = {field: getattr(arguments, field) for _option, field, _meaning in TEXTS}
    asked = {field: getattr(arguments, field) for _option, field, _meaning in SWITCHES}
    switches = {field: value == "on" for field, value in asked.items() if value is not None}
    secret = _secret(arguments)
    changes = Changes(**texts, **switches, edit_window=arguments.edit_window, sso_secret=secret)
    with writing():  # all of it, or nothing
        changed = change_site(site=site, changes=changes)
        added = [add_origin(site=site, origin=origin) for origin in arguments.add_origin]
        removed = [remove_origin(site=site, origin=origin) for origin in arguments.remove_origin]
    if not (changed or added or removed):
        note("Nothing was named that is not so already; rejoinder site change --help lists what there is.")
        return 0
    for field in changed:
        say(f"{field.replace('_', '-')}: changed")
    for sign, origins in (("+", added), ("-", removed)):
        for origin in origins:
            say(f"{sign} {origin}")
    if arguments.sso_secret_new:
        say(f"Secret: {secret}")
        say("It is shown this once.")
    return 0


def _secret(arguments: argparse.Namespace) -> str | None:
    from rejoinder.accounts.sites import make_secret

    if arguments.sso_secret_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if arguments.sso_secret_new:
        return make_secret()
    return "" if arguments.sso_secret_none else None
