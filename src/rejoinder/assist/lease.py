"""One refit of a site at a time, whatever the number of workers; one that was killed is in nobody's way for long."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rejoinder.accounts.models import Site
from rejoinder.assist.models import Policy
from rejoinder.core import clock
from rejoinder.core.db import locked, writing

# Shorter than a job's: whoever gets the job of a killed worker back finds the refit free.
LEASE = timedelta(minutes=4)


@contextmanager
def alone(site: Site) -> Iterator[str]:
    """The name of the lease, or "" where another worker refits this site at present."""
    name = _take(site)
    try:
        yield name
    finally:
        if name:
            with writing():
                Policy.objects.filter(site=site, refit_by=name).update(refit_until=None, refit_by="")


def holds(site: Site, name: str) -> bool:
    """Whether the lease is still ours. Ask within the transaction that writes what was made."""
    return locked(Policy.objects.filter(site=site, refit_by=name)).first() is not None


def _take(site: Site) -> str:
    with writing():
        Policy.objects.get_or_create(site=site)
        row: Policy = locked(Policy.objects.filter(site=site)).get()
        moment = clock.now()
        # A lease much longer than a whole one was written under another clock.
        if row.refit_until is not None and moment < row.refit_until <= moment + 2 * LEASE:
            return ""
        row.refit_by, row.refit_until = secrets.token_hex(8), moment + LEASE
        row.save(update_fields=["refit_by", "refit_until"])
    return row.refit_by
