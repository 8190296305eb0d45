"""The one who looks: what queries and permissions are asked with."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.accounts.models import Commenter, Role, Site

MODERATES = {Role.Kind.OWNER, Role.Kind.EDITOR, Role.Kind.MODERATOR}


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader of one site. `commenter` is None for somebody who has not acted yet."""

    site: Site
    commenter: Commenter | None = None
    role: str = ""
    # Keyed digest of the address block; for limits, never shown.
    block: str = ""

    @property
    def number(self) -> int | None:
        return self.commenter.pk if self.commenter else None

    @property
    def moderates(self) -> bool:
        return self.role in MODERATES

    @property
    def is_staff(self) -> bool:
        return bool(self.role)

    @property
    def is_account(self) -> bool:
        return self.commenter is not None and not self.commenter.is_guest
