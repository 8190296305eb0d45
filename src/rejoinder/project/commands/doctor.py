from __future__ import annotations

import argparse
import json


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="findings as JSON")
    parser.epilog = (
        "Each line begins with ok, attention or failure. The exit code is 1 when there is a failure."
    )


def run(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from rejoinder.core.conf import load
    from rejoinder.project.boot import start_django
    from rejoinder.project.terminal import say

    start_django()
    from rejoinder.project.doctor import FAILURE, examine

    findings = examine(load())
    if arguments.json:
        say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            say(finding.line())
    return 1 if any(finding.state == FAILURE for finding in findings) else 0
