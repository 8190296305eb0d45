"""The door to what only those who moderate may see."""

from __future__ import annotations

from django.http import HttpRequest

from rejoinder.accounts.people import second_factor
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import nothing_here
from rejoinder.discussion import pages


def access_moderator(request: HttpRequest, site: str) -> Viewer:
    """The viewer, who moderates this site; its language is spoken from here on. Raises NotFound for everybody else."""
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    second_factor.check(viewer)
    if not viewer.moderates:
        raise nothing_here()
    return viewer
