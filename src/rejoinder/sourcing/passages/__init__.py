"""Places in a text that stay right when the text is edited. Pure functions: no rows, no requests.

`choose` makes an anchor of a selection, `locate` finds one in any text, `carry` takes places from one version of a
text to the next. Offsets are code points; texts are as `normal` makes them. docs/decisions/0019-passages.md has the
figures.
"""

from rejoinder.sourcing.passages.anchor import (
    Anchor,
    Changed,
    Detached,
    Found,
    How,
    NoPassage,
    Place,
    anchor_of,
    choose,
)
from rejoinder.sourcing.passages.carry import carry, carry_all
from rejoinder.sourcing.passages.folding import normal
from rejoinder.sourcing.passages.locate import locate

__all__ = [
    "Anchor",
    "Changed",
    "Detached",
    "Found",
    "How",
    "NoPassage",
    "Place",
    "anchor_of",
    "carry",
    "carry_all",
    "choose",
    "locate",
    "normal",
]
