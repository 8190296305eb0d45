"""Badges: what stands beside a name because of a role or of what the site's own token says, and is never typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.translation import gettext_lazy

from rejoinder.core import rows
from rejoinder.core.db import ask

# What windows are made of names badges, and is read before models are there.
if TYPE_CHECKING:
    from rejoinder.accounts.models import Site


class Badge(NamedTuple):
    """For machines, and as readers see it."""

    code: str
    label: str


# In the order in which they are drawn.
LABELS: Final = {
    "staff": gettext_lazy("Staff"),
    "author": gettext_lazy("Author of the story"),
    "expert": gettext_lazy("Verified expert"),
    "subscriber": gettext_lazy("Subscriber"),
}
_STAFF = """SELECT r.commenter_id, 'staff' FROM rejoinder_role r JOIN rejoinder_commenter c ON c.id = r.commenter_id
    WHERE r.site_id = %s AND {of} AND (c.user_id IS NOT NULL OR {by_token})"""
_CLAIMED = """SELECT i.commenter_id, i.badges FROM rejoinder_identity i
    WHERE i.site_id = %s AND {of} AND i.badges <> ''"""
_WROTE = """SELECT a.commenter_id, 'author' FROM rejoinder_authorship a
    WHERE a.site_id = %s AND {of} AND a.key = %s"""


def of(commenters: Iterable[int], site: Site, *, key: str = "") -> dict[int, tuple[str, ...]]:
    """The codes of the badges of those commenters who have one: {commenter: codes}. One query, and one
    more where somebody who works for the site spoke.

    `key`: the thread in which they are shown; without it nobody is the author of a story.
    """
    among = sorted(set(commenters))
    if not among:
        return {}
    condition, numbers = rows.among("commenter_id", among)
    # A site without tokens of its own has no badge but the staff's; that need not cost more than it does.
    parts = [_STAFF.replace("{of}", f"r.{condition}")]
    values: list[Any] = [site.pk, *numbers]
    if site.sso_issuer:
        parts.append(_CLAIMED.replace("{of}", f"i.{condition}"))
        values += [site.pk, *numbers]
    if site.sso_issuer and key:
        parts.append(_WROTE.replace("{of}", f"a.{condition}"))
        values += [site.pk, *numbers, key]
    by_token = "c.guest_token IS NULL" if site.sso_roles else "1 = 0"
    statement = " UNION ALL ".join(parts).replace("{by_token}", by_token)
    found: dict[int, set[str]] = {}
    for commenter, codes in ask(statement, values):
        found.setdefault(commenter, set()).update(codes.split())
    at_work = {commenter for commenter, codes in found.items() if "staff" in codes}
    # Who writes stories here works here: beneath most windows nobody of them spoke, and nobody has to be asked.
    for commenter in (_authors(site, key) & at_work) if at_work else ():
        found[commenter].add("author")
    return {commenter: tuple(code for code in LABELS if code in codes) for commenter, codes in found.items()}


def _authors(site: Site, key: str) -> set[int]:
    """Who wrote the story of a thread, as the apps say that publish stories here."""
    from rejoinder.accounts import ports

    return {number for of in ports.authors.values() for number in of(site, key)} if key else set()


def drawn(codes: Iterable[str]) -> tuple[Badge, ...]:
    """Badges as they are drawn, in the language that is active."""
    return tuple(Badge(code, str(LABELS[code])) for code in codes)


def drawn_for(commenters: Iterable[int], site: Site, *, key: str = "") -> dict[int, tuple[Badge, ...]]:
    """As `of`, ready to be drawn."""
    return {commenter: drawn(codes) for commenter, codes in of(commenters, site, key=key).items()}
