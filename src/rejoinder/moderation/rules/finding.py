"""The door to one rule."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import NotFound
from rejoinder.moderation.models import Rule


def access_rule(viewer: Viewer, number: str) -> Rule:
    """A rule of the viewer's site by its number, as typed. Raises NotFound."""
    found = None
    if number.isascii() and number.isdecimal() and len(number) < 19:
        found = Rule.objects.select_related("site", "thread").filter(site=viewer.site, pk=int(number)).first()
    if found is None:
        raise NotFound(_("There is no page at this address."))
    return found
