"""What accounts asks of the apps above it: what they hold of a person. Each registers when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rejoinder.accounts.models import Commenter, Site

if TYPE_CHECKING:
    from rejoinder.accounts.viewer import Viewer

# All that an app holds of a person, a JSON object each, with a "type".
Exportable = Callable[[Commenter], Iterator[dict[str, Any]]]
# Erase what an app holds of a person; the words of their comments stay where the second says so. Runs twice without
# harm, may stop half-way, and is run outside of any transaction.
Erasable = Callable[[Commenter, bool], None]
# A guest turns out to be an account: (guest, account). Runs in the transaction of that.
Claimable = Callable[[Commenter, Commenter], None]
# The numbers of guests who have confirmed this e-mail address.
Confirmed = Callable[[str], Iterable[int]]
# The numbers of those who wrote the story beneath which a thread stands: (site, the thread's key).
AuthorsOf = Callable[[Site, str], Iterable[int]]

# Whether somebody may speak on a site at present. Raises Refused where they may not.
Speaking = Callable[["Viewer"], None]

exportables: dict[str, Exportable] = {}
erasables: dict[str, tuple[bool, Erasable]] = {}
claimables: dict[str, Claimable] = {}
confirmed: dict[str, Confirmed] = {}
authors: dict[str, AuthorsOf] = {}
speaking: dict[str, Speaking] = {}


def register_speaking(name: str, check: Speaking) -> None:
    """Say, under an app's name, who may not write, vote and flag at present: asked anew with each act."""
    speaking[name] = check


def register_person(
    name: str,
    *,
    export: Exportable | None = None,
    erase: Erasable | None = None,
    claim: Claimable | None = None,
    confirmed_guests: Confirmed | None = None,
    leans_on_comments: bool = False,
) -> None:
    """Say, under an app's name, how it hands over, erases and joins what it holds of a person.

    `leans_on_comments`: it finds what is a person's by who wrote a comment, so it erases before the comments forget.
    """
    if export is not None:
        exportables[name] = export
    if erase is not None:
        erasables[name] = (not leans_on_comments, erase)
    if claim is not None:
        claimables[name] = claim
    if confirmed_guests is not None:
        confirmed[name] = confirmed_guests


def register_authors(name: str, of: AuthorsOf) -> None:
    """Say, under an app's name, who wrote a story: they carry the badge beneath it. Asked once a window."""
    authors[name] = of


def erasables_in_order() -> list[Erasable]:
    """How each app erases, those first that lean on who wrote a comment."""
    return [erase for _late, erase in sorted(erasables.values(), key=lambda entry: entry[0])]
