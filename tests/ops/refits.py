"""A refit in a process of its own: it says when all is worked out but nothing written, and waits there to be killed."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any


def found_site() -> None:
    """A site with enough decisions."""
    from rejoinder.accounts.actions import add_site
    from tests.assist import histories

    histories.decide(add_site(key="paper", name="The Paper", origins=[]), 60)


def tell() -> None:
    """Print how many versions there are, and whether a refit has the site."""
    from rejoinder.assist.models import Policy, Version

    print(Version.objects.count(), bool(Policy.objects.get().refit_by))


def let_the_lease_end() -> None:
    from rejoinder.assist.models import Policy
    from rejoinder.core import clock

    Policy.objects.update(refit_until=clock.now())


def refit() -> None:
    from rejoinder.accounts.models import Site
    from rejoinder.assist.refitting import refit as job

    job(site=Site.objects.get(key="paper").pk)


def hanging(*_arguments: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    (Path(os.environ["REJOINDER_DATA"]) / "begun").touch()
    while True:
        time.sleep(0.1)


def main() -> None:
    from rejoinder.project.boot import start_django

    start_django()
    from rejoinder.assist import storing

    storing.measure = hanging
    refit()


if __name__ == "__main__":
    main()
