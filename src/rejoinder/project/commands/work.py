from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "For further machines, or beside rejoinder serve --no-jobs; as many as you like share the jobs. "
        "Ctrl-C or SIGTERM ends it when the job in hand is done."
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project import worker
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.folder import data_folder, serving
    from rejoinder.project.terminal import say

    stop = worker.until_told()
    with serving(data_folder()):
        start_on_database()
        say("Rejoinder does the jobs.")
        return worker.work(stop)
