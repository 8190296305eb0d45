"""The model: fitted on a site's own decisions, and asked what they would be on other texts."""

from __future__ import annotations

from rejoinder.assist.learning.scoring import score, usable
from rejoinder.assist.learning.state import Model
from rejoinder.assist.learning.training import fit, update

__all__ = ["Model", "fit", "score", "update", "usable"]
