"""How fast one writes in a thread, and for how long: its own, else its section's, else its site's."""

from __future__ import annotations

from datetime import datetime, timedelta

from rejoinder.accounts.models import Site
from rejoinder.discussion import ports
from rejoinder.discussion.models import Thread


def pause_of(site: Site, thread: Thread) -> int:
    """Seconds between two comments of one person, by hand, by where it stands, or by itself."""
    pause = thread.slow or ports.pace_of(site, thread.section).slow
    pause = 0 if pause == Thread.AS_FAST else pause
    return max(pause, Thread.CALM_PAUSE) if thread.calm == Thread.Calm.SLOW else pause


def closing_of(site: Site, thread: Thread) -> tuple[int, datetime | None]:
    """After how many days it is closed by its age, and when that is; 0 and None where it is not."""
    own = thread.close_after
    days = ports.pace_of(site, thread.section).close_after if own is None else own
    if not days or not thread.is_born:
        return 0, None
    return days, (thread.published or thread.created) + timedelta(days=days)
