from rejoinder.sourcing.queries.claims import NOTHING, Shown, claims_of, claims_shown, revision_of
from rejoinder.sourcing.queries.desk import Marked, marked_in, passages_to_look_at, text_of
from rejoinder.sourcing.queries.reading import Read, corrections_of, corrections_on, find_document
from rejoinder.sourcing.queries.rests import Share, rests_on
from rejoinder.sourcing.queries.sources import Said, about_the_same, find_sources, of_source

__all__ = [
    "NOTHING",
    "Marked",
    "Read",
    "Said",
    "Share",
    "Shown",
    "about_the_same",
    "claims_of",
    "claims_shown",
    "corrections_of",
    "corrections_on",
    "find_document",
    "find_sources",
    "marked_in",
    "of_source",
    "passages_to_look_at",
    "rests_on",
    "revision_of",
    "text_of",
]
