from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "A backup is written to DATA/backups first when the database is not empty."


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_django
    from rejoinder.project.folder import data_folder
    from rejoinder.project.terminal import note, say

    folder = data_folder()
    start_django()
    from rejoinder.project.migrate import bring_up_to_date

    bring_up_to_date(folder, tell=note)
    say("The database is of this version.")
    return 0
