"""Refusals that several ways of speaking share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.core.errors import Refused


def sso_only() -> Refused:
    """The site wants its own tokens (`Site.sso_required`), and this is not one of its readers."""
    return Refused(
        _("Here one takes part with an account of the publication. Sign in there."), code="sso-only"
    )
