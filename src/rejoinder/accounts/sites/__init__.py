"""A publication's own: its policies, the origins its threads may stand on, and how its own accounts sign in."""

from __future__ import annotations

from rejoinder.accounts.sites.origins import add_origin, remove_origin
from rejoinder.accounts.sites.policies import Changes, change_site, make_secret

__all__ = ["Changes", "add_origin", "change_site", "make_secret", "remove_origin"]
