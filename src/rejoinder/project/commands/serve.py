from __future__ import annotations

import argparse
import os

HOST, PORT = "127.0.0.1", 8000


def port_number(text: str) -> int:
    """A port as argparse wants it."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; one is a number from 1 to 65535")
    return int(text)


def workers_number(text: str) -> int:
    """How many processes answer requests."""
    if not text.isdigit() or not 0 < int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text} is no number of workers; one is from 1 to 64")
    return int(text)


def default_workers() -> int:
    """One a core, two at most: on SQLite more do not help."""
    return min(2, os.cpu_count() or 1)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=HOST, help=f"address to listen on (default {HOST}: this machine only)"
    )
    parser.add_argument("--port", type=port_number, default=PORT, help=f"port to listen on (default {PORT})")
    parser.add_argument(
        "--workers",
        type=workers_number,
        default=default_workers(),
        metavar="N",
        help="processes (default: %(default)s)",
    )
    parser.add_argument(
        "--no-jobs", action="store_true", help="leave the jobs to rejoinder work, here or on other machines"
    )
    parser.epilog = (
        "Everything is kept in the folder of REJOINDER_DATA (default: ./data). An empty or older database is brought "
        "to this version first, after a backup. Ctrl-C stops it."
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.folder import data_folder, serving
    from rejoinder.project.metrics_folder import counting_together
    from rejoinder.project.port import claim
    from rejoinder.project.terminal import note, say

    folder = data_folder()
    with serving(folder), counting_together(folder):
        held = claim(arguments.host, arguments.port)
        from rejoinder.project.boot import start_django

        start_django()
        from rejoinder.core.conf import load
        from rejoinder.project import serve, sites

        serve.prepare(folder, tell=note)
        for line in sites.follow_address(port=arguments.port):
            note(line)
        try:
            return serve.serve(
                arguments.host,
                arguments.port,
                workers=arguments.workers,
                does_jobs=not arguments.no_jobs,
                form=load()["REJOINDER_LOG"],
                tell=say,
            )
        finally:
            held.close()
