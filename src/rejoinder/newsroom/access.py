"""Who may use the desk: a site's owners and editors, in that site's tree and with its pictures alone."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from rejoinder.accounts.models import Commenter, Role, Site
from rejoinder.newsroom.models import FrontPage

ROLES = (Role.Kind.OWNER, Role.Kind.EDITOR)
# Not bulk_delete: a list of stories cannot be deleted together with the stories.
_PAGE = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_PICTURES = ("add_image", "change_image", "choose_image")
_PREFIX = "Rejoinder desk: "


def group_name(site: Site) -> str:
    return f"{_PREFIX}{site.key}"


def ensure_group(front: FrontPage) -> Group:
    """The group of those who work at a site's desk, with its permissions. Runs twice without harm."""
    site = front.publication
    group, _made = Group.objects.get_or_create(name=group_name(site))
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE):
        GroupPagePermission.objects.get_or_create(group=group, page=front, permission=permission)
    collection = ensure_collection(site)
    pictures = Q(content_type__app_label="wagtailimages", codename__in=_PICTURES)
    for permission in Permission.objects.filter(pictures):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return group


def ensure_collection(site: Site) -> Collection:
    """Where a site's pictures are kept, named by its key."""
    root = Collection.get_first_root_node()
    found: Collection | None = root.get_children().filter(name=site.key).first()
    return found or root.add_child(name=site.key)


def sync_desk_access(commenter: Commenter) -> None:
    """Give the commenter's account the desks of the sites it is owner or editor of, and no others."""
    user = commenter.user
    if user is None:
        return
    sites = Site.objects.filter(roles__commenter=commenter, roles__kind__in=ROLES, front_page__isnull=False)
    names = [group_name(site) for site in sites]
    wanted = set(Group.objects.filter(name__in=names))
    present = set(user.groups.filter(name__startswith=_PREFIX))
    user.groups.add(*(wanted - present))
    user.groups.remove(*(present - wanted))


def sync_site(front: FrontPage) -> None:
    """Give the desk to all owners and editors of a site: for a newsroom that is set up after its staff."""
    for role in Role.objects.filter(site=front.publication_id, kind__in=ROLES).select_related("commenter"):
        sync_desk_access(role.commenter)
