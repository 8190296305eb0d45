"""The one door for decisions: recorded here, chained, told about, undone."""

from rejoinder.moderation.decisions.recording import record

__all__ = ["record"]
