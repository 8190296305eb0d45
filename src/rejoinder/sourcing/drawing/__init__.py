"""What pages show of claims, ready for templates: notes, what a story rests on, accounts of one matter."""

from rejoinder.sourcing.drawing.accounts import Account, accounts_of
from rejoinder.sourcing.drawing.notes import Note, Passages, notes_of
from rejoinder.sourcing.drawing.rests import Rests, rests_of
from rejoinder.sourcing.drawing.telling import Links, Told, Voice, told

__all__ = [
    "Account",
    "Links",
    "Note",
    "Passages",
    "Rests",
    "Told",
    "Voice",
    "accounts_of",
    "notes_of",
    "rests_of",
    "told",
]
