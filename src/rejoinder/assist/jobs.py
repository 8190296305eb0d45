"""Background work of Assist: registers its tasks."""

from __future__ import annotations

from rejoinder.assist import refitting

__all__ = ["refitting"]
