from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.accounts.models import Site
    from rejoinder.assist.models import Version


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.terminal import say

    start_on_database()
    from rejoinder.project.sites import access_site

    site = access_site(arguments.site)
    for line in [*_policy(site), "", *_versions(site), "", *_people(site)]:
        say(line)
    return 0


def _policy(site: Site) -> list[str]:
    from rejoinder.assist import available
    from rejoinder.assist.judging import missing
    from rejoinder.assist.queries import policy_of

    policy = policy_of(site)
    lines = [] if available() else [str(missing())]
    lines += [
        f"mode\t{policy.mode}",
        f"of what it approves, at most {policy.miss:.1%} should have been rejected",
        f"of what should be rejected, at most {policy.through:.1%} is approved",
        f"author's record counts\t{'yes' if policy.use_record else 'no'}",
    ]
    if policy.alarmed:
        lines.append(
            f"alarm since {policy.alarmed:%Y-%m-%d %H:%M} UTC: decisions look otherwise; no automation"
        )
    if policy.paused:
        lines.append(
            f"learning rests since {policy.paused:%Y-%m-%d %H:%M} UTC: somebody went back to a version"
        )
    return lines


def _versions(site: Site) -> list[str]:
    from rejoinder.assist.models import Version

    rows = Version.objects.filter(site=site).defer("blob").order_by("-made")[:20]
    return ["version\tlanguage\tstate\tdecisions\tvectors\tmade\twhy", *map(_version, rows)]


def _version(row: Version) -> str:
    made = f"{row.made:%Y-%m-%d %H:%M}"
    vectors = "yes" if row.evaluation.get("vectors") else "no"
    lane = [str(row.number), row.language or "all", row.state]
    return "\t".join([*lane, str(row.examples), vectors, made, row.why])


def _people(site: Site) -> list[str]:
    from rejoinder.assist.queries import by_actor

    lines = ["person\tapproved\trejected\tagainst Assist\tleft out"]
    for row in by_actor(site):
        name = row["actor__name"] or (f"number {row['actor']}" if row["actor"] else "unknown")
        against = f"{row['against']} of {row['compared']}"
        lines.append(f"{name}\t{row['approved']}\t{row['rejected']}\t{against}\t{row['left_out']}")
    return lines
