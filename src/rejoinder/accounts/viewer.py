"""The one who looks: what queries and permissions are asked with."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.accounts import ports
from rejoinder.accounts.errors import sso_only
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

    def check_may_speak(self) -> None:
        """Whether they may write, change, vote and flag here at present. Raises Refused: the site wants its own tokens,
        or they are suspended.

        Staff may whatever they signed in by: they have to answer in the discussion that they moderate.
        """
        by_token = self.commenter is not None and self.is_account and self.commenter.user_id is None
        if self.site.sso_required and not by_token and not self.is_staff:
            raise sso_only()
        for check in ports.speaking.values():
            check(self)
