"""Who says what in a plain text, by the words that show it: rules for five languages, nothing learned.

`suggest(text, language)` gives suggestions; nothing is published by itself. docs/sourcing-suggest.md has the figures.
"""

from rejoinder.sourcing.suggesting.suggesting import LANGUAGES, suggest
from rejoinder.sourcing.suggesting.suggestion import SHOWN, Kind, Manner, Suggestion

__all__ = ["LANGUAGES", "SHOWN", "Kind", "Manner", "Suggestion", "suggest"]
