"""Finding what requests to the API name."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Origin, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.api.models import ApiToken
from rejoinder.core import ids, rows
from rejoinder.core.errors import NotFound
from rejoinder.discussion.errors import no_comment
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import visible_to

PREFIX = "rjt_"
_LONGEST = 100


def find_token(token: str) -> ApiToken | None:
    """The row of a program's token, where it has not been ended."""
    if len(token) > _LONGEST or not token.isascii():
        return None
    return rows.one(ApiToken, "digest = %s AND ended IS NULL", [ids.digest(token)])


def access_token(number: int) -> ApiToken:
    """A token by the number that lists show. Raises NotFound."""
    found = ApiToken.objects.filter(pk=number).select_related("site").first()
    if found is None:
        raise NotFound(f"There is no token {number}.", code="no-token")
    return found


def tokens_of(site: Site | None) -> list[ApiToken]:
    """All tokens, or those of one site, oldest first."""
    found = ApiToken.objects.select_related("site").order_by("site__key", "pk")
    return list(found if site is None else found.filter(site=site))


def site_numbered(number: int) -> Site:
    """The site of an access token. Raises NotFound."""
    site = rows.one(Site, "id = %s", [number])
    if site is None:
        raise no_comment()
    return site


def is_named_by(origin: str, site: str | None) -> bool:
    """Whether the site of this key (None: any site) names the origin. Compared exactly."""
    found = Origin.objects.filter(origin=origin)
    return (found if site is None else found.filter(site__key=site)).exists()


def access_writer(viewer: Viewer, public_id: str) -> Commenter:
    """Somebody who wrote on the viewer's site what the viewer may see. Raises NotFound."""
    wrote = Comment.objects.filter(visible_to(viewer), author=OuterRef("pk"), thread__site=viewer.site)
    found = Commenter.objects.filter(Exists(wrote), pk=ids.decode(public_id)).first()
    if found is None:
        raise NotFound(_("There is no such person here."))
    return found
