from __future__ import annotations

import argparse

SCOPES = ("read", "write", "flag", "source")


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="add|list|end", required=True)
    add = what.add_parser(
        "add", help="make a token for a program", description="Make a token, shown this once."
    )
    add.add_argument("name", help="the name under which the program writes")
    add.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    add.add_argument(
        "--scope",
        action="append",
        choices=SCOPES,
        required=True,
        help="what it allows: read what is its own, write comments, flag comments, source: send texts of pages "
        "and who says what in them; may be given again",
    )
    listing = what.add_parser(
        "list", help="list the tokens", description="List tokens, one a line, without themselves."
    )
    listing.add_argument("--site", metavar="KEY", help="of this site only")
    end = what.add_parser("end", help="take a token back", description="End a token; what it wrote stays.")
    end.add_argument("number", type=int, help="the number that the list shows")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    if arguments.what == "list":
        return _list(arguments.site)
    return _add(arguments) if arguments.what == "add" else _end(arguments.number)


def _add(arguments: argparse.Namespace) -> int:
    from rejoinder.api.actions import add_token
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    site = access_site(arguments.site)
    row, token = add_token(site=site, name=arguments.name, scopes=arguments.scope)
    say(f"Token {row.pk} of {site.key}, which writes as {row.name} and may: {row.scopes}.")
    say(token)
    say("It is shown this once. Send it as: Authorization: Bearer TOKEN")
    return 0


def _list(key: str | None) -> int:
    from rejoinder.api.queries import tokens_of
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    for row in tokens_of(access_site(key) if key is not None else None):
        used = f"used {row.used:%Y-%m-%d}" if row.used else "never used"
        ended = f"ended {row.ended:%Y-%m-%d}" if row.ended else used
        say(
            "\t".join(
                [str(row.pk), row.site.key, row.name, row.scopes, f"made {row.created:%Y-%m-%d}", ended]
            )
        )
    return 0


def _end(number: int) -> int:
    from rejoinder.api.queries import access_token
    from rejoinder.project.terminal import say

    found = access_token(number)
    found.end()
    say(f"Token {found.pk} ({found.name}, {found.site.key}) is refused from now on; what it wrote stays.")
    return 0
