from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from rejoinder.core.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else changed it first. `fields`: names of what stands otherwise now than it was wished."""

    code = "changed-meanwhile"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(_("Somebody else changed this in between. Look at it again, then change it."))
        self.fields = tuple(fields)


class SourceInUse(Conflict):
    """It is named by claims and cannot be deleted. `claims`: their numbers, the first of them; `count`: of all."""

    code = "source-in-use"

    def __init__(self, claims: Sequence[int], count: int) -> None:
        message = _(
            "Statements that name this source: %(count)d. Merge it into another one, or change those first."
        )
        super().__init__(message % {"count": count})
        self.claims = tuple(claims)
        self.count = count
