"""The door to one rule."""

from __future__ import annotations

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import nothing_here
from rejoinder.core.text.numbers import whole
from rejoinder.moderation.models import Rule


def access_rule(viewer: Viewer, number: str) -> Rule:
    """A rule of the viewer's site by its number, as typed. Raises NotFound."""
    rules = Rule.objects.select_related("site", "thread").filter(site=viewer.site)
    found = rules.filter(pk=whole(number) or 0).first()
    if found is None:
        raise nothing_here()
    return found
