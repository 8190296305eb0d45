from __future__ import annotations

import argparse
import importlib.util
import os
from pathlib import Path

from rejoinder.project.commands.serve import HOST, PORT, default_workers, port_number, workers_number

FOLDER = "demo-data"
# The demo must not touch the data of a server that is configured here.
APART = {
    "DATABASE_URL": "",
    "VALKEY_URL": "",
    "REJOINDER_SECRET_KEY": "",
    "REJOINDER_HOSTS": "",
    "REJOINDER_DEBUG": "",
    # Whoever tries it signs in with the password that it shows; there is nothing of worth behind it.
    "REJOINDER_STAFF_SECOND_FACTOR": "off",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=HOST, help=f"address to listen on (default {HOST}: this machine only)"
    )
    parser.add_argument("--port", type=port_number, default=PORT, help=f"port to listen on (default {PORT})")
    parser.add_argument(
        "--workers", type=workers_number, default=default_workers(), metavar="N", help="processes"
    )
    parser.add_argument(
        "--folder", type=Path, default=Path(FOLDER), help=f"where its data is kept (default ./{FOLDER})"
    )
    parser.add_argument("--no-serve", action="store_true", help="make the publication and end")
    parser.epilog = (
        "Everything in the publication is invented. Delete the folder to begin anew. Ctrl-C stops it."
    )


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.core.conf import ConfigurationError

    if importlib.util.find_spec("wagtail") is None:
        raise ConfigurationError("The demo needs the newsroom. Install it: pip install 'rejoinder[newsroom]'")
    folder = arguments.folder.resolve()
    os.environ.update(APART)
    os.environ.update(
        REJOINDER_DATA=str(folder),
        REJOINDER_CONFIG=str(folder / "rejoinder.toml"),
        REJOINDER_URL=f"http://localhost:{arguments.port}",
        REJOINDER_NEWSROOM="on",
    )
    return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.folder import data_folder, serving
    from rejoinder.project.metrics_folder import counting_together
    from rejoinder.project.port import claim
    from rejoinder.project.terminal import note, say

    folder = data_folder()
    with serving(folder), counting_together(folder):
        held = None if arguments.no_serve else claim(arguments.host, arguments.port)
        from rejoinder.project.boot import start_django

        start_django()
        from rejoinder.project import serve
        from rejoinder.project.demo.setting_up import set_up

        serve.prepare(folder, tell=note)
        shown = set_up(folder, port=arguments.port, tell=note)
        for label, path in shown.places:
            say(f"{label + ':':<36} http://localhost:{arguments.port}{path}")
        say(f"{'Sign in with:':<36} {shown.email}  {shown.password}")
        if held is None:
            return 0
        try:
            return serve.serve(
                arguments.host, arguments.port, workers=arguments.workers, form="text", tell=say
            )
        finally:
            held.close()
