"""Finding people for those who moderate a site: only who did something there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import ids
from rejoinder.core.errors import InvalidInput, NotFound, nothing_here
from rejoinder.core.text.skeleton import name_key
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Decision, Flag, Sanction

MOST = 100


def acted(site: Site) -> Q:
    """Who did something on this site: all others are not its staff's to know."""
    wrote = Comment.objects.filter(author=OuterRef("pk"), thread__site=site)
    flagged = Flag.objects.filter(reporter=OuterRef("pk"), comment__thread__site=site)
    decided = Decision.objects.filter(person=OuterRef("pk"), site=site)
    return Q(Exists(wrote)) | Q(Exists(flagged)) | Q(Exists(decided))


def access_known(site: Site, public_id: str) -> Commenter:
    """Somebody who wrote, reported or was decided about on this site. Raises NotFound."""
    person = Commenter.objects.filter(acted(site), pk=ids.decode(public_id)).first()
    if person is None:
        raise NotFound(_("There is no such person here."))
    return person


def find_people(site: Site, name: str) -> list[Commenter]:
    """Those whose name begins like this and who did something here."""
    key = name_key(name)[:240]
    if not key:
        return []
    found = Commenter.objects.filter(acted(site), name_key__startswith=key)
    return list(found.order_by("name_key", "pk")[:MOST])


def access_named(site: Site, name: str) -> Commenter:
    """The one with an account and exactly this name who did something here. Raises InvalidInput: nobody, or several."""
    found = Commenter.objects.filter(acted(site), guest_token=None, name_key=name_key(name)[:240])
    people = list(found.exclude(name="")[:2])
    if len(people) != 1:
        message = _("Several people here have this name.")
        if not people:
            message = _("Nobody with an account and this name did anything here.")
        raise InvalidInput(code="name", message=message, field="name", kept=name[:60])
    return people[0]


def access_sanction(site: Site, person: Commenter, public_id: str) -> Sanction:
    """A sanction of this person on this site. Raises NotFound."""
    found = Sanction.objects.filter(pk=ids.decode(public_id), site=site, commenter=person).first()
    if found is None:
        raise nothing_here()
    return found
