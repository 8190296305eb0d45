"""What sourcing asks of the apps above it: what else stands in the margin beside a passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from django.utils.safestring import SafeString

from rejoinder.accounts.models import Site
from rejoinder.sourcing.models import Document, Passage

# (site, passages) -> markup by the passage's number, beneath what the note says. At most one statement each; the
# same for every reader.
NoteExtra = Callable[[Site, Sequence[Passage]], Mapping[int, SafeString]]
# Passages of a document that have a mark though no claim is tied to them. At most one statement each.
MorePassages = Callable[[Document], Iterable[Passage]]

note_extras: Final[list[NoteExtra]] = []
more_passages: Final[list[MorePassages]] = []


def extras_of(site: Site, passages: Sequence[Passage]) -> dict[int, list[SafeString]]:
    """What everybody who registered has to say about these passages, by the passage's number."""
    found: dict[int, list[SafeString]] = {}
    for ask in note_extras if passages else ():
        for number, markup in ask(site, passages).items():
            found.setdefault(number, []).append(markup)
    return found
