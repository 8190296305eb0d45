"""The origins whose pages may have threads of a site, and may speak for its readers."""

from __future__ import annotations

import structlog
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import check_origin, raise_edition
from rejoinder.accounts.models import Commenter, Origin, Site
from rejoinder.core.db import writing
from rejoinder.core.errors import NotFound

log = structlog.get_logger("rejoinder.sites")


def add_origin(*, site: Site, origin: str, by: Commenter | None = None) -> str:
    """Let pages of an origin have threads of this site. Returns it as it is stored; the same again changes nothing.

    Raises InvalidInput.
    """
    checked = check_origin(origin)
    with writing():
        _row, made = Origin.objects.get_or_create(site=site, origin=checked)
        if made:
            raise_edition(site=site.pk)
    if made:
        log.info("origin added", site=site.key, origin=checked, by=by.pk if by else None)
    return checked


def remove_origin(*, site: Site, origin: str, by: Commenter | None = None) -> str:
    """Let them no more. Their threads stay, and can be read. Raises InvalidInput, NotFound."""
    checked = check_origin(origin)
    with writing():
        gone, _by_model = Origin.objects.filter(site=site, origin=checked).delete()
        if not gone:
            raise NotFound(_("This site does not name %(origin)s.") % {"origin": checked})
        raise_edition(site=site.pk)
    log.info("origin removed", site=site.key, origin=checked, by=by.pk if by else None)
    return checked
