from __future__ import annotations

import argparse
import json


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="findings as JSON")
    parser.add_argument(
        "--mail", metavar="ADDRESS", help="send one letter there and say what the server answers"
    )
    parser.epilog = (
        "Each line begins with ok, attention or failure. The exit code is 1 when there is a failure."
    )


def run(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from rejoinder.core.conf import load
    from rejoinder.project.boot import start_django
    from rejoinder.project.terminal import say

    start_django()
    from rejoinder.project.doctor import examine
    from rejoinder.project.findings import FAILURE
    from rejoinder.project.mail_check import try_mail

    findings = [try_mail(arguments.mail)] if arguments.mail else examine(load())
    if arguments.json:
        say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            say(finding.line())
    return 1 if any(finding.state == FAILURE for finding in findings) else 0
