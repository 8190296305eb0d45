"""The one place that asks what time it is, so that tests can hold it still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The present, timezone-aware, UTC."""
    return timezone.now()


def micros(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC: how a moment is written into a sort key."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
