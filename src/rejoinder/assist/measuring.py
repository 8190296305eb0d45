"""How well a version does on decisions that came later than what it learned from, and what may be promised."""

from __future__ import annotations

from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.assist.fitting import Lane, Made


def measure(site: Site, lane: Lane, made: Made) -> tuple[dict[str, Any], dict[str, Any]]:
    """(evaluation, thresholds) of a version, as they are stored."""
    return {"trial": made.trial}, {}
