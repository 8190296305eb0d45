"""Doctor's look at what people wait for: appeals and notices that should have been answered by now."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.core.conf import Configuration
from rejoinder.project.findings import ATTENTION, OK, Finding


def deadlines(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.moderation.notices.queries import overdue

    notices, appeals, since = overdue()
    if since is None:
        yield Finding("deadlines", OK, "No notice and no appeal is overdue.")
        return
    first = since.isoformat(timespec="minutes")
    cause = f"{notices} notices and {appeals} appeals are overdue, the first since {first}."
    yield Finding("deadlines", ATTENTION, cause, "Answer them in the console: Notices, Appeals.")
