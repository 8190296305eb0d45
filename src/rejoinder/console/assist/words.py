"""Figures as they are read on the page of Assist."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _


def share(value: float | None, *, digits: int = 1) -> str:
    """0.0213 is 2.1 %; – where there is nothing to say."""
    return "–" if value is None else f"{formats.number_format(100 * value, digits)}\u00a0%"


def count(value: int) -> str:
    return formats.number_format(value, force_grouping=True)


def figure(value: float | None, *, digits: int = 3) -> str:
    return "–" if value is None else str(formats.number_format(value, digits))


def day(moment: datetime | None) -> str:
    return "–" if moment is None else str(formats.date_format(timezone.localtime(moment), "Y-m-d"))


def plain(value: float) -> str:
    """A percentage as the value of a field: a point, no grouping, no needless zeros."""
    return f"{100 * value:.2f}".rstrip("0").rstrip(".")


def reason_of(version: Any) -> str:
    """Why a version was made, or was not taken."""
    known = {
        "first": _("the first"),
        "better": _("no worse on newer decisions"),
        "worse": _("worse on newer decisions: not taken"),
        "asked": _("asked for, or something was taken out"),
        "alarm": _("decisions looked otherwise"),
        "imported": _("from a file"),
    }
    return known.get(version.why, str(version.why))


def state_of(version: Any) -> str:
    """Where a version stands."""
    known = {
        "active": _("judges now"),
        "superseded": _("before"),
        "refused": _("not taken"),
        "reverted": _("gone back from"),
    }
    return known.get(version.state, str(version.state))
