"""The watch for a change of policy: do people still decide as the active version expects?"""

from __future__ import annotations

from datetime import datetime

from rejoinder.accounts.models import Site
from rejoinder.assist.fitting import Lane


def watch(site: Site, lane: Lane) -> datetime | None:
    """Look at what was decided since the last look. Returns since when it is otherwise, where that is now sure."""
    return None
