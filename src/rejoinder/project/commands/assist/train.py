from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rejoinder.project.progress import spinner, track

if TYPE_CHECKING:
    from rejoinder.accounts.models import Commenter, Site
    from rejoinder.assist.refitting import Outcome

SAYS = {
    "made": "version {number} is active: it learned from {examples:,} decisions.",
    "refused": "the new version does worse on the newest decisions (loss {after:.3f}, before {before:.3f}): "
    "the old one stays. It is kept as number {number}, without its file.",
    "few": "too few decisions yet.",
    "one-kind": "all decisions are of one kind: there is nothing to tell apart yet.",
    "nothing-new": "nothing was decided since the last version.",
    "lost": "somebody changed the versions meanwhile. Try again.",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    parser.add_argument("--without", metavar="EMAIL", help="learn nothing from what this person decided")
    parser.add_argument("--with", dest="again", metavar="EMAIL", help="learn from them again")
    parser.add_argument(
        "--since", metavar="TIME", help="with --without: only from this moment on, such as 2026-03-01"
    )
    parser.add_argument(
        "--from-log", action="store_true", help="take in first what was decided before Assist was added"
    )


def run(arguments: argparse.Namespace) -> int:
    """Learn in the foreground, also where learning rests after going back to a version."""
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.commands.assist.needed import check_installed
    from rejoinder.project.terminal import note, say

    start_on_database()
    from rejoinder.assist.refitting import refit_site
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    check_installed()
    if arguments.from_log:
        _take_log(site)
    _choose(site, arguments)
    with spinner("Learning ..."):
        outcomes = refit_site(site, forced=True)
    if not outcomes:
        note("A worker is learning for this site at present. Try again in a minute.")
        return 1
    for outcome in outcomes:
        say(_sentence(site, outcome))
    return 0 if any(outcome.kind == "made" for outcome in outcomes) else 1


def _take_log(site: Site) -> None:
    """Each comment that a person has decided about becomes an example, as if Assist had been told then."""
    from rejoinder.moderation.assisting.teaching import LABELS, teach
    from rejoinder.moderation.events import Decided
    from rejoinder.moderation.models import Decision
    from rejoinder.project.terminal import say

    decided = Decision.objects.filter(
        site=site, action__in=LABELS, actor__isnull=False, comment__isnull=False
    )
    latest = dict(decided.order_by("pk").values_list("comment", "action"))
    for comment, action in track(latest.items(), "Decisions"):
        teach(Decided(site=site.pk, decision=0, comment=comment, action=action))
    say(f"{len(latest):,} decisions of the log were looked at.")


def _sentence(site: Site, outcome: Outcome) -> str:
    from rejoinder.assist.models import Version

    row = Version.objects.filter(site=site, language=outcome.language, number=outcome.number).first()
    figures = {"number": outcome.number, "examples": row.examples if row else 0} | outcome.figures
    return f"{outcome.language or 'all languages'}: {SAYS[outcome.kind].format(**figures)}"


def _choose(site: Site, arguments: argparse.Namespace) -> None:
    """What is left out, what is taken in again; and learning goes on."""
    from rejoinder.assist.actions import leave_out, resume, take_in
    from rejoinder.project.terminal import say

    if arguments.without:
        since = _moment(arguments.since) if arguments.since else None
        number = leave_out(site=site, actor=_person(arguments.without), since=since)
        say(f"{number:,} decisions of {arguments.without} are left out.")
    if arguments.again:
        number = take_in(site=site, actor=_person(arguments.again))
        say(f"{number:,} decisions of {arguments.again} are taken in again.")
    resume(site=site)


def _person(email: str) -> Commenter:
    from rejoinder.accounts.models import Commenter
    from rejoinder.core.errors import NotFound

    found = Commenter.objects.filter(user__email__iexact=email).first()
    if found is None:
        raise NotFound(f"Nobody has the address “{email}”. rejoinder staff list names those who work here.")
    return found


def _moment(text: str) -> datetime:
    from rejoinder.core.errors import InvalidInput

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            code="since", message=f"“{text[:40]}” is no time. Write it like 2026-03-01T08:00."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
