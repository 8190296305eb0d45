"""What sourcing asks of the apps above it: what else stands in the margin, and which texts are theirs."""

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

# Whether somebody at this site has a desk, at which reports of errors are read. One statement.
HasDesk = Callable[[Site], bool]

# Whether the text of a key is published here, by somebody above: then nobody else sends it.
OwnText = Callable[[Site, str], bool]

own_texts: Final[list[OwnText]] = []
note_extras: Final[list[NoteExtra]] = []
more_passages: Final[list[MorePassages]] = []
desks: Final[list[HasDesk]] = []


def has_desk(site: Site) -> bool:
    """Whether anybody would read what is reported to a site; nobody, where no app says so."""
    return any(ask(site) for ask in desks)


def extras_of(site: Site, passages: Sequence[Passage]) -> dict[int, list[SafeString]]:
    """What everybody who registered has to say about these passages, by the passage's number."""
    found: dict[int, list[SafeString]] = {}
    for ask in note_extras if passages else ():
        for number, markup in ask(site, passages).items():
            found.setdefault(number, []).append(markup)
    return found
