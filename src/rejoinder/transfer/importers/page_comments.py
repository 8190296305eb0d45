"""The comments of a saved page: several readings of it, of which the fullest is taken, never a mixture.

JSON-LD often holds the first few comments only, and microdata no nesting; the page's own lists hold both.
Where they hold the same number, the reading with more replies wins, then the more exact one. A comment that
only another reading holds is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from rejoinder.core.text.render import plain
from rejoinder.transfer.importers.found import FoundComment, Unplaced, excerpt
from rejoinder.transfer.importers.harvest import Harvest, harvest
from rejoinder.transfer.importers.jsonld import Graph, harvest_jsonld
from rejoinder.transfer.importers.shape_lists import harvest_lists
from rejoinder.transfer.importers.shape_schema import Schema
from rejoinder.transfer.importers.shape_wordpress import WordPress
from rejoinder.transfer.importers.tree import Draft, settle

# How much of two texts must agree for them to count as the same comment in another reading.
_SAME_LETTERS = 80


@dataclass(frozen=True)
class PageComments:
    """`elements` are the comments as they stand in the page, in every reading, for cutting them out."""

    comments: tuple[FoundComment, ...]
    unplaced: tuple[Unplaced, ...]
    elements: tuple[HtmlElement, ...]


def read_page_comments(root: HtmlElement, graph: Graph, base: str) -> PageComments:
    """All comments of the page. `base` is the page's own address or ""."""
    readings = [harvest([root], WordPress(), base), harvest_jsonld(graph, base)]
    # A pass over a page of a hundred thousand comments takes seconds: only where there is something to find.
    if root.xpath("boolean(//@itemscope)"):
        readings.append(harvest([root], Schema(prop="itemprop", kind="itemtype"), base))
    if root.xpath("boolean(//@typeof)"):
        readings.append(harvest([root], Schema(prop="property", kind="typeof"), base))
    if not any(reading.drafts for reading in readings):
        readings.append(harvest_lists(root, base))
    best = max(readings, key=lambda reading: (len(reading.drafts), reading.replies))
    comments, circles = settle(best.drafts)
    others = [reading for reading in readings if reading is not best]
    return PageComments(
        comments,
        (*best.unplaced, *circles, *_only_elsewhere(best, others)),
        tuple(element for reading in readings for element in reading.elements),
    )


def _only_elsewhere(best: Harvest, others: Sequence[Harvest]) -> list[Unplaced]:
    if not any(reading.drafts or reading.unplaced for reading in others):
        return []
    known = {_letters(draft.body) for draft in best.drafts} | {_letters(one.text) for one in best.unplaced}
    unplaced: list[Unplaced] = []
    for reading in others:
        unplaced += [one for one in reading.unplaced if _letters(one.text) not in known or not one.text]
        unplaced += [_left_out(draft) for draft in _unknown(reading.drafts, known)]
    return unplaced


def _unknown(drafts: Sequence[Draft], known: set[str]) -> list[Draft]:
    return [draft for draft in drafts if draft.body and _letters(draft.body) not in known]


def _left_out(draft: Draft) -> Unplaced:
    why = "a comment that stands only in another part of the page than the rest"
    return Unplaced(draft.where, why, excerpt(f"{draft.author}: {plain(draft.body)}"))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", plain(text[: _SAME_LETTERS * 8]))[:_SAME_LETTERS].lower()
