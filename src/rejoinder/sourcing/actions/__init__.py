from rejoinder.sourcing.actions.claims import (
    ClaimWish,
    add_claim,
    add_matter,
    change_claim,
    put_in_matter,
    set_status,
    withdraw_claim,
)
from rejoinder.sourcing.actions.corrections import publish_correction
from rejoinder.sourcing.actions.documents import Published, open_document, publish_document
from rejoinder.sourcing.actions.passages import confirm_passage, keep_passage, move_passage
from rejoinder.sourcing.actions.replacing import Replaced, Statement, replace_claims
from rejoinder.sourcing.actions.sources import (
    SourceWish,
    add_source,
    change_source,
    delete_source,
    merge_sources,
    undo_merge,
)

__all__ = [
    "ClaimWish",
    "Published",
    "Replaced",
    "SourceWish",
    "Statement",
    "add_claim",
    "add_matter",
    "add_source",
    "change_claim",
    "change_source",
    "confirm_passage",
    "delete_source",
    "keep_passage",
    "merge_sources",
    "move_passage",
    "open_document",
    "publish_correction",
    "publish_document",
    "put_in_matter",
    "replace_claims",
    "set_status",
    "undo_merge",
    "withdraw_claim",
]
