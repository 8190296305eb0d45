from __future__ import annotations

import argparse
import sys

ROLES = ("owner", "editor", "moderator", "analyst")


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="add|password|list", required=True)
    add = what.add_parser("add", help="give somebody a role", description="Give a person a role on a site.")
    add.add_argument("email", help="the address this person signs in with")
    add.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    add.add_argument("--role", required=True, choices=ROLES, help="what the person may do there")
    add.add_argument("--name", default="", help="name that readers see (default: the part before the @)")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password from the input instead of making one"
    )
    password = what.add_parser(
        "password",
        help="give somebody a new password",
        description="Set a new password; signs out everywhere.",
    )
    password.add_argument("email", help="the address this person signs in with")
    password.add_argument(
        "--second-factor",
        action="store_true",
        help="take passkeys and codes of an app away too, where those were lost",
    )
    password.add_argument(
        "--password-stdin", action="store_true", help="read the password from the input instead of making one"
    )
    listing = what.add_parser("list", help="list who has a role", description="List staff, one a line.")
    listing.add_argument("--site", metavar="KEY", help="of this site only")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    if arguments.what == "list":
        return _list(arguments.site)
    return _add(arguments) if arguments.what == "add" else _reset(arguments)


def _password(arguments: argparse.Namespace) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from rejoinder.core.errors import InvalidInput

    if not arguments.password_stdin:
        return ""
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise InvalidInput(code="password", message=" ".join(error.messages), field="password") from error
    return password


def _add(arguments: argparse.Namespace) -> int:
    from rejoinder.accounts.actions import add_staff
    from rejoinder.project.sites import access_site, admit_to_desk
    from rejoinder.project.terminal import say

    site = access_site(arguments.site)
    commenter, made = add_staff(
        email=arguments.email,
        site=site,
        role=arguments.role,
        name=arguments.name,
        password=_password(arguments),
    )
    admit_to_desk(commenter)
    say(f"{arguments.email} is {arguments.role} of {site.key}.")
    if made is not None:
        say(f"Password: {made}")
        say("It is shown this once. Sign in at /accounts/login/.")
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from rejoinder.accounts.actions import reset_password
    from rejoinder.project.terminal import say

    made = reset_password(email=arguments.email, password=_password(arguments))
    say(f"{arguments.email} has a new password and is signed out everywhere.")
    if arguments.second_factor:
        from rejoinder.accounts.people.second_factor import take_away

        take_away(email=arguments.email)
        say("Passkeys and codes are gone too; a new one is set up after the next sign-in.")
    if made is not None:
        say(f"Password: {made}")
    return 0


def _list(key: str | None) -> int:
    from rejoinder.accounts.models import Role
    from rejoinder.project.sites import access_site
    from rejoinder.project.terminal import say

    roles = Role.objects.select_related("commenter__user", "site").order_by("site__key", "id")
    if key is not None:
        roles = roles.filter(site=access_site(key))
    for role in roles:
        user = role.commenter.user
        say("\t".join([role.site.key, role.kind, role.commenter.name, user.get_username() if user else "-"]))
    return 0
